/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picturesize.h"

#include <gst/video/video.h>

#include "lib/base/gstowned.h"

namespace numpro::media {

void PictureSize::settle (GstCaps *caps, GstElement *filter, const MakePadding &padding)
{
  GstVideoInfo info;
  if (bits_ > 0 || !gst_video_info_from_caps (&info, caps))
    return;
  width_ = info.width;
  height_ = info.height;
  const bool is_deep = depth_ == Depth::kAsItIs && GST_VIDEO_INFO_COMP_DEPTH (&info, 0) > 8;
  bits_ = is_deep ? 10 : 8;
  const int right = info.width % 2, bottom = info.height % 2;
  // videobox knows no more than 8 bits.
  if (right + bottom > 0 && !is_deep) {
    // Negative: added, not cut off.
    g_object_set (padding (), "right", -right, "bottom", -bottom, nullptr);
  } else {
    info.width += right;
    info.height += bottom;
  }
  // The shape of pixels as well: muxers do not take that this changes either.
  const CapsPtr size (gst_caps_new_simple (
      "video/x-raw", "format", G_TYPE_STRING, is_deep ? "I420_10LE" : "I420", "width", G_TYPE_INT,
      info.width, "height", G_TYPE_INT, info.height, "pixel-aspect-ratio", GST_TYPE_FRACTION,
      info.par_n, info.par_d, nullptr));
  g_object_set (filter, "caps", size.get (), nullptr);
}

std::string PictureSize::change_to (const GstCaps *caps) const
{
  const auto words = [] (int width, int height) {
    return std::to_string (width) + "x" + std::to_string (height);
  };
  GstVideoInfo info;
  if (bits_ == 0 || !gst_video_info_from_caps (&info, caps) ||
      (info.width == width_ && info.height == height_))
    return {};
  return "its pictures are " + words (info.width, info.height) + " now, and are scaled to " +
         words (width_, height_);
}

}  // namespace numpro::media
