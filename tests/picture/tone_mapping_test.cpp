/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Pictures of high dynamic range (PQ, HLG) made ready for JPEG files.
//
// test_chart: a transfer function, a matrix or primaries taken for others, samples that lose bits
// on
//   their way, tables that are too coarse. Of the same samples in floating point no patch may be
//   further away than 6 levels of 255.
// test_rgb: frames without a matrix that lose what they are. They are rounded once more than
// others,
//   to samples of a matrix, which shows where bright colours have next to nothing of red.
// test_kinds: what one stream leaves behind found in the next.
// test_primaries: grey that has a colour, or is none, in any primaries that GStreamer knows.
// test_peaks: what a stream says of its peak not heeded; the tables of one stream used for another.
// test_noise: samples that no table has room for.
// test_edges: luma that follows its neighbours' colour instead of its own.
// test_standard_range: pictures that have no high dynamic range changed.

#include "tests/support/hdrreference.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "lib/picture/tonemapper.h"
#include "tests/support/loopcheck.h"
#include "tests/support/scaledpicture.h"

using namespace numpro;

namespace {

constexpr double kTolerance = 6;
constexpr int kPatch = 16, kColumns = 16;

constexpr GstVideoFormat kFormats[] = {GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_I420_10LE,
                                       GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_NV12};
constexpr double kLight[] = {0,   0.1, 0.5, 1,   2,   5,   10,   20,   26,   50,
                             100, 150, 203, 300, 500, 800, 1000, 1500, 2000, 4000};
constexpr hdr::Rgb kHues[] = {{1, 1, 1},       {1, 0, 0},       {0, 1, 0},     {0, 0, 1},
                              {1, 1, 0},       {0, 1, 1},       {1, 0, 1},     {1, 0.5, 0.2},
                              {0.3, 0.6, 0.9}, {0.8, 0.5, 0.4}, {1, 0.8, 0.8}, {0.2, 0.4, 0.2}};

std::vector<hdr::Codes> make_chart (hdr::Kind kind)
{
  std::vector<hdr::Codes> chart;
  for (const hdr::Rgb &hue : kHues) {
    for (const double light : kLight) {
      const hdr::Rgb patch = {light * hue[0], light * hue[1], light * hue[2]};
      chart.push_back (hdr::codes_of_bt709 (patch, kind));
      chart.push_back (hdr::codes_of_bt2020 (patch, kind));
    }
  }
  return chart;
}

GstVideoInfo make_info (GstVideoFormat format, hdr::Kind kind, int width, int height)
{
  GstVideoInfo info;
  gst_video_info_set_format (&info, format, static_cast<guint> (width),
                             static_cast<guint> (height));
  gst_video_colorimetry_from_string (&info.colorimetry, hdr::colorimetry_of (kind));
  return info;
}

GstVideoInfo chart_info (GstVideoFormat format, hdr::Kind kind, std::size_t patches)
{
  const int rows = (static_cast<int> (patches) + kColumns - 1) / kColumns;
  return make_info (format, kind, kColumns * kPatch, rows * kPatch);
}

// What a format has room for.
hdr::Codes rounded (const hdr::Codes &codes, const GstVideoInfo &info)
{
  hdr::Codes result = codes;
  if (GST_VIDEO_INFO_COMP_DEPTH (&info, 0) == 8) {
    for (int &code : result)
      code = (code + 2) / 4 * 4;
  }
  return result;
}

// A frame of one component after the other, by the codes of its pixels in 10 bits.
template <typename CodesAt>
GstBuffer *make_frame (GstVideoInfo info, CodesAt codes_at)
{
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, info.size, nullptr);
  GstVideoFrame frame;
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_WRITE);
  for (guint c = 0; c < 3; ++c) {
    const int scale = c > 0 ? 2 : 1;
    const int depth = GST_VIDEO_INFO_COMP_DEPTH (&info, c);
    // Of V in pairs GStreamer 1.22 has a wrong offset where samples are of two bytes.
    const guint p = GST_VIDEO_FORMAT_INFO_PLANE (info.finfo, c);
    const int offset = c == 2 && p == 1 ? (depth + 7) / 8 : 0;
    for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (&frame, c); ++y) {
      auto *row = static_cast<guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, p)) + offset +
                  y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, p);
      for (int x = 0; x < GST_VIDEO_FRAME_COMP_WIDTH (&frame, c); ++x) {
        const int code = codes_at (scale * x, scale * y)[c];
        guint8 *sample = row + x * GST_VIDEO_FRAME_COMP_PSTRIDE (&frame, c);
        if (depth == 8)
          *sample = static_cast<guint8> (code / 4);
        else
          GST_WRITE_UINT16_LE (sample, code << GST_VIDEO_FORMAT_INFO_SHIFT (info.finfo, c));
      }
    }
  }
  gst_video_frame_unmap (&frame);
  return buffer;
}

