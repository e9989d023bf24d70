/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pythonpillow.h"

#include <algorithm>

#include "tests/benchmarks/pythonprogram.h"

namespace numpro::bench {

namespace {

// No difference between two large times is taken here: fewer frames tell as much.
unsigned frames_of_run (const FrameKind &kind, const Pace &pace)
{
  return std::max (1u, Outsider::frames (kind, pace) / 10);
}

}  // namespace

bool PythonPillow::installed ()
{
  return g_file_test (kFontFile, G_FILE_TEST_EXISTS) &&
         python_can ("import cv2, numpy, PIL.ImageFont");
}

// Its frames are BGR, the next of kin of BGRA. With other formats the conversion there and back
// would have to be counted too.
bool PythonPillow::takes (const FrameKind &kind)
{
  return kind.format == GST_VIDEO_FORMAT_BGRA;
}

std::optional<Cell> PythonPillow::measure (const Outsider &self, const FrameKind &kind,
                                           const Pace &pace)
{
  const auto runs = times_by_python (
      {PILLOW_DRAWING, "--width", std::to_string (kind.width), "--height",
       std::to_string (kind.height), "--frames", std::to_string (frames_of_run (kind, pace)),
       "--runs", std::to_string (pace.process_runs), "--font", kFontFile, "--font-size",
       std::to_string (Outsider::font_size (kind))},
      pace.process_runs);
  if (!runs)
    return std::nullopt;
  const Summary summary = Summary::of (*runs);
  return Cell{self.key, kind, summary, summary};
}

}  // namespace numpro::bench
