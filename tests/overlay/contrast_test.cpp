/* SPDX-License-Identifier: LGPL-2.1-or-later */

// The contrast of the number, as stats has it.
//
// test_against_ground: a contrast that is another than that of the colours in the frame: a wrong
//   matrix, range, depth or transfer, a colour that is not the one that the format shows.
// test_high_dynamic_range: values of PQ and HLG that are taken for those of an SDR display.
// test_mixed_ground: a ground that is read at one spot, or elsewhere than under the number.
// test_with_outline: a contrast that does not know of the outline.
// test_with_opacity: the same for what is translucent: the number, its outline, the shade.
// test_worst_of_auto: an outline that leaves a number hard to read on some ground.
// test_measured_again: a contrast that was looked at once and never again.
// test_unknown: a contrast that is made up.
// test_warning: no warning of a number that cannot be read, or one for each frame.
// test_no_warning: a warning of one that can.

#include <gst/video/video.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tests/support/handles.h"
#include "tests/support/loopcheck.h"
#include "tests/support/overlaystream.h"
#include "tests/support/wcag.h"

namespace {

constexpr int kWidth = 160, kHeight = 96;
const std::string kNumber =
    "start=111 every=100000 reference-height=0 halignment=center valignment=center ";
// On the stem of the last "1".
constexpr int kStemX = 108, kStemY = 48;

double contrast_of (GstElement *overlay)
{
  const Structure stats (property<GstStructure *> (overlay, "stats"));
  double value = -1;
  fail_unless (gst_structure_get_double (stats.get (), "contrast", &value), "no contrast in stats");
  return value;
}

GstVideoInfo rgb_info ()
{
  return video_info (GST_VIDEO_FORMAT_RGB, kWidth, kHeight, "sRGB");
}

std::string color (const char *name, guint32 argb)
{
  return std::string (name) + "=" + std::to_string (argb) + " ";
}

// The contrast of a number on a frame of one colour.
double contrast_on (guint32 ground, const std::string &properties,
                    const GstVideoInfo &info = rgb_info ())
{
  OverlayStream stream (kNumber + properties);
  stream.set_caps (info);
  const BufferPtr out (stream.push (solid_frame (info, ground)));
  fail_unless (out != nullptr);
  return contrast_of (stream.element ());
}

void assert_near (double contrast, double wanted, const std::string &what)
{
  fail_unless_in_loop (std::abs (contrast - wanted) <= 0.05 * wanted, "%s: %.2f, not %.2f",
                       what.c_str (), contrast, wanted);
}

struct Kind {
  GstVideoFormat format;
  const char *colorimetry;
};

constexpr Kind kKinds[] = {
    {GST_VIDEO_FORMAT_I420, "bt601"},        {GST_VIDEO_FORMAT_I420, "1:4:0:0"},
    {GST_VIDEO_FORMAT_NV12, "bt709"},        {GST_VIDEO_FORMAT_YUY2, "1:3:0:0"},
    {GST_VIDEO_FORMAT_Y444, "bt709"},        {GST_VIDEO_FORMAT_RGB, "sRGB"},
    {GST_VIDEO_FORMAT_BGRA, "sRGB"},         {GST_VIDEO_FORMAT_GBR_10LE, "sRGB"},
    {GST_VIDEO_FORMAT_GRAY8, "1:4:0:0"},     {GST_VIDEO_FORMAT_GRAY8, "bt601"},
    {GST_VIDEO_FORMAT_GRAY16_LE, "1:4:0:0"}, {GST_VIDEO_FORMAT_GRAY16_BE, "1:4:0:0"},
    {GST_VIDEO_FORMAT_P010_10LE, "bt709"},   {GST_VIDEO_FORMAT_I422_12LE, "bt709"},
    {GST_VIDEO_FORMAT_v210, "bt709"},        {GST_VIDEO_FORMAT_UYVP, "bt601"},
    {GST_VIDEO_FORMAT_RGB16, "sRGB"},        {GST_VIDEO_FORMAT_NV12_4L4, "bt601"},
    {GST_VIDEO_FORMAT_RGB8P, "sRGB"},
};

constexpr guint32 kGrounds[] = {0xff000000, 0xffffffff, 0xff808080, 0xff303030, 0xff2060a0,
                                0xff20a040, 0xffe0d020, 0xffc02020, 0xff8020c0};

// What a pixel shows.
guint32 pixel_of (GstBuffer *frame, const GstVideoInfo &info, int x, int y)
{
  const std::vector<guint8> rgba = to_rgba (frame, info);
  const guint8 *pixel = &rgba[(y * kWidth + x) * 4];
  return 0xff000000u | pixel[0] << 16 | pixel[1] << 8 | pixel[2];
}

// Whether a colour is kept but for a level or two. GStreamer, who is asked about the others, is
// less exact about these.
bool keeps_colors (const GstVideoFormatInfo *format)
{
  return !GST_VIDEO_FORMAT_INFO_IS_GRAY (format) && GST_VIDEO_FORMAT_INFO_DEPTH (format, 0) >= 8 &&
         !GST_VIDEO_FORMAT_INFO_HAS_PALETTE (format);
}

// Each channel of one colour over another.
guint32 over (guint32 argb, guint32 below)
{
  const double opacity = (argb >> 24) / 255.0;
  guint32 mixed = 0xff000000;
  for (const int shift : {16, 8, 0}) {
    const double value = (argb >> shift & 0xff) * opacity + (below >> shift & 0xff) * (1 - opacity);
    mixed |= static_cast<guint32> (std::lround (value)) << shift;
  }
  return mixed;
}

double ratio (guint32 one, guint32 other)
{
  return Wcag::ratio (Wcag::luminance (one), Wcag::luminance (other));
}

}  // namespace

