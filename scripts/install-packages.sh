#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Installs the Debian packages that gst-numpro needs and that are missing.
#
#   scripts/install-packages.sh [build] [demo] [test] [benchmark]
#
# Without a group: build. With all of them installed it says nothing and needs no network.
set -euo pipefail

# To build and install the plugin and the library, with introspection.
build_packages=(
  g++
  meson
  ninja-build
  pkg-config
  python3
  libglib2.0-dev-bin
  libgstreamer1.0-dev
  libgstreamer-plugins-base1.0-dev
  libcairo2-dev
  libcurl4-openssl-dev
  libpango1.0-dev
  libturbojpeg0-dev
  libyuv-dev
  nlohmann-json3-dev
  gobject-introspection
  libgirepository1.0-dev
  fonts-dejavu-core
  gstreamer1.0-tools
)

# To run the launch lines of the README, the examples and the demo: sources, decoders, x264enc,
# textoverlay and the window sinks; what the stand-in for a model is made of.
demo_packages=(
  ca-certificates
  gstreamer1.0-plugins-base
  gstreamer1.0-plugins-good
  gstreamer1.0-plugins-bad
  gstreamer1.0-plugins-ugly
  gstreamer1.0-libav
  gstreamer1.0-x
  gstreamer1.0-gl
  libleptonica-dev
  libsoup-3.0-dev
  libtesseract-dev
  tesseract-ocr-eng
  python3-gi
  python3-gst-1.0
  gir1.2-gstreamer-1.0
  gir1.2-gst-plugins-base-1.0
)

# To run the tests: the demo's, an RTSP server, what reads the numbers back from pixels, certificates,
# JSON schemas, a debugger that tells where a test hangs, what else reads and cuts recordings, and what
# scripts/check.sh checks with.
test_packages=(
  "${demo_packages[@]}"
  clang-format
  codespell
  # Reads what timelines are written as, as mkvtoolnix does; that is also the second parser of H.264.
  ffmpeg
  gdb
  git
  libgstrtspserver-1.0-dev
  libleptonica-dev
  libtesseract-dev
  mkvtoolnix
  openssl
  # Makes the pages of the C API.
  gi-docgen
  python3-jsonschema
  python3-numpy
  python3-pil
  shellcheck
  tesseract-ocr
  valgrind
)

# To run the benchmark: the demo's, and what users pick instead of numproverlay.
benchmark_packages=(
  "${demo_packages[@]}"
  ffmpeg
  python3-numpy
  python3-opencv
  python3-pil
)

die () {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

wanted=()
for group in "${@:-build}"; do
  case "$group" in
    build) wanted+=("${build_packages[@]}") ;;
    demo) wanted+=("${demo_packages[@]}") ;;
    test) wanted+=("${test_packages[@]}") ;;
    benchmark) wanted+=("${benchmark_packages[@]}") ;;
    *) die "unknown group '$group'; groups are build, demo, test, benchmark" ;;
  esac
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  die "this is not a Debian system. Install the equivalents of: ${wanted[*]}"
fi

# dpkg-query fails when it has never heard of one of them, which is an answer too.
installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "${wanted[@]}" \
  2>/dev/null | sed -n 's/^installed //p' || true)
mapfile -t missing < <(printf '%s\n' "${wanted[@]}" | sort -u |
  grep -vxF -f <(printf '%s\n' "$installed"))
if [ "${#missing[@]}" -eq 0 ]; then
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    die "packages are missing and there is neither root nor sudo. As root, run:
  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  fi
  as_root=(sudo)
  # Nobody could type a password.
  if [ ! -t 0 ]; then
    as_root+=(-n)
  fi
fi

apt_get () {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq \
    -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

printf 'Installing %d Debian packages: %s\n' "${#missing[@]}" "${missing[*]}"
apt_get update || die "apt-get update failed; is there a network? Missing: ${missing[*]}"
# dpkg's own account of what it unpacks goes to a log that is shown only when it failed.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! apt_get install --yes --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
  cat "$log" >&2
  die "apt-get install failed, see above"
fi