hdr::Rgb pixel (const Picture &picture, int x, int y)
{
  const int chroma = y / 2 * picture.chroma_stride () + x / 2;
  const double luma = picture.y ()[y * picture.luma_stride () + x], cb = picture.u ()[chroma] - 128,
               cr = picture.v ()[chroma] - 128;
  hdr::Rgb rgb = {luma + 1.402 * cr, luma - 0.344136 * cb - 0.714136 * cr, luma + 1.772 * cb};
  for (double &value : rgb)
    value = std::clamp (value, 0.0, 255.0);
  return rgb;
}

struct Error {
  double most = 0, mean = 0;
  std::string worst;
};

Error chart_error (const Picture &picture, const std::vector<hdr::Codes> &chart,
                   const GstVideoInfo &info, hdr::Kind kind, double peak)
{
  Error error;
  const int patch = picture.width / kColumns;
  for (std::size_t i = 0; i < chart.size (); ++i) {
    const int x = static_cast<int> (i) % kColumns * patch + patch / 2,
              y = static_cast<int> (i) / kColumns * patch + patch / 2;
    const hdr::Codes codes = rounded (chart[i], info);
    const hdr::Rgb found = pixel (picture, x, y), due = hdr::srgb_of (codes, kind, peak);
    for (std::size_t c = 0; c < 3; ++c) {
      const double apart = std::abs (found[c] - due[c]);
      error.mean += apart / static_cast<double> (3 * chart.size ());
      if (apart <= error.most)
        continue;
      error.most = apart;
      const auto text = [] (const hdr::Rgb &rgb) {
        return std::to_string (rgb[0]) + "," + std::to_string (rgb[1]) + "," +
               std::to_string (rgb[2]);
      };
      error.worst = std::to_string (codes[0]) + "," + std::to_string (codes[1]) + "," +
                    std::to_string (codes[2]) + " is " + text (found) + ", not " + text (due);
    }
  }
  return error;
}

void check_chart (ToneMapper &mapper, GstVideoFormat format, hdr::Kind kind, int scale, double peak)
{
  const std::vector<hdr::Codes> chart = make_chart (kind);
  const GstVideoInfo info = chart_info (format, kind, chart.size ());
  GstBuffer *frame = make_frame (info, [&] (int x, int y) {
    const auto patch = static_cast<std::size_t> (y / kPatch * kColumns + x / kPatch);
    return rounded (chart[std::min (patch, chart.size () - 1)], info);
  });
  Picture picture =
      scaled_picture (info, frame, static_cast<guint> (GST_VIDEO_INFO_HEIGHT (&info) / scale));
  gst_buffer_unref (frame);
  picture.peak = peak;
  mapper.map (picture);
  const Error error = chart_error (picture, chart, info, kind, peak > 0 ? peak : 1000);
  g_print ("%s %s to 1/%d, peak %.0f: %.2f at most, %.2f in the mean\n",
           GST_VIDEO_INFO_NAME (&info), hdr::colorimetry_of (kind), scale, peak, error.most,
           error.mean);
  fail_unless_in_loop (error.most <= kTolerance, "%s", error.worst.c_str ());
  fail_unless_in_loop (error.mean <= 1, "%.2f in the mean", error.mean);
}

}  // namespace

GST_START_TEST (test_chart)
{
  ToneMapper mapper;
  for (const hdr::Kind kind : {hdr::Kind::kPq, hdr::Kind::kHlg}) {
    for (const int scale : {1, 2})
      check_chart (mapper, kFormats[__i__], kind, scale, 0);
  }
}
GST_END_TEST

