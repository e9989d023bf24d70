/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scaler.h"

#include <libyuv.h>

#include <algorithm>
#include <cmath>

namespace numpro {

namespace {

// Averages what a pixel covers: small digits stay readable, fine patterns do not flicker.
constexpr libyuv::FilterMode kFilter = libyuv::kFilterBox;

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
  if (!has_fast_way (GST_VIDEO_INFO_FORMAT (&info_)))
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

void Scaler::scale_planes (const GstVideoFrame &frame, Picture &picture)
{
  const int width = GST_VIDEO_INFO_WIDTH (&info_), height = GST_VIDEO_INFO_HEIGHT (&info_);
  const int chroma_width = (width + 1) / 2, chroma_height = (height + 1) / 2;
  const auto stride = [&] (guint p) { return GST_VIDEO_FRAME_PLANE_STRIDE (&frame, p); };

  libyuv::ScalePlane (plane (frame, 0), stride (0), width, height, picture.y (),
                      picture.luma_stride (), width_, height_, kFilter);
  if (GST_VIDEO_FORMAT_INFO_N_PLANES (info_.finfo) == 3) {
    for (guint component : {1u, 2u}) {
      const guint p = GST_VIDEO_FORMAT_INFO_PLANE (info_.finfo, component);
      libyuv::ScalePlane (plane (frame, p), stride (p), chroma_width, chroma_height,
                          component == 1 ? picture.u () : picture.v (), picture.chroma_stride (),
                          picture.chroma_width (), picture.chroma_height (), kFilter);
    }
    return;
  }
  // Chroma in pairs (NV12, NV21): taken apart first, since UVScale() of Debian 12's libyuv reads
  // beyond its input.
  const bool u_first = GST_VIDEO_FORMAT_INFO_POFFSET (info_.finfo, 1) == 0;
  const std::size_t size = static_cast<std::size_t> (chroma_width) * chroma_height;
  apart_.resize (2 * size);
  guint8 *first = apart_.data (), *second = first + size;
  libyuv::SplitUVPlane (plane (frame, 1), stride (1), first, chroma_width, second, chroma_width,
                        chroma_width, chroma_height);
  for (const auto &[from, to] : {std::pair{u_first ? first : second, picture.u ()},
                                 std::pair{u_first ? second : first, picture.v ()}}) {
    libyuv::ScalePlane (from, chroma_width, chroma_width, chroma_height, to,
                        picture.chroma_stride (), picture.chroma_width (), picture.chroma_height (),
                        kFilter);
  }
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
