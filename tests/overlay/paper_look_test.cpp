/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "tests/support/loopcheck.h"
#include "tests/support/overlaystream.h"

namespace {

constexpr int kPaperSize = 336;
constexpr int kDigitWidth = 28;

std::string start_at (guint64 number)
{
  return "start=" + std::to_string (number);
}

void assert_near (int value, int expected, int tolerance, const std::string &what)
{
  fail_unless (std::abs (value - expected) <= tolerance, "%s is %d, not %d", what.c_str (), value,
               expected);
}

}  // namespace

// Would catch another font, size or place than the paper's. The boxes are the ink of Pillow 9.4's
// drawing after the paper's code: x = W - w, y = H - h - h/3, DejaVuSans-Bold 40 (coverage > 127).
GST_START_TEST (test_paper_boxes)
{
  const struct {
    guint64 number;
    Box ink;
  } kGolden[] = {
      {7, {311, 306, 333, 335}},    {0, {310, 304, 334, 334}},     {12, {285, 304, 332, 334}},
      {42, {282, 304, 332, 334}},   {129, {258, 304, 334, 334}},   {4321, {227, 304, 333, 334}},
      {8888, {227, 304, 333, 334}}, {12345, {202, 304, 333, 334}}, {99999, {199, 304, 333, 334}},
  };
  for (const auto &golden : kGolden) {
    const Box ink = draw_ink (kPaperSize, kPaperSize, start_at (golden.number)).box ();
    const std::string what = std::to_string (golden.number);
    assert_near (ink.left, golden.ink.left, 1, what + " left");
    assert_near (ink.top, golden.ink.top, 1, what + " top");
    assert_near (ink.right, golden.ink.right, 1, what + " right");
    assert_near (ink.bottom, golden.ink.bottom, 1, what + " bottom");
  }
}
GST_END_TEST

// Would catch digits that move when another digit changes or comes before them.
GST_START_TEST (test_digits_stay)
{
  for (guint64 digit = 0; digit < 10; ++digit) {
    const InkMap alone = draw_ink (kPaperSize, kPaperSize, start_at (digit));
    for (guint64 before : {1, 7, 19, 4444}) {
      const InkMap after = draw_ink (kPaperSize, kPaperSize, start_at (before * 10 + digit));
      for (int y = 0; y < kPaperSize; ++y) {
        for (int x = kPaperSize - kDigitWidth; x < kPaperSize; ++x)
          fail_unless_in_loop (alone.at (x, y) == after.at (x, y), "pixel %d,%d", x, y);
      }
    }
  }
}
GST_END_TEST

// Would catch a baseline that follows the digit: flat and round ones end on the same row.
GST_START_TEST (test_one_baseline)
{
  const int bottom = draw_ink (kPaperSize, kPaperSize, start_at (0)).box ().bottom;
  for (guint64 digit = 1; digit < 10; ++digit)
    fail_unless_equals_int (draw_ink (kPaperSize, kPaperSize, start_at (digit)).box ().bottom,
                            bottom);
}
GST_END_TEST

// Would catch lengths that do not follow the frame's shorter side.
GST_START_TEST (test_scales)
{
  const Box paper = draw_ink (kPaperSize, kPaperSize, start_at (888)).box ();
  const struct {
    int width, height;
  } kSizes[] = {{672, 672}, {1280, 720}, {720, 1280}, {1920, 1080}, {3840, 2160}, {168, 168}};
  for (const auto &size : kSizes) {
    const Box ink = draw_ink (size.width, size.height, start_at (888)).box ();
    const double scale = std::min (size.width, size.height) / 336.0;
    const std::string what = std::to_string (size.width);
    const auto scaled = [&] (int length) {
      return static_cast<int> (std::lround (length * scale));
    };
    // Hinting rounds each stem and each digit's width to pixels.
    const int tolerance = static_cast<int> (std::ceil (1.5 * scale));
    assert_near (ink.right - ink.left, scaled (paper.right - paper.left), 2 * tolerance,
                 what + " width");
    assert_near (ink.bottom - ink.top, scaled (paper.bottom - paper.top), tolerance,
                 what + " height");
    assert_near (size.width - ink.right, scaled (336 - paper.right), tolerance, what + " right");
    assert_near (size.height - ink.bottom, scaled (336 - paper.bottom), tolerance,
                 what + " bottom");
  }
  const Box fixed = draw_ink (1280, 720, start_at (888) + " reference-height=0").box ();
  fail_unless_equals_int (fixed.right - fixed.left, paper.right - paper.left);
}
GST_END_TEST

