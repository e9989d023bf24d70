/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Stamped streams of high dynamic range (PQ, HLG), as a model gets them.
//
// test_images: frames that become dull and grey, white that is not white; a red number that is not
//   red; pictures on sheets that are not mapped.
// test_turned: a picture that is turned and not mapped, or the other way round.
// test_peak: what caps say of the brightest light not heeded, or of an earlier stream's.

#include "tests/support/hdrreference.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tests/support/jpegimage.h"
#include "tests/support/loopcheck.h"
#include "tests/support/sinkharness.h"

namespace {

constexpr int kWidth = 640, kHeight = 360;
// Of the picture, and what JPEG adds to it.
constexpr double kTolerance = 8;
// cd/m2 of grey bars, from left to right: among them dim skin, mid grey, white and highlights.
constexpr double kBars[] = {0, 5, 26, 100, 203, 400, 1000, 4000};
constexpr int kBarWidth = kWidth / static_cast<int> (G_N_ELEMENTS (kBars));

double bar_at (int x)
{
  return kBars[x / kBarWidth];
}

// Bars above, and nothing but dim grey where the number is.
hdr::Codes codes_at (int x, int y, hdr::Kind kind)
{
  const double light = y < kHeight / 2 ? bar_at (x) : 5;
  return hdr::codes_of_bt2020 ({light, light, light}, kind);
}

std::string caps_of (hdr::Kind kind, const std::string &more = "")
{
  return "video/x-raw,format=P010_10LE,framerate=1/1,width=" + std::to_string (kWidth) +
         ",height=" + std::to_string (kHeight) + ",colorimetry=" + hdr::colorimetry_of (kind) +
         more;
}

GstBuffer *make_frame (hdr::Kind kind, GstClockTime pts)
{
  std::vector<guint16> samples;
  const auto add = [&] (int code) { samples.push_back (GUINT16_TO_LE (code << 6)); };
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x)
      add (codes_at (x, y, kind)[0]);
  }
  for (int y = 0; y < kHeight; y += 2) {
    for (int x = 0; x < kWidth; x += 2) {
      add (codes_at (x, y, kind)[1]);
      add (codes_at (x, y, kind)[2]);
    }
  }
  const gsize size = samples.size () * sizeof (guint16);
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, size, nullptr);
  gst_buffer_fill (buffer, 0, samples.data (), size);
  GST_BUFFER_PTS (buffer) = pts;
  return buffer;
}

hdr::Rgb color_at (const JpegImage &image, int x, int y)
{
  const guint8 *pixel = &image.rgb[(static_cast<std::size_t> (y) * image.width + x) * 3];
  return {static_cast<double> (pixel[0]), static_cast<double> (pixel[1]),
          static_cast<double> (pixel[2])};
}

JpegImage image_of (GstNumproBatch *batch)
{
  const GstNumproSample *sample =
      gst_numpro_ledger_get_sample (gst_numpro_batch_get_ledger (batch), 0);
  return decode_jpeg (gst_numpro_batch_get_image (batch, sample->image));
}

bool is_close (const hdr::Rgb &found, const hdr::Rgb &due)
{
  return std::equal (found.begin (), found.end (), due.begin (),
                     [] (double a, double b) { return std::abs (a - b) <= kTolerance; });
}

void check_bars (const JpegImage &image, hdr::Kind kind, double peak)
{
  for (int bar = 0; bar < static_cast<int> (G_N_ELEMENTS (kBars)); ++bar) {
    const int x = bar * kBarWidth + kBarWidth / 2;
    const hdr::Rgb due = hdr::srgb_of (codes_at (x, 0, kind), kind, peak);
    const hdr::Rgb found = color_at (image, x, kHeight / 4);
    fail_unless_in_loop (is_close (found, due),
                         "%s: %.0f cd/m2 are %.0f,%.0f,%.0f, not %.1f,%.1f,%.1f",
                         hdr::colorimetry_of (kind), kBars[bar], found[0], found[1], found[2],
                         due[0], due[1], due[2]);
  }
}

