/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rgbimage.h"

#include <turbojpeg.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "lib/base/gstowned.h"

namespace numpro::bench {

namespace {

Channel make_channel (int width, int height)
{
  return {width, height, std::vector<float> (static_cast<std::size_t> (width) * height)};
}

// A sample between others, in coordinates of the plane.
float sample_at (const YuvPlane &plane, float x, float y)
{
  x = std::clamp (x, 0.0f, static_cast<float> (plane.width - 1));
  y = std::clamp (y, 0.0f, static_cast<float> (plane.height - 1));
  const int left = static_cast<int> (x), top = static_cast<int> (y);
  const int right = std::min (left + 1, plane.width - 1);
  const guint8 *above = plane.samples + static_cast<std::ptrdiff_t> (top) * plane.stride;
  const guint8 *below = top + 1 < plane.height ? above + plane.stride : above;
  const float fx = x - static_cast<float> (left), fy = y - static_cast<float> (top);
  return std::lerp (std::lerp<float> (above[left], above[right], fx),
                    std::lerp<float> (below[left], below[right], fx), fy);
}

// What a pixel takes of the pixels it covers, along one axis.
std::vector<float> reduce_rows (const Channel &from, int height)
{
  std::vector<float> sums (static_cast<std::size_t> (from.width) * height);
  const double step = static_cast<double> (from.height) / height;
  for (int y = 0; y < height; ++y) {
    const double begin = y * step, end = (y + 1) * step;
    for (int row = static_cast<int> (begin); row < from.height && row < end; ++row) {
      const double covered = std::min<double> (row + 1, end) - std::max<double> (row, begin);
      for (int x = 0; x < from.width; ++x) {
        sums[static_cast<std::size_t> (y) * from.width + x] +=
            static_cast<float> (covered / step) * from.at (x, row);
      }
    }
  }
  return sums;
}

Channel transposed (const Channel &from)
{
  Channel to = make_channel (from.height, from.width);
  for (int y = 0; y < from.height; ++y) {
    for (int x = 0; x < from.width; ++x)
      to.values[static_cast<std::size_t> (x) * to.width + y] = from.at (x, y);
  }
  return to;
}

Channel reduced_channel (const Channel &from, int width, int height)
{
  const Channel lower{from.width, height, reduce_rows (from, height)};
  const Channel turned = transposed (lower);
  return transposed ({height, width, reduce_rows (turned, width)});
}

double window_ssim (const Channel &a, const Channel &b, int left, int top, int size)
{
  double sum_a = 0, sum_b = 0, aa = 0, bb = 0, ab = 0;
  for (int y = top; y < top + size; ++y) {
    for (int x = left; x < left + size; ++x) {
      const double va = a.at (x, y), vb = b.at (x, y);
      sum_a += va, sum_b += vb, aa += va * va, bb += vb * vb, ab += va * vb;
    }
  }
  const double n = size * size, mean_a = sum_a / n, mean_b = sum_b / n;
  const double var_a = aa / n - mean_a * mean_a, var_b = bb / n - mean_b * mean_b;
  const double covariance = ab / n - mean_a * mean_b;
  const double c1 = 0.01 * 255 * 0.01 * 255, c2 = 0.03 * 255 * 0.03 * 255;
  return (2 * mean_a * mean_b + c1) * (2 * covariance + c2) /
         ((mean_a * mean_a + mean_b * mean_b + c1) * (var_a + var_b + c2));
}

}  // namespace

RgbImage RgbImage::of_planes (const YuvPlane (&planes)[3], const GstVideoColorimetry &colorimetry)
{
  double kr = 0, kb = 0;
  gst_video_color_matrix_get_Kr_Kb (colorimetry.matrix, &kr, &kb);
  const bool limited = colorimetry.range == GST_VIDEO_COLOR_RANGE_16_235;
  const double y_gain = limited ? 255.0 / 219 : 1, c_gain = limited ? 255.0 / 224 : 1;
  const int width = planes[0].width, height = planes[0].height;
  RgbImage image{make_channel (width, height), make_channel (width, height),
                 make_channel (width, height)};
  const auto on_screen = [] (double value) {
    return static_cast<float> (std::clamp (value, 0.0, 255.0));
  };
  std::size_t at = 0;
  for (int row = 0; row < height; ++row) {
    for (int x = 0; x < width; ++x, ++at) {
      const float cx = (static_cast<float> (x) - 0.5f) / 2,
                  cy = (static_cast<float> (row) - 0.5f) / 2;
      const double y =
          y_gain * (planes[0].samples[row * planes[0].stride + x] - (limited ? 16 : 0));
      const double cb = c_gain * (sample_at (planes[1], cx, cy) - 128);
      const double cr = c_gain * (sample_at (planes[2], cx, cy) - 128);
      const double r = y + 2 * (1 - kr) * cr, b = y + 2 * (1 - kb) * cb;
      image.r.values[at] = on_screen (r);
      image.b.values[at] = on_screen (b);
      image.g.values[at] = on_screen ((y - kr * r - kb * b) / (1 - kr - kb));
    }
  }
  return image;
}

RgbImage RgbImage::of_frame (GstBuffer *buffer, GstVideoInfo info)
{
  GstVideoFrame frame;
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ);
  const auto plane = [&] (guint p) {
    return YuvPlane{static_cast<const guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, p)),
                    GST_VIDEO_FRAME_PLANE_STRIDE (&frame, p),
                    GST_VIDEO_FRAME_COMP_WIDTH (&frame, p),
                    GST_VIDEO_FRAME_COMP_HEIGHT (&frame, p)};
  };
  RgbImage image = of_planes ({plane (0), plane (1), plane (2)}, info.colorimetry);
  gst_video_frame_unmap (&frame);
  return image;
}

