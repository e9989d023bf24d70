/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framekind.h"

#include <charconv>

namespace numpro::bench {

std::string FrameKind::size_name () const
{
  return std::to_string (width) + "x" + std::to_string (height);
}

GstVideoInfo FrameKind::info () const
{
  GstVideoInfo info;
  gst_video_info_set_format (&info, format, static_cast<guint> (width),
                             static_cast<guint> (height));
  info.fps_n = 30;
  info.fps_d = 1;
  return info;
}

CapsPtr FrameKind::caps () const
{
  GstVideoInfo video_info = info ();
  return CapsPtr (gst_video_info_to_caps (&video_info));
}

bool FrameKind::set_size (const std::string &text)
{
  const char *end = text.data () + text.size ();
  const auto x = std::from_chars (text.data (), end, width);
  if (x.ec != std::errc () || x.ptr == end || *x.ptr != 'x')
    return false;
  const auto last = std::from_chars (x.ptr + 1, end, height);
  return last.ec == std::errc () && last.ptr == end && width > 0 && height > 0;
}

}  // namespace numpro::bench
