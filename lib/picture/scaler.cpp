/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scaler.h"

#include <algorithm>
#include <cmath>

#include "pixelaspect.h"
#include "transfer.h"

namespace numpro {

namespace {

// 10 bits in words of this machine.
constexpr GstVideoFormat kDeepFormat =
    G_BYTE_ORDER == G_LITTLE_ENDIAN ? GST_VIDEO_FORMAT_I420_10LE : GST_VIDEO_FORMAT_I420_10BE;

const guint8 *plane (const GstVideoFrame &frame, guint p)
{
  return static_cast<const guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, p));
}

bool has_fast_way (GstVideoFormat format)
{
  return format == GST_VIDEO_FORMAT_I420 || format == GST_VIDEO_FORMAT_YV12 ||
         format == GST_VIDEO_FORMAT_NV12 || format == GST_VIDEO_FORMAT_NV21;
}

AreaScaler::Size picture_size (const GstVideoInfo &info, guint max_edge)
{
  // Where pixels are not square, what there are too many of along one axis become fewer.
  const double aspect = pixel_aspect (info);
  const double width = GST_VIDEO_INFO_WIDTH (&info) * std::min (aspect, 1.0);
  const double height = GST_VIDEO_INFO_HEIGHT (&info) / std::max (aspect, 1.0);
  const double longer = std::max (width, height);
  const double most = max_edge > 0 ? std::min<double> (longer, max_edge) : longer;
  const auto scaled = [&] (double edge) {
    return std::max (1, static_cast<int> (std::lround (edge * most / longer)));
  };
  return {scaled (width), scaled (height)};
}

}  // namespace

Scaler::Scaler (const GstVideoInfo &info, guint max_edge) : info_ (info)
{
  const AreaScaler::Size size = picture_size (info, max_edge);
  width_ = size.width;
  height_ = size.height;

  is_deep_ = is_hdr (info.colorimetry) && GST_VIDEO_INFO_COMP_DEPTH (&info, 0) > 8;
  gst_video_info_set_format (&picture_info_, is_deep_ ? kDeepFormat : GST_VIDEO_FORMAT_I420,
                             static_cast<guint> (width_), static_cast<guint> (height_));
  // What converters insist on being the same.
  picture_info_.fps_n = info_.fps_n;
  picture_info_.fps_d = info_.fps_d;
  picture_info_.interlace_mode = info_.interlace_mode;
  picture_info_.colorimetry = info_.colorimetry;
  // Grey of an unknown matrix, which decoders give, would be taken for RGB: it becomes luma as it
  // is.
  if (!GST_VIDEO_INFO_IS_YUV (&info_) && !GST_VIDEO_INFO_IS_GRAY (&info_)) {
    picture_info_.colorimetry.range = jfif_colorimetry ().range;
    picture_info_.colorimetry.matrix = jfif_colorimetry ().matrix;
  }
  if (has_fast_way (GST_VIDEO_INFO_FORMAT (&info_)))
    make_plane_scalers ();
  else
    converter_.reset (gst_video_converter_new (&info_, &picture_info_, nullptr));
}

void Scaler::scale (GstVideoFrame &frame, Picture &picture)
{
  picture.resize (width_, height_);
  picture.colorimetry = picture_info_.colorimetry;
  picture.orientation = {};
  picture.is_deep = is_deep_;
  if (is_deep_) {
    picture.deep_samples.resize (picture.samples.size ());
    convert (frame, picture, picture.deep_samples.data ());
  } else if (converter_) {
    convert (frame, picture, picture.samples.data ());
  } else {
    scale_planes (frame, picture);
  }
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

template <typename Sample>
void Scaler::convert (GstVideoFrame &frame, const Picture &picture, Sample *planes)
{
  GstVideoFrame target = {};
  target.info = picture_info_;
  target.data[0] = planes;
  target.data[1] = planes + (picture.u () - picture.y ());
  target.data[2] = planes + (picture.v () - picture.y ());
  const int bytes = sizeof (Sample);
  target.info.stride[0] = picture.luma_stride () * bytes;
  target.info.stride[1] = target.info.stride[2] = picture.chroma_stride () * bytes;
  gst_video_converter_frame (converter_.get (), &frame, &target);
}

}  // namespace numpro