GST_START_TEST (test_against_ground)
{
  const Kind kind = kKinds[__i__];
  const GstVideoInfo info = video_info (kind.format, kWidth, kHeight, kind.colorimetry);
  for (const guint32 fill : {0xffff0000, 0xffffffff, 0xff000000, 0xff3050ff, 0xff20c060}) {
    for (const guint32 ground : kGrounds) {
      const std::string what = std::string (gst_video_format_to_string (kind.format)) + " " +
                               kind.colorimetry + ", " + color ("color", fill) +
                               color ("ground", ground);
      OverlayStream stream (kNumber + color ("color", fill));
      stream.set_caps (info);
      const BufferPtr out (stream.push (solid_frame (info, ground)));
      const double wanted = keeps_colors (info.finfo)
                                ? ratio (fill, ground)
                                : ratio (pixel_of (out.get (), info, kStemX, kStemY),
                                         pixel_of (out.get (), info, 0, 0));
      assert_near (contrast_of (stream.element ()), wanted, what);
    }
  }
}
GST_END_TEST

// A grey frame of ten bits, of one luma, as P010 has it in the upper bits of its words.
static GstBuffer *grey_frame (const GstVideoInfo &info, guint16 luma)
{
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, GST_VIDEO_INFO_SIZE (&info), nullptr);
  GstVideoFrame frame;
  fail_unless (gst_video_frame_map (&frame, &info, buffer, GST_MAP_WRITE));
  for (guint plane = 0; plane < 2; ++plane) {
    const auto value = static_cast<guint16> ((plane == 0 ? luma : 512) << 6);
    auto *words = static_cast<guint16 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, plane));
    const int bytes =
        GST_VIDEO_FRAME_PLANE_STRIDE (&frame, plane) * (plane == 0 ? kHeight : kHeight / 2);
    std::fill_n (words, bytes / 2, value);
  }
  gst_video_frame_unmap (&frame);
  return buffer;
}

GST_START_TEST (test_high_dynamic_range)
{
  // Of BT.2100, narrow range: black, and graphics white, which is 58 % PQ and 75 % HLG (BT.2408).
  const struct {
    const char *colorimetry;
    guint16 luma;
    guint32 seen;
  } kCases[] = {{"bt2100-pq", 64, 0xff000000},
                {"bt2100-pq", 573, 0xffffffff},
                {"bt2100-hlg", 64, 0xff000000},
                {"bt2100-hlg", 721, 0xffffffff}};
  for (const auto &c : kCases) {
    const GstVideoInfo info =
        video_info (GST_VIDEO_FORMAT_P010_10LE, kWidth, kHeight, c.colorimetry);
    for (const guint32 fill : {0xffff0000, 0xffffffff, 0xff000000, 0xff2060a0}) {
      OverlayStream stream (kNumber + color ("color", fill));
      stream.set_caps (info);
      const BufferPtr out (stream.push (grey_frame (info, c.luma)));
      fail_unless (out != nullptr);
      assert_near (contrast_of (stream.element ()), ratio (fill, c.seen),
                   std::string (c.colorimetry) + color (" color", fill));
    }
  }
}
GST_END_TEST

GST_START_TEST (test_mixed_ground)
{
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_I420, 336, 192, "bt601");
  for (const bool left : {true, false}) {
    for (const bool top : {true, false}) {
      OverlayStream stream (std::string ("start=88 color=0xffffffff reference-height=0 ") +
                            "halignment=" + (left ? "left" : "right") +
                            " valignment=" + (top ? "top" : "bottom"));
      stream.set_caps (info);
      // Narrow stripes of dark green and dark blue under the number, white elsewhere.
      const BufferPtr out (stream.push (drawn_frame (info, [&] (int x, int y) {
        if ((x < 168) != left || (y < 96) != top)
          return 0xffffffff;
        return x / 4 % 2 ? 0xff004000 : 0xff000040;
      })));
      assert_near (contrast_of (stream.element ()),
                   std::sqrt (ratio (0xffffffff, 0xff004000) * ratio (0xffffffff, 0xff000040)),
                   "stripes");
    }
  }
}
GST_END_TEST

