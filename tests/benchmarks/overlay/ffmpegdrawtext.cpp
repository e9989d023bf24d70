/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ffmpegdrawtext.h"

#include "tests/benchmarks/childprocess.h"

namespace numpro::bench {

namespace {

const char *pixel_format (GstVideoFormat format)
{
  switch (format) {
    case GST_VIDEO_FORMAT_I420:
      return "yuv420p";
    case GST_VIDEO_FORMAT_NV12:
      return "nv12";
    case GST_VIDEO_FORMAT_BGRA:
      return "bgra";
    case GST_VIDEO_FORMAT_P010_10LE:
      return "p010le";
    default:
      return nullptr;
  }
}

// A frame is drawn on so many times: else the noise of a process's start hides what it takes.
constexpr unsigned kDrawings = 8;

// The filters are there in both runs, and only switched off in the one: so both load the font, and
// both copy the frame, which the source sends again and again and which must not be drawn on.
std::string drawings (const FrameKind &kind, bool enabled)
{
  const std::string drawtext = std::string ("drawtext=fontfile=") + kFontFile +
                               ":text=%{n}:start_number=100:fontcolor=red:x=w-tw:y=h-th:fontsize=" +
                               std::to_string (Outsider::font_size (kind)) +
                               ":enable=" + (enabled ? "1" : "0");
  std::string chain = drawtext;
  for (unsigned i = 1; i < kDrawings; ++i)
    chain += "," + drawtext;
  return chain;
}

std::optional<Microseconds> time_of_frame (const FrameKind &kind, unsigned frames, bool enabled)
{
  const std::string source =
      "color=c=gray:r=30:s=" + kind.size_name () + ",format=" + pixel_format (kind.format);
  const auto child = ChildProcess::run ({"ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error",
                                         "-filter_threads", "1", "-f", "lavfi", "-i", source, "-vf",
                                         drawings (kind, enabled), "-frames:v",
                                         std::to_string (frames), "-f", "null", "-"});
  if (!child)
    return std::nullopt;
  return child->cpu_time / frames;
}

}  // namespace

bool FfmpegDrawtext::installed ()
{
  const TextPtr path (g_find_program_in_path ("ffmpeg"));
  return path && g_file_test (kFontFile, G_FILE_TEST_EXISTS);
}

bool FfmpegDrawtext::takes (const FrameKind &kind)
{
  return pixel_format (kind.format);
}

std::optional<Cell> FfmpegDrawtext::measure (const Outsider &self, const FrameKind &kind,
                                             const Pace &pace)
{
  const unsigned frames = Outsider::frames (kind, pace);
  std::vector<double> gross, net;
  for (unsigned run = 0; run < pace.process_runs; ++run) {
    const auto without = time_of_frame (kind, frames, false);
    const auto with = time_of_frame (kind, frames, true);
    if (!without || !with)
      return std::nullopt;
    const Microseconds drawing = (*with - *without) / kDrawings;
    gross.push_back ((*without + drawing).count ());
    net.push_back (drawing.count ());
  }
  return Cell{self.key, kind, Summary::of (gross), Summary::of (net)};
}

}  // namespace numpro::bench
