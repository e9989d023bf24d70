/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scaler.h"

#include <algorithm>
#include <cmath>

namespace numpro {

namespace {

const guint8 *plane (const GstVideoFrame &frame, guint p)
{
  return static_cast<const guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, p));
}

bool has_fast_way (GstVideoFormat format)
{
  return format == GST_VIDEO_FORMAT_I420 || format == GST_VIDEO_FORMAT_YV12 ||
         format == GST_VIDEO_FORMAT_NV12 || format == GST_VIDEO_FORMAT_NV21;
}

// The last column and row again, where a picture of odd size shares chroma with nobody.
void fill_up_pairs (Picture &picture)
{
  const int stride = picture.luma_stride ();
  if (picture.width % 2) {
    for (int y = 0; y < picture.height; ++y)
      picture.y ()[y * stride + picture.width] = picture.y ()[y * stride + picture.width - 1];
  }
  if (picture.height % 2) {
    guint8 *last = picture.y () + (picture.height - 1) * stride;
    std::copy_n (last, stride, last + stride);
  }
}

}  // namespace

Scaler::Scaler (const GstVideoInfo &info, guint max_edge)
    : info_ (info), width_ (GST_VIDEO_INFO_WIDTH (&info)), height_ (GST_VIDEO_INFO_HEIGHT (&info))
{
  const int longer = std::max (width_, height_);
  if (max_edge > 0 && static_cast<guint> (longer) > max_edge) {
    const auto scaled = [&] (int edge) {
      return std::max (
          1, static_cast<int> (std::lround (static_cast<double> (edge) * max_edge / longer)));
    };
    width_ = scaled (width_);
    height_ = scaled (height_);
  }

  gst_video_info_set_format (&picture_info_, GST_VIDEO_FORMAT_I420, static_cast<guint> (width_),
                             static_cast<guint> (height_));
  // What converters insist on being the same.
  picture_info_.fps_n = info_.fps_n;
  picture_info_.fps_d = info_.fps_d;
  picture_info_.interlace_mode = info_.interlace_mode;
  picture_info_.colorimetry =
      GST_VIDEO_INFO_IS_YUV (&info_) ? info_.colorimetry : jfif_colorimetry ();
  if (has_fast_way (GST_VIDEO_INFO_FORMAT (&info_)))
    make_plane_scalers ();
  else
    converter_.reset (gst_video_converter_new (&info_, &picture_info_, nullptr));
}

void Scaler::scale (GstVideoFrame &frame, Picture &picture)
{
  picture.resize (width_, height_);
  picture.colorimetry = picture_info_.colorimetry;
  if (converter_)
    convert (frame, picture);
  else
    scale_planes (frame, picture);
  fill_up_pairs (picture);
}

void Scaler::make_plane_scalers ()
{
  const auto half = [] (AreaScaler::Size size) {
    return AreaScaler::Size{(size.width + 1) / 2, (size.height + 1) / 2};
  };
  const AreaScaler::Size from{GST_VIDEO_INFO_WIDTH (&info_), GST_VIDEO_INFO_HEIGHT (&info_)};
  const AreaScaler::Size to{width_, height_};
  luma_ = AreaScaler (from, to);
  chroma_ = AreaScaler (half (from), half (to));
}

void Scaler::scale_planes (const GstVideoFrame &frame, Picture &picture)
{
  const auto stride = [&] (guint p) { return GST_VIDEO_FRAME_PLANE_STRIDE (&frame, p); };
  luma_.scale (plane (frame, 0), stride (0), picture.y (), picture.luma_stride ());
  if (GST_VIDEO_FORMAT_INFO_N_PLANES (info_.finfo) == 3) {
    for (const auto &[component, to] : {std::pair{1u, picture.u ()}, std::pair{2u, picture.v ()}}) {
      const guint p = GST_VIDEO_FORMAT_INFO_PLANE (info_.finfo, component);
      chroma_.scale (plane (frame, p), stride (p), to, picture.chroma_stride ());
    }
    return;
  }
  const bool u_first = GST_VIDEO_FORMAT_INFO_POFFSET (info_.finfo, 1) == 0;
  chroma_.scale_pairs (plane (frame, 1), stride (1), u_first ? picture.u () : picture.v (),
                       u_first ? picture.v () : picture.u (), picture.chroma_stride ());
}

void Scaler::convert (GstVideoFrame &frame, Picture &picture)
{
  GstVideoFrame target = {};
  target.info = picture_info_;
  target.data[0] = picture.y ();
  target.data[1] = picture.u ();
  target.data[2] = picture.v ();
  target.info.stride[0] = picture.luma_stride ();
  target.info.stride[1] = target.info.stride[2] = picture.chroma_stride ();
  gst_video_converter_frame (converter_.get (), &frame, &target);
}

}  // namespace numpro
