#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Plays launch lines under valgrind: catches decisions on bytes that nobody wrote, which look right on
# the screen until they crash. Reads and writes outside frames, of all formats, are the address
# sanitizer's.
#
# memcheck.sh GST-LAUNCH
set -eu

gst_launch=$1

if ! command -v valgrind > /dev/null; then
  echo "valgrind is not installed: memory is not checked"
  exit 77
fi

# One malloc per object, and code that valgrind can follow instead of what Orc makes as it runs.
export G_SLICE=always-malloc G_DEBUG=gc-friendly ORC_CODE=backup GST_REGISTRY_UPDATE=no

source_of () {
  echo "videotestsrc num-buffers=$1 pattern=ball ! video/x-raw,format=$2,width=$3,height=$4,framerate=25/1"
}

# The registry may be new: that is not what is to be checked.
# shellcheck disable=SC2046
GST_REGISTRY_UPDATE=yes "$gst_launch" -q $(source_of 1 I420 16 16) ! numproverlay ! fakesink

# Every way of drawing, on frames whose planes end in odd places. All in one process: loading the
# plugins under valgrind takes longer than drawing.
line=
for format in I420 YV12 NV12 NV21 NV16 Y42B Y444 Y41B YUV9 YUY2 UYVY RGB BGRx ARGB GRAY8 GRAY16_LE \
    I420_10LE P010_10LE A420 AYUV64 RGB16 RGB8P v210 UYVP r210 Y410 NV12_64Z32 NV12_10LE32; do
  line="$line $(source_of 2 $format 67 45) ! numproverlay start=9 outline-width=1 \
    shaded-background=true ! fakesink"
done
# Fields take the chroma rows of a frame in turn.
for format in I420 NV12 YUY2 v210 I420_10LE; do
  line="$line $(source_of 3 $format 67 45) ! capssetter caps=video/x-raw,interlace-mode=interleaved ! \
    numproverlay start=7 outline=auto ! fakesink"
done

# Stamps that stick out, frames smaller than a digit, copies of shared frames, looks with alpha.
for format in I420 NV12 YUY2 RGB RGB8P v210 I420_10LE; do
  line="$line $(source_of 3 $format 1 1) ! numproverlay outline=auto ! fakesink
    $(source_of 3 $format 3 2) ! numproverlay reference-height=0 ! fakesink
    $(source_of 3 $format 64 48) ! numproverlay start=99999 font-size=200 deltax=-7 deltay=-9 \
      outline=auto ! fakesink
    $(source_of 3 $format 64 48) ! numproverlay start=18 halignment=left valignment=top deltax=-9 \
      deltay=-5 color=0x80ff0000 ! numproverlay start=55 deltax=11 deltay=7 stamp=clock ! fakesink
    $(source_of 3 $format 50 34) ! tee name=t$format t$format. ! queue ! numproverlay ! fakesink
      t$format. ! queue ! numproverlay silent=true ! fakesink"
done

# What is drawn on goes on to be read: an encoder would trip over bytes that were never written.
line="$line videotestsrc num-buffers=30 ! video/x-raw,format=I420,width=128,height=96 ! \
  numproverlay numbering=time rate=10/1 stamp=seconds ! videoconvert ! video/x-raw,format=RGB ! \
  jpegenc ! fakesink"

# Words are split on purpose: the line is one argument for a reader and many for gst-launch.
# shellcheck disable=SC2086
valgrind --quiet --tool=memcheck --leak-check=no --error-exitcode=99 --exit-on-first-error=yes \
  --num-callers=24 "$gst_launch" -q $line