// Would catch ink cut off at an edge: wherever a stamp stands, all of its ink is there.
GST_START_TEST (test_never_clipped)
{
  for (const char *look :
       {"font-size=40", "font-size=80", "font-size=20", "outline-width=3", "outline-width=6",
        "font-desc=\"DejaVu Sans Bold Oblique\"", "font-desc=\"DejaVu Serif\"", "stamp=clock",
        "stamp=seconds", "shaded-background=true"}) {
    const std::string properties = start_at (47) + " " + look;
    const guint64 whole =
        draw_ink (640, 480, properties + " halignment=center valignment=center").total ();
    fail_unless (whole > 0);
    for (const char *h : {"left", "center", "right"}) {
      for (const char *v : {"top", "center", "bottom"}) {
        const std::string place = std::string (" halignment=") + h + " valignment=" + v;
        fail_unless (draw_ink (640, 480, properties + place).total () == whole, "%s%s", look,
                     place.c_str ());
      }
    }
  }
}
GST_END_TEST

// Would catch an outline drawn over the digits, or not at all.
GST_START_TEST (test_outline)
{
  const InkMap plain = draw_ink (kPaperSize, kPaperSize, start_at (8));
  const InkMap outlined =
      draw_ink (kPaperSize, kPaperSize,
                start_at (8) + " outline-width=3 outline-color=0xff808080 deltax=3 deltay=3");
  int grey = 0;
  for (guint8 pixel : outlined.pixels)
    grey += std::abs (pixel - 128) < 3;
  fail_unless (grey > 200, "%d grey pixels", grey);
  const auto solid = [] (const InkMap &ink) {
    return std::count (ink.pixels.begin (), ink.pixels.end (), 255);
  };
  fail_unless_equals_int (solid (plain), solid (outlined));
}
GST_END_TEST

// Would catch shading of the wrong strength or place: darker around the ink, untouched elsewhere.
GST_START_TEST (test_shaded_background)
{
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_GRAY8, 64, 64, "1:4:0:0");
  OverlayStream stream (
      "reference-height=0 shaded-background=true shading-value=51 color=0xff000000 start=1");
  stream.set_caps (info);
  GstBuffer *frame = gst_buffer_new_allocate (nullptr, info.size, nullptr);
  gst_buffer_memset (frame, 0, 200, info.size);
  BufferPtr stamped (stream.push (frame));
  const std::vector<guint8> bytes = bytes_of (stamped.get ());
  const auto at = [&] (int x, int y) { return bytes[static_cast<std::size_t> (y) * 64 + x]; };
  fail_unless_equals_int (at (63, 63), 160);
  fail_unless_equals_int (at (36, 30), 160);
  fail_unless_equals_int (at (35, 30), 200);
  fail_unless_equals_int (at (36, 29), 200);
  fail_unless_equals_int (at (52, 50), 0);
}
GST_END_TEST

// Would catch a translucent colour drawn opaque: half white on black is half white.
GST_START_TEST (test_translucent)
{
  const InkMap ink = draw_ink (kPaperSize, kPaperSize, start_at (1) + " color=0x80ffffff");
  fail_unless_equals_int (*std::max_element (ink.pixels.begin (), ink.pixels.end ()), 128);
}
GST_END_TEST

static Suite *picture_suite ()
{
  Suite *suite = suite_create ("picture");
  TCase *tcase = tcase_create ("picture");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_paper_boxes);
  tcase_add_test (tcase, test_digits_stay);
  tcase_add_test (tcase, test_one_baseline);
  tcase_add_test (tcase, test_scales);
  tcase_add_test (tcase, test_never_clipped);
  tcase_add_test (tcase, test_outline);
  tcase_add_test (tcase, test_shaded_background);
  tcase_add_test (tcase, test_translucent);
  return suite;
}

GST_CHECK_MAIN (picture)
