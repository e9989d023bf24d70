/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Frames to JPEG files, decoded again.
//
// test_colors: a matrix or range taken for another, U and V swapped, a format's slow way.
// test_grey: grey that becomes coloured, as the format has no matrix; a range taken for another.
// test_sizes: images of the wrong size or proportions, reads and writes beyond odd-sized planes.

#include <gst/video/video.h>

#include <cmath>
#include <cstdlib>
#include <vector>

#include "lib/picture/jpegencoder.h"
#include "tests/support/jpegimage.h"
#include "tests/support/loopcheck.h"
#include "tests/support/scaledpicture.h"

using namespace numpro;

namespace {

constexpr guint32 kChart[] = {0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000,
                              0x0000ff, 0x000000, 0x808080, 0xc04020, 0x2040c0, 0x40c020};
constexpr int kPatches = G_N_ELEMENTS (kChart);

constexpr GstVideoFormat kFormats[] = {
    GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_YV12, GST_VIDEO_FORMAT_NV12,
    GST_VIDEO_FORMAT_NV21, GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_Y444,
    GST_VIDEO_FORMAT_BGRA, GST_VIDEO_FORMAT_RGB,  GST_VIDEO_FORMAT_P010_10LE,
};
constexpr const char *kColorimetries[] = {"bt601", "bt709", "bt2020", "1:4:0:0", "1:3:0:0"};

GstVideoInfo make_info (GstVideoFormat format, int width, int height)
{
  GstVideoInfo info;
  gst_video_info_set_format (&info, format, static_cast<guint> (width),
                             static_cast<guint> (height));
  return info;
}

// Vertical stripes of the chart's colours.
GstBuffer *make_chart (GstVideoInfo info)
{
  const int width = GST_VIDEO_INFO_WIDTH (&info), height = GST_VIDEO_INFO_HEIGHT (&info);
  GstVideoInfo rgb = make_info (GST_VIDEO_FORMAT_xRGB, width, height);
  GstBuffer *source = gst_buffer_new_allocate (nullptr, rgb.size, nullptr);
  GstBuffer *chart = gst_buffer_new_allocate (nullptr, info.size, nullptr);
  GstVideoFrame from, to;
  gst_video_frame_map (&from, &rgb, source, GST_MAP_READWRITE);
  for (int y = 0; y < height; ++y) {
    auto *row = static_cast<guint8 *> (from.data[0]) + y * from.info.stride[0];
    for (int x = 0; x < width; ++x)
      GST_WRITE_UINT32_BE (row + 4 * x, 0xff000000 | kChart[x * kPatches / width]);
  }
  gst_video_frame_map (&to, &info, chart, GST_MAP_WRITE);
  GstVideoConverter *converter = gst_video_converter_new (&rgb, &info, nullptr);
  gst_video_converter_frame (converter, &from, &to);
  gst_video_converter_free (converter);
  gst_video_frame_unmap (&to);
  gst_video_frame_unmap (&from);
  gst_buffer_unref (source);
  return chart;
}

JpegImage encode (GstVideoInfo info, GstBuffer *buffer, guint max_edge)
{
  Picture picture = scaled_picture (info, buffer, max_edge);
  JpegEncoder encoder (95);
  const BytesPtr jpeg = encoder.encode (picture);
  fail_unless (jpeg != nullptr);
  return decode_jpeg (jpeg.get ());
}

}  // namespace

