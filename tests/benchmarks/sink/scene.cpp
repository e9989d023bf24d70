/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scene.h"

#include <algorithm>
#include <cmath>

namespace numpro::bench {

namespace {

// How far the window may move, in pixels of luma.
constexpr int kMargin = 320;

// Noise that is the same in every run, between -1 and 1.
float noise (int x, int y, guint32 seed)
{
  guint32 hash = static_cast<guint32> (x) * 0x9e3779b1u ^ static_cast<guint32> (y) * 0x85ebca77u ^
                 seed * 0xc2b2ae3du;
  hash = (hash ^ hash >> 15) * 0x2c1b3c6du;
  hash = (hash ^ hash >> 12) * 0x297a2d39u;
  return static_cast<float> (hash ^ hash >> 15) / 2147483648.0f - 1;
}

void add_octave (std::vector<float> &sum, int width, int height, int spacing, float amplitude,
                 guint32 seed)
{
  for (int y = 0; y < height; ++y) {
    const int row = y / spacing;
    const float fy = static_cast<float> (y % spacing) / static_cast<float> (spacing);
    for (int column = 0; column * spacing < width; ++column) {
      const float left = std::lerp (noise (column, row, seed), noise (column, row + 1, seed), fy);
      const float right =
          std::lerp (noise (column + 1, row, seed), noise (column + 1, row + 1, seed), fy);
      const float step = (right - left) / static_cast<float> (spacing);
      const int end = std::min ((column + 1) * spacing, width);
      for (int x = column * spacing; x < end; ++x) {
        sum[static_cast<std::size_t> (y) * width + x] +=
            amplitude * (left + step * static_cast<float> (x - column * spacing));
      }
    }
  }
}

}  // namespace

Scene::Texture Scene::make_texture (int width, int height, int coarsest, int finest,
                                    double amplitude, guint32 seed)
{
  std::vector<float> sum (static_cast<std::size_t> (width) * height, 128.0f);
  // Amplitude falls with size, as it does in photographs.
  for (int spacing = coarsest; spacing >= finest; spacing /= 2, amplitude /= 1.8)
    add_octave (sum, width, height, spacing, static_cast<float> (amplitude),
                seed + static_cast<guint32> (spacing));
  Texture texture{width, height, std::vector<guint8> (sum.size ())};
  std::ranges::transform (sum, texture.samples.begin (), [] (float value) {
    return static_cast<guint8> (std::clamp (value, 16.0f, 235.0f));
  });
  return texture;
}

Scene::Scene (const FrameKind &kind) : kind_ (kind)
{
  const int width = kind.width + kMargin, height = kind.height + kMargin;
  planes_ = {make_texture (width, height, 256, 2, 55, 1),
             make_texture ((width + 1) / 2, (height + 1) / 2, 256, 16, 25, 2),
             make_texture ((width + 1) / 2, (height + 1) / 2, 256, 16, 25, 3)};
}

BufferPtr Scene::frame (unsigned time) const
{
  const GstVideoInfo info = kind_.info ();
  BufferPtr buffer (gst_buffer_new_allocate (nullptr, info.size, nullptr));
  GstVideoFrame frame;
  gst_video_frame_map (&frame, &info, buffer.get (), GST_MAP_WRITE);
  const int left = static_cast<int> (time * 38 % kMargin),
            top = static_cast<int> (time * 26 % kMargin);
  for (guint p = 0; p < 3; ++p) {
    const Texture &texture = planes_[p];
    const int shift = p > 0;
    for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (&frame, p); ++y) {
      const guint8 *from = texture.samples.data () +
                           static_cast<std::size_t> ((top >> shift) + y) * texture.width +
                           (left >> shift);
      std::copy_n (from, GST_VIDEO_FRAME_COMP_WIDTH (&frame, p),
                   static_cast<guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, p)) +
                       static_cast<std::ptrdiff_t> (y) * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, p));
    }
  }
  gst_video_frame_unmap (&frame);
  return buffer;
}

BufferPtr make_chart (const FrameKind &kind)
{
  constexpr int kStripes = G_N_ELEMENTS (kChartColors);
  GstVideoInfo info = kind.info ();
  GstVideoInfo rgb = FrameKind{GST_VIDEO_FORMAT_xRGB, kind.width, kind.height}.info ();
  const BufferPtr source (gst_buffer_new_allocate (nullptr, rgb.size, nullptr));
  BufferPtr chart (gst_buffer_new_allocate (nullptr, info.size, nullptr));
  GstVideoFrame from, to;
  gst_video_frame_map (&from, &rgb, source.get (), GST_MAP_READWRITE);
  gst_video_frame_map (&to, &info, chart.get (), GST_MAP_WRITE);
  for (int y = 0; y < kind.height; ++y) {
    auto *row = static_cast<guint8 *> (from.data[0]) + y * from.info.stride[0];
    for (int x = 0; x < kind.width; ++x)
      GST_WRITE_UINT32_BE (row + 4 * x, kChartColors[x * kStripes / kind.width]);
  }
  GstVideoConverter *converter = gst_video_converter_new (&rgb, &info, nullptr);
  gst_video_converter_frame (converter, &from, &to);
  gst_video_converter_free (converter);
  gst_video_frame_unmap (&to);
  gst_video_frame_unmap (&from);
  return chart;
}

}  // namespace numpro::bench
