/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "outsider.h"

#include <algorithm>

#include "ffmpegdrawtext.h"
#include "pythonpillow.h"

namespace numpro::bench {

namespace {

constexpr Outsider kOutsiders[] = {
    {.key = "ffmpeg-drawtext",
     .label = "ffmpeg, drawtext (own process)",
     .needs = "ffmpeg and fonts-dejavu-core",
     .installed = FfmpegDrawtext::installed,
     .takes = FfmpegDrawtext::takes,
     .measure = FfmpegDrawtext::measure},
    {.key = "python-pillow",
     .label = "Python, OpenCV and Pillow, on BGR (own process)",
     .needs = "python3-opencv, python3-pil and fonts-dejavu-core",
     .installed = PythonPillow::installed,
     .takes = PythonPillow::takes,
     .measure = PythonPillow::measure},
};

}  // namespace

unsigned Outsider::frames (const FrameKind &kind, const Pace &pace)
{
  const double by_pixels = pace.process_pixels / kind.width / kind.height;
  return std::max (1u, std::min (pace.process_frames, static_cast<unsigned> (by_pixels)));
}

unsigned Outsider::font_size (const FrameKind &kind)
{
  return std::max (1u, 40u * static_cast<unsigned> (std::min (kind.width, kind.height)) / 336u);
}

std::span<const Outsider> outsiders ()
{
  return kOutsiders;
}

}  // namespace numpro::bench
