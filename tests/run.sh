#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Builds gst-numpro and runs all its tests.
#
#   tests/run.sh [--quick | --unit]
#
# Builds three times: as users do (every test), with AddressSanitizer and UndefinedBehaviorSanitizer
# (suites check and fuzz) and with ThreadSanitizer (suite threads), the latter two no more than these
# tests need. --quick does the first only; --unit, for every save, builds and runs what tests logic
# alone (suite unit). Installs missing Debian packages first. The last line counts single checks:
#
#   N passed, N failed, N skipped
#
# NUMPRO_BUILD_DIR is where to build (default: build); the sanitizers' builds go beside it.
set -euo pipefail

usage () {
  printf 'usage: %s [--quick | --unit]\n' "$0" >&2
  exit 2
}

what=all
case "$#:${1-}" in
  0:) ;;
  1:--quick) what=quick ;;
  1:--unit) what=unit ;;
  *) usage ;;
esac

cd "$(dirname "$0")/.."
source_dir=$PWD
build_dir=$(realpath -m "${NUMPRO_BUILD_DIR:-build}")

# A filter left over in the environment would make a run of everything a run of something.
unset GST_CHECKS GST_CHECKS_IGNORE CK_RUN_SUITE CK_RUN_CASE CK_INCLUDE_TAGS CK_EXCLUDE_TAGS

runs=()
broken=0

# configure NAME DIRECTORY MESON_OPTION...
configure () {
  local name=$1 directory=$2
  shift 2
  printf '\n== %s: building in %s\n' "$name" "$directory"
  # Where the tests' dependencies are missing the build is to fail, not to go without them. Debug
  # information without variables takes a quarter less time to compile.
  set -- -Dwerror=true -Dtests=enabled -Ddebug=false -Dc_args=-g1 -Dcpp_args=-g1 "$@"
  if [ -e "$directory/build.ninja" ]; then
    # Not meson configure, which does not know of options that are new.
    meson setup --reconfigure "$directory" "$source_dir" "$@" >"$log" || { cat "$log"; return 1; }
  else
    meson setup "$directory" "$source_dir" "$@" >"$log" || { cat "$log"; return 1; }
  fi
  # Introspection is to tell of today's files.
  ninja -C "$directory" --quiet build.ninja
}

# build_suites DIRECTORY SUITE...: no more than what their tests need
build_suites () {
  local directory=$1
  local -a targets
  mapfile -t targets < <(/usr/bin/python3 tests/targets.py "$@")
  [ "${#targets[@]}" -gt 0 ] && ninja -C "$directory" --quiet "${targets[@]}"
}

# fill_registry DIRECTORY RUNTIME: lets GStreamer look at all plugins before the tests run, in a
# process that has the sanitizer's runtime, without which the plugin could not be loaded. What the
# sanitizer thinks of other people's plugins does not matter.
fill_registry () {
  local registry=$1/tests/registry.bin
  rm -f "$registry"
  LD_PRELOAD=$(g++ -print-file-name="$2") ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=report_bugs=0 \
    GST_REGISTRY_1_0=$registry GST_PLUGIN_PATH_1_0=$1/plugin \
    gst-inspect-1.0 numproverlay >/dev/null
}

# run_tests NAME DIRECTORY MESON_TEST_OPTION...
run_tests () {
  local name=$1 directory=$2 status=0
  shift 2
  printf '\n== %s: testing\n' "$name"
  # Of an earlier run.
  rm -f "$directory/meson-logs/testlog.json"
  # One more than there are cores: many tests wait for time to pass.
  meson test -C "$directory" --no-rebuild --print-errorlogs --num-processes $(($(nproc) + 1)) "$@" ||
    status=$?
  runs+=("$directory/meson-logs/testlog.json:$status")
}

# run_plain: every test
run_plain () {
  configure 'plain' "$build_dir" -Dintrospection=enabled -Ddoc=enabled || return 1
  ninja -C "$build_dir" --quiet && run_tests 'plain' "$build_dir"
}

run_unit () {
  configure 'unit' "$build_dir" || return 1
  build_suites "$build_dir" unit && run_tests 'unit' "$build_dir" --suite unit
}

# run_sanitized NAME DIRECTORY RUNTIME SANITIZERS SUITE...: the tests of these suites
run_sanitized () {
  local name=$1 directory=$2 runtime=$3 sanitizers=$4
  shift 4
  # What loops over pixels is optimized all the same. The rest takes half the time to compile.
  configure "$name" "$directory" -Dintrospection=disabled -Db_sanitize="$sanitizers" \
    -Doptimization=0 || return 1
  build_suites "$directory" "$@" || return 1
  fill_registry "$directory" "$runtime" || return 1
  # Sanitized programs are several times slower.
  CK_TIMEOUT_MULTIPLIER=4 run_tests "$name" "$directory" --timeout-multiplier 4 \
    "${@/#/--suite=}"
}

could_not_run () {
  printf '\n== %s: could not be built\n' "$1"
  broken=$((broken + 1))
}

scripts/install-packages.sh build demo test

log=$(mktemp)
trap 'rm -f "$log"' EXIT

if [ "$what" = unit ]; then
  run_unit || could_not_run 'unit'
else
  run_plain || could_not_run 'plain'
fi
if [ "$what" = all ]; then
  # Where a leak is found fast_unwind_on_malloc=0 tells whose memory it is: without, stacks end in
  # GLib. With it all allocations take so long that the tests take two or three times as long.
  export ASAN_OPTIONS=detect_leaks=1
  export LSAN_OPTIONS=suppressions=$source_dir/tests/lsan.supp:print_suppressions=0
  export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
  export TSAN_OPTIONS=suppressions=$source_dir/tests/tsan.supp
  name='address and undefined behaviour'
  run_sanitized "$name" "$build_dir-asan" libasan.so address,undefined check fuzz ||
    could_not_run "$name"
  run_sanitized 'threads' "$build_dir-tsan" libtsan.so thread threads || could_not_run 'threads'
fi

printf '\n'
/usr/bin/python3 tests/summary.py --failed "$broken" "${runs[@]}"
