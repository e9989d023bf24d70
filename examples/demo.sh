#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Records, and asks when something happens in the recording: two lines of numpro, which it shows.
#
#   examples/demo.sh [SOURCE [QUESTION]]
#
# SOURCE is a file, an address (RTSP, HTTP), a V4L2 device or the word test: a ball that is green for three
# seconds. The model that NUMPRO_ENDPOINT and NUMPRO_MODEL name is asked, without them numpro-reader, a
# stand-in that looks for colours. Installs missing Debian packages, builds what it needs in ./build-demo
# (NUMPRO_BUILD_DIR), and writes to demo-output.
set -euo pipefail

source=${1-test} question=${2-something green}
source_dir=$(realpath "$(dirname "$0")/..")
build_dir=$(realpath -m "${NUMPRO_BUILD_DIR:-$source_dir/build-demo}")

"$source_dir/scripts/install-packages.sh" build demo

if [ ! -e "$build_dir/build.ninja" ]; then
  # What compiles fastest. What loops over pixels is optimized all the same.
  log=$(meson setup "$build_dir" "$source_dir" -Doptimization=0 -Ddebug=false -Db_pch=true \
    -Dintrospection=disabled) || { printf '%s\n' "$log" >&2; exit 1; }
fi
ninja -C "$build_dir" plugin/libgstnumpro.so tools/numpro tools/reader/numpro-reader

# run COMMAND...: shows and runs it. Of an address it does not show the password.
run () {
  local word shown=
  for word; do
    case "$word" in
      *://*) word=ADDRESS ;;
      *[!A-Za-z0-9_./=-]*) word=${word@Q} ;;
    esac
    shown+=" $word"
  done
  printf '\n%s\n' "${shown# }"
  "$@"
}

export PATH=$build_dir/tools:$PATH GST_PLUGIN_PATH_1_0=$build_dir/plugin
# shellcheck disable=SC2016
printf '\nexport PATH=%q:"$PATH" GST_PLUGIN_PATH_1_0=%q\n' "$build_dir/tools" "$GST_PLUGIN_PATH_1_0"

mkdir -p demo-output
rm -f demo-output/recording-*.png
recording=demo-output/recording.mkv
duration=() whom=()
[ -f "$source" ] || duration=(--duration=12s)
[ -n "${NUMPRO_ENDPOINT-}" ] || whom=(--reader)

status=0
run numpro record "$source" -o "$recording" --force "${duration[@]}" || status=$?
case "$status" in
  0 | 3 | 130) ;;  # there is a recording, be it that the source broke off, or Ctrl-C
  *) exit "$status" ;;
esac
run numpro ask "$recording" "$question" "${whom[@]}" --sheet=demo-output

for picture in demo-output/recording-*.png; do
  [ ! -e "$picture" ] || printf '%s\n' "$picture"
done