GST_START_TEST (test_rgb)
{
  const std::vector<hdr::Codes> chart = make_chart (hdr::Kind::kPq);
  GstVideoInfo info = chart_info (GST_VIDEO_FORMAT_ARGB64, hdr::Kind::kPq, chart.size ());
  info.colorimetry.matrix = GST_VIDEO_COLOR_MATRIX_RGB;
  info.colorimetry.range = GST_VIDEO_COLOR_RANGE_0_255;
  const int width = GST_VIDEO_INFO_WIDTH (&info);
  std::vector<guint16> pixels;
  for (int i = 0; i < width * GST_VIDEO_INFO_HEIGHT (&info); ++i) {
    const auto patch =
        static_cast<std::size_t> (i / width / kPatch * kColumns + i % width / kPatch);
    const hdr::Rgb rgb = hdr::signal_of (chart[std::min (patch, chart.size () - 1)]);
    pixels.push_back (0xffff);
    for (const double value : rgb)
      pixels.push_back (static_cast<guint16> (std::lround (65535 * std::clamp (value, 0.0, 1.0))));
  }
  GstBuffer *frame = gst_buffer_new_allocate (nullptr, info.size, nullptr);
  gst_buffer_fill (frame, 0, pixels.data (), pixels.size () * sizeof (guint16));
  Picture picture = scaled_picture (info, frame, 0);
  gst_buffer_unref (frame);
  ToneMapper ().map (picture);
  const Error error = chart_error (picture, chart, info, hdr::Kind::kPq, 1000);
  g_print ("RGB: %.2f at most, %.2f in the mean\n", error.most, error.mean);
  fail_unless (error.mean <= 1, "%.2f in the mean", error.mean);
  fail_unless (error.most <= 16, "%s", error.worst.c_str ());
}
GST_END_TEST

GST_START_TEST (test_kinds)
{
  ToneMapper mapper;
  for (const hdr::Kind kind :
       {hdr::Kind::kHlg, hdr::Kind::kPq, hdr::Kind::kHlg, hdr::Kind::kPq, hdr::Kind::kPq}) {
    check_chart (mapper, GST_VIDEO_FORMAT_P010_10LE, kind, 1, 0);
    check_chart (mapper, GST_VIDEO_FORMAT_I420, kind, 1, 0);
  }
}
GST_END_TEST