GST_START_TEST (test_colors)
{
  for (const char *colorimetry : kColorimetries) {
    GstVideoInfo info = make_info (kFormats[__i__], 1920, 1080);
    if (GST_VIDEO_INFO_IS_YUV (&info))
      gst_video_colorimetry_from_string (&info.colorimetry, colorimetry);
    // Chroma has nowhere to be wrong about: the transfer function is not what is tested here.
    info.colorimetry.transfer = GST_VIDEO_TRANSFER_UNKNOWN;
    info.colorimetry.primaries = GST_VIDEO_COLOR_PRIMARIES_UNKNOWN;
    GstBuffer *chart = make_chart (info);
    const JpegImage image = encode (info, chart, 672);
    gst_buffer_unref (chart);
    fail_unless (image.width == 672 && image.height == 378);
    double error = 0;
    for (int patch = 0; patch < kPatches; ++patch) {
      const int x = (2 * patch + 1) * image.width / (2 * kPatches);
      const guint8 *pixel =
          &image.rgb[(static_cast<std::size_t> (image.height / 2) * image.width + x) * 3];
      for (int c = 0; c < 3; ++c)
        error += std::abs (pixel[c] - static_cast<int> (kChart[patch] >> (16 - 8 * c) & 0xff));
    }
    error /= kPatches * 3;
    fail_unless (error < 1.5, "%s %s: mean error %.2f", GST_VIDEO_INFO_NAME (&info), colorimetry,
                 error);
  }
}
GST_END_TEST

GST_START_TEST (test_grey)
{
  const struct {
    GstVideoFormat format;
    const char *colorimetry;  // decoders of gst-libav give the second
    int black, white;
  } kGreys[] = {{GST_VIDEO_FORMAT_GRAY8, "bt601", 16, 235},
                {GST_VIDEO_FORMAT_GRAY8, "1:0:0:0", 0, 255},
                {GST_VIDEO_FORMAT_GRAY8, "2:0:0:0", 16, 235},
                {GST_VIDEO_FORMAT_GRAY16_LE, "1:0:0:0", 0, 255}};
  for (const auto &grey : kGreys) {
    GstVideoInfo info = make_info (grey.format, 64, 64);
    gst_video_colorimetry_from_string (&info.colorimetry, grey.colorimetry);
    for (const int level : {40, 149, 208}) {
      GstBuffer *frame = gst_buffer_new_allocate (nullptr, info.size, nullptr);
      gst_buffer_memset (frame, 0, static_cast<guint8> (level), info.size);
      const JpegImage image = encode (info, frame, 0);
      gst_buffer_unref (frame);
      const int expected = 255 * (level - grey.black) / (grey.white - grey.black);
      for (std::size_t i = 0; i < 3; ++i)
        fail_unless (std::abs (image.rgb[i] - expected) <= 2, "%s %s: %d became %d in channel %zu",
                     GST_VIDEO_INFO_NAME (&info), grey.colorimetry, level, image.rgb[i], i);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_sizes)
{
  const struct {
    int width, height;
    guint max_edge;
    int image_width, image_height;
  } kSizes[] = {{1920, 1080, 672, 672, 378},
                {1080, 1920, 336, 189, 336},
                {320, 240, 672, 320, 240},
                {1921, 1081, 0, 1921, 1081},
                {7, 5, 0, 7, 5},
                {1, 1, 672, 1, 1},
                {3000, 1, 100, 100, 1},
                {333, 777, 501, 215, 501}};
  for (const auto &size : kSizes) {
    GstVideoInfo info = make_info (kFormats[__i__], size.width, size.height);
    GstBuffer *chart = make_chart (info);
    const JpegImage image = encode (info, chart, size.max_edge);
    gst_buffer_unref (chart);
    fail_unless (image.width == size.image_width && image.height == size.image_height,
                 "%dx%d became %dx%d", size.width, size.height, image.width, image.height);
  }
}
GST_END_TEST

static Suite *picture_colors_suite ()
{
  Suite *suite = suite_create ("picture colors");
  TCase *tcase = tcase_create ("picture colors");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_colors, 0, G_N_ELEMENTS (kFormats));
  tcase_add_test (tcase, test_grey);
  tcase_add_loop_test (tcase, test_sizes, 0, G_N_ELEMENTS (kFormats));
  return suite;
}

GST_CHECK_MAIN (picture_colors)
