#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Records video with a number on every frame, and leaves bundles and a contact sheet beside it:
#
#   examples/demo.sh [--seconds N] [--rate N/D] [--output DIRECTORY] [FILE|URI|/dev/videoN]
#
# Or asks a model about a live stream; without --endpoint a stand-in, which is no model:
#
#   examples/demo.sh --ask [--endpoint URL --model NAME] [QUESTION]
#
# Installs missing Debian packages, builds what it needs in ./build and runs numpro-demo or numpro-ask,
# which have more to say about themselves with --help. NUMPRO_SECONDS is another way to give --seconds,
# NUMPRO_BUILD_DIR to build elsewhere.
set -euo pipefail

source_dir=$(realpath "$(dirname "$0")/..")
build_dir=$(realpath -m "${NUMPRO_BUILD_DIR:-$source_dir/build}")

targets=(plugin/libgstnumpro.so tools/numpro-demo)
if [ "${1-}" = --ask ]; then
  targets=(plugin/libgstnumpro.so examples/numpro-ask tools/reader/numpro-reader)
fi

"$source_dir/scripts/install-packages.sh" build demo

log=$(mktemp)
{
  if [ ! -e "$build_dir/build.ninja" ]; then
    meson setup "$build_dir" "$source_dir"
  elif ! ninja -C "$build_dir" -t query "${targets[@]}"; then
    # Set up when a package was not there yet.
    meson setup --reconfigure "$build_dir" "$source_dir"
  fi
  ninja -C "$build_dir" "${targets[@]}"
} >"$log" 2>&1 || {
  cat "$log" >&2
  rm -f "$log"
  exit 1
}
rm -f "$log"

# GStreamer reads the first of the two that is set.
plugin_path=${GST_PLUGIN_PATH_1_0-${GST_PLUGIN_PATH-}}
export GST_PLUGIN_PATH_1_0=$build_dir/plugin${plugin_path:+:$plugin_path}
if [ "${1-}" = --ask ]; then
  shift
  ask=$build_dir/examples/numpro-ask
  asked=$source_dir/demo-output/asked
  case "${1-}" in
    -*) exec "$ask" --location "$asked" "$@" ;;
  esac
  exec "$source_dir/tools/askdemo.sh" "$build_dir/tools/reader/numpro-reader" "$ask" "$asked" "$@"
fi
exec "$build_dir/tools/numpro-demo" --output "$source_dir/demo-output" \
  ${NUMPRO_SECONDS:+--seconds "$NUMPRO_SECONDS"} "$@"