GST_START_TEST (test_with_outline)
{
  for (const guint32 ground : kGrounds) {
    const double red = ratio (0xffff0000, ground);
    assert_near (contrast_on (ground, "outline=2"), std::max (5.25, red), "red in black");
    assert_near (contrast_on (ground, "outline-width=2 outline-color=0xffffffff"),
                 std::max (4.0, red), "red in white");
    // An outline that is of the number's own colour only makes it bolder.
    assert_near (contrast_on (ground, "outline=2 outline-color=0xffff0000"), red, "red in red");
    assert_near (contrast_on (ground, "outline=none"), red, "red");
  }
}
GST_END_TEST

GST_START_TEST (test_with_opacity)
{
  const guint32 fill = 0x80ffff00, outline = 0x60000000;
  for (const guint32 ground : kGrounds) {
    assert_near (contrast_on (ground, color ("color", fill)), ratio (over (fill, ground), ground),
                 "translucent");
    const guint32 around = over (outline, ground);
    assert_near (
        contrast_on (ground,
                     "outline=2 " + color ("color", fill) + color ("outline-color", outline)),
        std::max (ratio (over (fill, around), around), ratio (over (fill, around), ground)),
        "translucent in translucent");
    assert_near (contrast_on (ground, "outline=2 outline-color=0x00000000"),
                 ratio (0xffff0000, ground), "in nothing");
    const guint32 shaded = over (0x80000000, ground);
    assert_near (contrast_on (ground, "shaded-background=true shading-value=128"),
                 ratio (0xffff0000, shaded), "shaded");
  }
}
GST_END_TEST

// White and black 21:1, red 4:1, and no colour under 3:1.
GST_START_TEST (test_worst_of_auto)
{
  for (const guint32 fill : {0xffffffff, 0xff000000, 0xffff0000, 0xff00ff00, 0xff0000ff, 0xffffff00,
                             0xff808080, 0xff5a5a5a, 0xff959595, 0xffff00ff}) {
    const double stated = fill == 0xffff0000                         ? 3.99
                          : fill == 0xffffffff || fill == 0xff000000 ? 20.9
                                                                     : 3;
    OverlayStream stream (kNumber + "outline=auto " + color ("color", fill));
    const GstVideoInfo info = rgb_info ();
    stream.set_caps (info);
    // All at hand, each after all that make another outline likely.
    for (int n = 0; n < 256; ++n) {
      const auto level = static_cast<guint32> (n * 97 % 256);
      GstBuffer *frame = solid_frame (info, 0xff000000 | level * 0x010101);
      GST_BUFFER_PTS (frame) = static_cast<GstClockTime> (n) * GST_SECOND;
      const BufferPtr out (stream.push (frame));
      fail_unless_in_loop (contrast_of (stream.element ()) >= stated, "%08x on %u: %.2f", fill,
                           level, contrast_of (stream.element ()));
    }
  }
}
GST_END_TEST

GST_START_TEST (test_measured_again)
{
  const GstVideoInfo info = rgb_info ();
  constexpr GstClockTime kDurations[] = {GST_SECOND / 30, 4 * GST_SECOND, GST_CLOCK_TIME_NONE};
  for (const GstClockTime duration : kDurations) {
    OverlayStream stream (kNumber);
    stream.set_caps (info);
    for (int n = 0; n < 140; ++n) {
      GstBuffer *frame = solid_frame (info, n == 0 ? 0xffffffff : 0xff000000);
      GST_BUFFER_PTS (frame) =
          GST_CLOCK_TIME_IS_VALID (duration) ? static_cast<guint64> (n) * duration : duration;
      const BufferPtr out (stream.push (frame));
      if (n == 0)
        assert_near (contrast_of (stream.element ()), 4.0, "on white");
      else if (duration == 4 * GST_SECOND)
        assert_near (contrast_of (stream.element ()), 5.25, "on black");
    }
    assert_near (contrast_of (stream.element ()), 5.25, "on black");
  }
}
GST_END_TEST

GST_START_TEST (test_unknown)
{
  // Neither before the first frame nor where no number is drawn.
  OverlayStream stream ("silent=true");
  fail_unless_equals_float (contrast_of (stream.element ()), 0);
  const GstVideoInfo info = rgb_info ();
  stream.set_caps (info);
  const BufferPtr out (stream.push (solid_frame (info, 0xffffffff)));
  fail_unless_equals_float (contrast_of (stream.element ()), 0);
  // Nor where it lies outside of the frame.
  fail_unless_equals_float (contrast_on (0xffffffff, "deltax=1000"), 0);
}
GST_END_TEST