RgbImage RgbImage::of_jpeg (const std::filesystem::path &path,
                            const GstVideoColorimetry &colorimetry)
{
  std::ifstream in (path, std::ios::binary);
  const std::vector<char> file{std::istreambuf_iterator<char> (in), {}};
  const auto *data = reinterpret_cast<const guint8 *> (file.data ());
  const OwnedBy<void, tjDestroy> handle (tjInitDecompress ());
  int width = 0, height = 0, subsampling = 0, colorspace = 0;
  if (tjDecompressHeader3 (handle.get (), data, file.size (), &width, &height, &subsampling,
                           &colorspace) != 0 ||
      subsampling != TJSAMP_420)
    return {};
  std::vector<guint8> samples[3];
  guint8 *pointers[3];
  YuvPlane planes[3];
  for (int p = 0; p < 3; ++p) {
    planes[p].width = planes[p].stride = tjPlaneWidth (p, width, subsampling);
    planes[p].height = tjPlaneHeight (p, height, subsampling);
    samples[p].resize (static_cast<std::size_t> (planes[p].stride) * planes[p].height);
    planes[p].samples = pointers[p] = samples[p].data ();
  }
  if (tjDecompressToYUVPlanes (handle.get (), data, file.size (), pointers, width, nullptr, height,
                               0) != 0)
    return {};
  planes[0].width = width;
  planes[0].height = height;
  return of_planes (planes, colorimetry);
}

RgbImage RgbImage::reduced (int width, int height) const
{
  return {reduced_channel (r, width, height), reduced_channel (g, width, height),
          reduced_channel (b, width, height)};
}

Channel RgbImage::luma () const
{
  Channel luma = make_channel (r.width, r.height);
  for (std::size_t i = 0; i < luma.values.size (); ++i)
    luma.values[i] = 0.299f * r.values[i] + 0.587f * g.values[i] + 0.114f * b.values[i];
  return luma;
}

Channel RgbImage::cr () const
{
  Channel cr = luma ();
  for (std::size_t i = 0; i < cr.values.size (); ++i)
    cr.values[i] = 128 + 0.713f * (r.values[i] - cr.values[i]);
  return cr;
}

GstVideoColorimetry jfif_colors ()
{
  GstVideoColorimetry colorimetry = {};
  colorimetry.range = GST_VIDEO_COLOR_RANGE_0_255;
  colorimetry.matrix = GST_VIDEO_COLOR_MATRIX_BT601;
  return colorimetry;
}

double ssim (const Channel &a, const Channel &b, const Area &area)
{
  constexpr int kWindow = 8;
  double sum = 0;
  int windows = 0;
  for (int y = area.top; y + kWindow <= area.bottom; ++y) {
    for (int x = area.left; x + kWindow <= area.right; ++x, ++windows)
      sum += window_ssim (a, b, x, y, kWindow);
  }
  return windows ? sum / windows : 0;
}

}  // namespace numpro::bench