GST_START_TEST (test_primaries)
{
  for (const hdr::Kind kind : {hdr::Kind::kPq, hdr::Kind::kHlg}) {
    const hdr::Codes grey = hdr::codes_of_bt709 ({100, 100, 100}, kind);
    // And one that it does not know.
    for (int i = 0; i <= GST_VIDEO_COLOR_PRIMARIES_EBU3213 + 1; ++i) {
      GstVideoInfo info = make_info (GST_VIDEO_FORMAT_I420_10LE, kind, 32, 32);
      info.colorimetry.primaries = static_cast<GstVideoColorPrimaries> (i);
      GstBuffer *frame = make_frame (info, [&] (int, int) { return grey; });
      Picture picture = scaled_picture (info, frame, 0);
      gst_buffer_unref (frame);
      ToneMapper ().map (picture);
      const hdr::Rgb found = pixel (picture, 7, 7), due = hdr::srgb_of (grey, kind);
      for (std::size_t c = 0; c < 3; ++c)
        fail_unless_in_loop (std::abs (found[c] - due[c]) <= 2, "primaries %d: %.0f, not %.0f", i,
                             found[c], due[c]);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_peaks)
{
  ToneMapper mapper;
  for (const double peak : {0.0, 4000.0, 10000.0, 400.0, 203.0, 0.0})
    check_chart (mapper, GST_VIDEO_FORMAT_P010_10LE, hdr::Kind::kPq, 1, peak);
}
GST_END_TEST

GST_START_TEST (test_noise)
{
  // Also what stands for less than black and for more than all light; much of it is brighter than
  // any stream, where a step is more than in the chart.
  for (const hdr::Kind kind : {hdr::Kind::kPq, hdr::Kind::kHlg}) {
    for (const GstVideoFormat format : {GST_VIDEO_FORMAT_I420_10LE, GST_VIDEO_FORMAT_I420}) {
      std::vector<hdr::Codes> noise (kColumns * kColumns * 8);
      guint32 seed = 1;
      for (hdr::Codes &codes : noise) {
        for (int &code : codes)
          code = static_cast<int> ((seed = seed * 1664525 + 1013904223) >> 22);
      }
      noise.front () = {0, 0, 0};
      noise.back () = {1023, 1023, 1023};
      const GstVideoInfo info = chart_info (format, kind, noise.size ());
      GstBuffer *frame = make_frame (info, [&] (int x, int y) {
        return noise[static_cast<std::size_t> (y / kPatch * kColumns + x / kPatch)];
      });
      Picture picture = scaled_picture (info, frame, 0);
      gst_buffer_unref (frame);
      ToneMapper ().map (picture);
      for (hdr::Codes &codes : noise) {
        for (int &code : codes)
          code = format == GST_VIDEO_FORMAT_I420 ? code / 4 * 4 : code;
      }
      const Error error = chart_error (picture, noise, info, kind, 1000);
      g_print ("%s noise: %.2f at most, %.2f in the mean\n", hdr::colorimetry_of (kind), error.most,
               error.mean);
      fail_unless_in_loop (error.mean <= 1, "%.2f in the mean", error.mean);
      fail_unless_in_loop (error.most <= 2 * kTolerance, "%s", error.worst.c_str ());
    }
  }
}
GST_END_TEST

GST_START_TEST (test_edges)
{
  // A dim and a bright pixel in turn, which share chroma: nothing is further from what neighbours
  // are. Luma is twice as far away as in patches then.
  for (const hdr::Kind kind : {hdr::Kind::kPq, hdr::Kind::kHlg}) {
    const hdr::Codes dim = hdr::codes_of_bt709 ({20, 14, 12}, kind);
    hdr::Codes bright = hdr::codes_of_bt709 ({200, 140, 120}, kind);
    bright[1] = dim[1];
    bright[2] = dim[2];
    const auto at = [&] (int x, int y) { return x % 2 == y % 3 % 2 ? bright : dim; };
    const GstVideoInfo info = make_info (GST_VIDEO_FORMAT_I420_10LE, kind, 37, 23);
    GstBuffer *frame = make_frame (info, at);
    Picture picture = scaled_picture (info, frame, 0);
    gst_buffer_unref (frame);
    ToneMapper ().map (picture);
    fail_unless (!picture.is_deep);
    for (int y = 0; y < picture.height; ++y) {
      for (int x = 0; x < picture.width; ++x) {
        const hdr::Rgb due = hdr::srgb_of (at (x, y), kind);
        const double luma = 0.299 * due[0] + 0.587 * due[1] + 0.114 * due[2];
        const int found = picture.y ()[y * picture.luma_stride () + x];
        fail_unless_in_loop (std::abs (found - luma) <= 2 * kTolerance, "%d,%d: %d, not %.1f", x, y,
                             found, luma);
      }
    }
  }
}
GST_END_TEST

GST_START_TEST (test_standard_range)
{
  for (const char *colorimetry : {"bt601", "bt709", "bt2020", "bt2020-10"}) {
    GstVideoInfo info = make_info (GST_VIDEO_FORMAT_P010_10LE, hdr::Kind::kPq, 64, 32);
    gst_video_colorimetry_from_string (&info.colorimetry, colorimetry);
    GstBuffer *frame = make_frame (info, [] (int x, int y) {
      return hdr::Codes{64 + 13 * x, 512 + 4 * x, 512 - 8 * y};
    });
    Picture picture = scaled_picture (info, frame, 0);
    gst_buffer_unref (frame);
    const Picture before = picture;
    ToneMapper ().map (picture);
    fail_unless (!picture.is_deep && picture.samples == before.samples);
    fail_unless (gst_video_colorimetry_is_equal (&picture.colorimetry, &before.colorimetry));
  }
}
GST_END_TEST

static Suite *tone_mapping_suite ()
{
  Suite *suite = suite_create ("tone mapping");
  TCase *tcase = tcase_create ("tone mapping");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_chart, 0, G_N_ELEMENTS (kFormats));
  tcase_add_test (tcase, test_rgb);
  tcase_add_test (tcase, test_kinds);
  tcase_add_test (tcase, test_primaries);
  tcase_add_test (tcase, test_peaks);
  tcase_add_test (tcase, test_noise);
  tcase_add_test (tcase, test_edges);
  tcase_add_test (tcase, test_standard_range);
  return suite;
}

GST_CHECK_MAIN (tone_mapping)
