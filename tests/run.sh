#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Builds gst-numpro and runs all its tests.
#
#   tests/run.sh [--quick]
#
# Builds three times: as users do (every test), with AddressSanitizer and UndefinedBehaviorSanitizer
# (suites check and fuzz) and with ThreadSanitizer (suite threads); --quick does the first only.
# Installs missing Debian packages first. The last line counts single checks:
#
#   N passed, N failed, N skipped
#
# NUMPRO_BUILD_DIR is where to build (default: build); the sanitizers' builds go beside it.
set -euo pipefail

usage () {
  printf 'usage: %s [--quick]\n' "$0" >&2
  exit 2
}

quick=false
case "$#:${1-}" in
  0:) ;;
  1:--quick) quick=true ;;
  *) usage ;;
esac

cd "$(dirname "$0")/.."
source_dir=$PWD
build_dir=$(realpath -m "${NUMPRO_BUILD_DIR:-build}")

# A filter left over in the environment would make a run of everything a run of something.
unset GST_CHECKS GST_CHECKS_IGNORE CK_RUN_SUITE CK_RUN_CASE CK_INCLUDE_TAGS CK_EXCLUDE_TAGS

runs=()
broken=0

# build NAME DIRECTORY MESON_OPTION...
build () {
  local name=$1 directory=$2
  shift 2
  printf '\n== %s: building in %s\n' "$name" "$directory"
  # Where the tests' dependencies are missing the build is to fail, not to go without them.
  set -- -Dwerror=true -Dtests=enabled "$@"
  if [ -e "$directory/build.ninja" ]; then
    meson configure "$directory" "$@" >"$log" || { cat "$log"; return 1; }
  else
    meson setup "$directory" "$source_dir" "$@" >"$log" || { cat "$log"; return 1; }
  fi
  ninja -C "$directory" --quiet
}

# has_tests DIRECTORY SUITE
has_tests () {
  meson introspect --tests "$1" |
    /usr/bin/python3 -c 'import json, sys
sys.exit(not any(suite.split(":")[-1] == sys.argv[1]
                 for test in json.load(sys.stdin) for suite in test["suite"]))' "$2"
}

# run_tests NAME DIRECTORY MESON_TEST_OPTION...
run_tests () {
  local name=$1 directory=$2 status=0
  shift 2
  printf '\n== %s: testing\n' "$name"
  # Of an earlier run.
  rm -f "$directory/meson-logs/testlog.json"
  meson test -C "$directory" --no-rebuild --print-errorlogs "$@" || status=$?
  runs+=("$directory/meson-logs/testlog.json:$status")
}

# run_flavour NAME DIRECTORY SUITES MESON_OPTION...: all tests if SUITES is empty
run_flavour () {
  local name=$1 directory=$2 suite
  local -a suites=() selection=()
  read -ra suites <<<"$3"
  shift 3
  if ! build "$name" "$directory" "$@"; then
    printf 'The build failed.\n'
    broken=$((broken + 1))
    return
  fi
  if [ "${#suites[@]}" -gt 0 ]; then
    for suite in "${suites[@]}"; do
      if has_tests "$directory" "$suite"; then
        selection+=(--suite "$suite")
      fi
    done
    if [ "${#selection[@]}" -eq 0 ]; then
      printf 'No tests in %s.\n' "${suites[*]}"
      return
    fi
    # They are several times slower.
    selection+=(--timeout-multiplier 4)
  fi
  run_tests "$name" "$directory" "${selection[@]}"
}

scripts/install-packages.sh build demo test

log=$(mktemp)
trap 'rm -f "$log"' EXIT

run_flavour 'plain' "$build_dir" '' -Dintrospection=enabled
if ! $quick; then
  # A scanner process of its own could not load a plugin that needs the sanitizer's runtime.
  export GST_REGISTRY_FORK=no
  export ASAN_OPTIONS=detect_leaks=1
  export LSAN_OPTIONS=suppressions=$source_dir/tests/lsan.supp:print_suppressions=0
  export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
  export TSAN_OPTIONS=suppressions=$source_dir/tests/tsan.supp
  run_flavour 'address and undefined behaviour' "$build_dir-asan" 'check fuzz' \
    -Dintrospection=disabled -Db_sanitize=address,undefined
  run_flavour 'threads' "$build_dir-tsan" 'threads' \
    -Dintrospection=disabled -Db_sanitize=thread
fi

printf '\n'
/usr/bin/python3 tests/summary.py --failed "$broken" "${runs[@]}"