// How many pixels are as red as the number should be.
int count_red (const JpegImage &image, hdr::Kind kind)
{
  const hdr::Rgb due =
      hdr::srgb_of (hdr::codes_of_bt709 (hdr::light_of_srgb (0xff0000), kind), kind);
  int red = 0;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x)
      red += is_close (color_at (image, x, y), due);
  }
  return red;
}

Batch batch_of (SinkHarness &harness, hdr::Kind kind, GstClockTime pts = 0)
{
  harness.push (make_frame (kind, pts));
  return harness.pull ();
}

}  // namespace

GST_START_TEST (test_images)
{
  for (const hdr::Kind kind : {hdr::Kind::kPq, hdr::Kind::kHlg}) {
    for (const char *layout : {"", "layout=grid grid-rows=1 grid-columns=1"}) {
      SinkHarness harness ("start=88 font-size=80",
                           std::string ("batch-size=1 jpeg-quality=95 ") + layout);
      harness.open (caps_of (kind));
      const Batch batch = batch_of (harness, kind);
      const JpegImage image = image_of (batch.get ());
      fail_unless (image.width == kWidth && image.height == kHeight);
      check_bars (image, kind, 1000);
      // Of two digits whose strokes are wide enough to have a middle that JPEG does not blur.
      const int red = count_red (image, kind);
      fail_unless (red > 1000, "%s: %d pixels are red", hdr::colorimetry_of (kind), red);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_turned)
{
  SinkHarness harness ("silent=true", "batch-size=1 jpeg-quality=95");
  harness.open (caps_of (hdr::Kind::kPq));
  harness.push (
      gst_event_new_tag (gst_tag_list_new (GST_TAG_IMAGE_ORIENTATION, "rotate-180", nullptr)));
  const Batch batch = batch_of (harness, hdr::Kind::kPq);
  JpegImage image = image_of (batch.get ());
  std::vector<guint8> upright;
  for (std::size_t i = image.rgb.size (); i > 0; i -= 3)
    upright.insert (upright.end (), {image.rgb[i - 3], image.rgb[i - 2], image.rgb[i - 1]});
  image.rgb = upright;
  check_bars (image, hdr::Kind::kPq, 1000);
}
GST_END_TEST

GST_START_TEST (test_peak)
{
  const struct {
    const char *caps;
    double peak;
  } kStreams[] = {
      {"", 1000},
      {",content-light-level=(string)4000:400", 4000},
      {",content-light-level=(string)0:0", 1000},
      {",mastering-display-info=(string)34000:16000:13250:34500:7500:3000:15635:16450:40000000:50",
       4000},
      {",mastering-display-info=(string)34000:16000:13250:34500:7500:3000:15635:16450:10000000:50"
       ",content-light-level=(string)400:100",
       400},
      {",content-light-level=(string)100:50", 203},
  };
  for (const auto &stream : kStreams) {
    SinkHarness harness ("silent=true", "batch-size=1 jpeg-quality=95");
    harness.open (caps_of (hdr::Kind::kPq, stream.caps));
    const Batch batch = batch_of (harness, hdr::Kind::kPq);
    check_bars (image_of (batch.get ()), hdr::Kind::kPq, stream.peak);
  }
  // HLG is relative to its display.
  SinkHarness harness ("silent=true", "batch-size=1 jpeg-quality=95");
  harness.open (caps_of (hdr::Kind::kHlg, kStreams[1].caps));
  const Batch batch = batch_of (harness, hdr::Kind::kHlg);
  check_bars (image_of (batch.get ()), hdr::Kind::kHlg, 1000);
}
GST_END_TEST

static Suite *hdr_suite ()
{
  Suite *suite = suite_create ("hdr");
  TCase *tcase = tcase_create ("hdr");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_images);
  tcase_add_test (tcase, test_turned);
  tcase_add_test (tcase, test_peak);
  return suite;
}

GST_CHECK_MAIN (hdr)