namespace {

// The warnings of a run on some frames, each of which is looked at.
std::vector<std::string> warnings_of (const std::vector<GstBuffer *> &frames,
                                      const std::string &properties)
{
  const Bus bus (gst_bus_new ());
  OverlayStream stream (kNumber + properties);
  gst_element_set_bus (stream.harness ()->element, bus.get ());
  stream.set_caps (rgb_info ());
  GstClockTime pts = 0;
  for (GstBuffer *frame : frames) {
    GST_BUFFER_PTS (frame) = pts += 4 * GST_SECOND;
    const BufferPtr out (stream.push (frame));
  }
  gst_element_set_bus (stream.harness ()->element, nullptr);

  std::vector<std::string> warnings;
  while (const Message message{gst_bus_pop_filtered (bus.get (), GST_MESSAGE_WARNING)}) {
    GError *error = nullptr;
    gst_message_parse_warning (message.get (), &error, nullptr);
    const Error owner (error);
    warnings.emplace_back (error->message);
  }
  return warnings;
}

std::vector<std::string> warnings_on (const std::vector<guint32> &grounds,
                                      const std::string &properties)
{
  std::vector<GstBuffer *> frames;
  for (const guint32 ground : grounds)
    frames.push_back (solid_frame (rgb_info (), ground));
  return warnings_of (frames, properties);
}

bool says (const std::string &text, const char *part)
{
  return text.find (part) != std::string::npos;
}

// Reds to red: 1.0:1, 1.4:1, 1.53:1.
constexpr guint32 kLikeRed = 0xffff0000, kHardToTell = 0xffd20000, kJustLegible = 0xffc70000;

}  // namespace

GST_START_TEST (test_warning)
{
  const std::vector<std::string> warnings =
      warnings_on ({0xffffffff, kHardToTell, kLikeRed, 0xffffffff, kLikeRed}, "");
  fail_unless_equals_uint64 (warnings.size (), 1);
  fail_unless (says (warnings[0], "outline=auto") && says (warnings[0], "color") &&
                   says (warnings[0], "1.4"),
               "%s", warnings[0].c_str ());
  // Of no hue but lightness.
  fail_unless_equals_uint64 (warnings_on ({0xff7f7f7f}, "color=0xff888888").size (), 1);
  // Of which little is left.
  fail_unless_equals_uint64 (warnings_on ({0xff7f7f7f}, "color=0x20ff0000").size (), 1);
}
GST_END_TEST

GST_START_TEST (test_no_warning)
{
  fail_unless (warnings_on ({0xffffffff, kJustLegible, 0xff000000}, "").empty ());
  fail_unless (warnings_on ({kLikeRed, kHardToTell}, "outline=auto").empty ());
  fail_unless (warnings_on ({kLikeRed, kHardToTell}, "outline=auto color=0x08ff0000").empty ());
  fail_unless (warnings_on ({kLikeRed, kHardToTell}, "outline=2").empty ());
  // As light as red in the mean, and yet hardly a pixel is: snow, as test pictures have it.
  const auto snow = [] (int x, int y) { return (x * 7 + y * 5) % 4 < 2 ? 0xff202020 : 0xffd0d0d0; };
  fail_unless (warnings_of ({drawn_frame (rgb_info (), snow)}, "").empty ());
  // Of a solid colour that is as light as red, and of quite another hue: a road, a wall.
  for (const guint32 ground : {0xff7f7f7f, 0xff989898, 0xff6070a0, 0xff009000})
    fail_unless_in_loop (warnings_on ({ground}, "").empty (), "on %08x", ground);
  fail_unless (warnings_on ({kLikeRed, kHardToTell}, "silent=true").empty ());
  fail_unless (warnings_on ({kLikeRed, kHardToTell}, "color=0xffffffff").empty ());
}
GST_END_TEST

static Suite *contrast_suite ()
{
  Suite *suite = suite_create ("contrast");
  TCase *tcase = tcase_create ("contrast");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_against_ground, 0, G_N_ELEMENTS (kKinds));
  tcase_add_test (tcase, test_high_dynamic_range);
  tcase_add_test (tcase, test_mixed_ground);
  tcase_add_test (tcase, test_with_outline);
  tcase_add_test (tcase, test_with_opacity);
  tcase_add_test (tcase, test_worst_of_auto);
  tcase_add_test (tcase, test_measured_again);
  tcase_add_test (tcase, test_unknown);
  tcase_add_test (tcase, test_warning);
  tcase_add_test (tcase, test_no_warning);
  return suite;
}

GST_CHECK_MAIN (contrast)
