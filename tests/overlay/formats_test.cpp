/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <cstring>

#include "tests/support/loopcheck.h"
#include "tests/support/overlaystream.h"

namespace {

constexpr int kWidth = 96, kHeight = 48;
// "111" at 40 pixels: three cells of 28 pixels, ink of 30 rows with a margin of 2 above and below.
constexpr Box kStampBox = {12, 14, 96, 48};
// The stem of the last "1", as far as it covers whole chroma samples in every subsampling.
constexpr Box kCore = {80, 24, 84, 40};

const char *const kColorimetries[] = {
    "bt601", "bt709",
    "1:4:0:0",  // BT.601 matrix, full range
    "1:3:0:0",  // BT.709 matrix, full range
};

std::vector<GstVideoFormat> all_formats ()
{
  std::vector<GstVideoFormat> formats;
  guint n = 0;
  const GstVideoFormat *list = gst_video_formats_raw (&n);
  formats.assign (list, list + n);
  return formats;
}

std::vector<std::string> colorimetries_of (GstVideoFormat format)
{
  const GstVideoFormatInfo *info = gst_video_format_get_info (format);
  if (GST_VIDEO_FORMAT_INFO_IS_YUV (info))
    return {std::begin (kColorimetries), std::end (kColorimetries)};
  if (GST_VIDEO_FORMAT_INFO_IS_GRAY (info))
    return {"bt601", "1:4:0:0"};
  // A palette holds colours, not samples: it has no range of its own.
  if (GST_VIDEO_FORMAT_INFO_HAS_PALETTE (info))
    return {"sRGB"};
  return {"sRGB", "2:1:7:1"};
}

// What red is at least, and green and blue at most.
struct RedRange {
  int red, others;
};

RedRange red_range (const GstVideoInfo &info)
{
  // GStreamer converts RGB to RGB without looking at the range: the frame's own values come back,
  // for limited range 235 and 16, give or take what five bits cannot tell.
  if (GST_VIDEO_INFO_IS_RGB (&info) && info.colorimetry.range == GST_VIDEO_COLOR_RANGE_16_235)
    return {230, 25};
  return {240, 25};
}

void assert_red (const std::vector<guint8> &rgba, RedRange range, const char *what)
{
  for (int y = kCore.top; y < kCore.bottom; ++y) {
    for (int x = kCore.left; x < kCore.right; ++x) {
      const guint8 *p = &rgba[(static_cast<std::size_t> (y) * kWidth + x) * 4];
      fail_unless_in_loop (p[0] >= range.red && p[1] <= range.others && p[2] <= range.others,
                           "%s: pixel %d,%d is %d,%d,%d", what, x, y, p[0], p[1], p[2]);
      // Limited range does not go up to full red.
      fail_unless_in_loop (range.red >= 240 || p[0] <= 240, "%s: pixel %d,%d is full red", what, x,
                           y);
    }
  }
}

void assert_equal_outside (const std::vector<guint8> &before, const std::vector<guint8> &after,
                           const char *what)
{
  const std::size_t pixel = before.size () / (kWidth * kHeight);
  for (std::size_t i = 0; i < before.size (); i += pixel) {
    const int x = static_cast<int> (i / pixel) % kWidth, y = static_cast<int> (i / pixel) / kWidth;
    fail_unless_in_loop (
        kStampBox.contains (x, y) || std::memcmp (&before[i], &after[i], pixel) == 0,
        "%s: pixel %d,%d changed outside the stamp", what, x, y);
  }
}

}  // namespace

// Would catch a format that textoverlay users can have and ours cannot.
GST_START_TEST (test_takes_what_textoverlay_takes)
{
  const auto sink_caps = [] (const char *factory, const char *pad) {
    GstElement *element = gst_element_factory_make (factory, nullptr);
    GstPad *sink = gst_element_get_static_pad (element, pad);
    GstCaps *caps = gst_pad_get_pad_template_caps (sink);
    gst_object_unref (sink);
    gst_object_unref (element);
    return caps;
  };
  GstCaps *theirs = sink_caps ("textoverlay", "video_sink");
  GstCaps *ours = sink_caps ("numproverlay", "sink");
  fail_unless (gst_caps_is_subset (theirs, ours));
  gst_caps_unref (theirs);
  gst_caps_unref (ours);
}
GST_END_TEST

// Would catch a wrong matrix or range, a component written to the wrong place or bits, and any
// write outside the stamp, in any format.
GST_START_TEST (test_red_and_nothing_else)
{
  const GstVideoFormat format = all_formats ()[static_cast<std::size_t> (__i__)];
  for (const std::string &colorimetry : colorimetries_of (format)) {
    const std::string what = std::string (gst_video_format_to_string (format)) + " " + colorimetry;
    const GstVideoInfo info = video_info (format, kWidth, kHeight, colorimetry);
    // Chosen, as grey formats get another colour otherwise.
    OverlayStream stream ("start=111 reference-height=0 color=0xffff0000");
    stream.set_caps (info);
    GstBuffer *frame = noise_frame (info, static_cast<guint32> (format));
    const std::vector<guint8> before = unpack (frame, info);

    BufferPtr stamped (stream.push (frame));
    fail_unless (stamped != nullptr, "%s was refused", what.c_str ());
    assert_equal_outside (before, unpack (stamped.get (), info), what.c_str ());
    const std::vector<guint8> rgba = to_rgba (stamped.get (), info);
    if (GST_VIDEO_FORMAT_INFO_IS_GRAY (info.finfo)) {
      // Luma of red by BT.601; GStreamer's 8-bit way from limited range rounds down.
      const guint8 luma = rgba[(static_cast<std::size_t> (kCore.top) * kWidth + kCore.left) * 4];
      fail_unless (std::abs (luma - 76) <= 2, "%s: luma %d", what.c_str (), luma);
    } else {
      assert_red (rgba, red_range (info), what.c_str ());
    }
  }
}
GST_END_TEST

static Suite *formats_suite ()
{
  Suite *suite = suite_create ("formats");
  TCase *tcase = tcase_create ("formats");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_takes_what_textoverlay_takes);
  tcase_add_loop_test (tcase, test_red_and_nothing_else, 0,
                       static_cast<int> (all_formats ().size ()));
  return suite;
}

GST_CHECK_MAIN (formats)
