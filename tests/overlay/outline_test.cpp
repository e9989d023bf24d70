/* SPDX-License-Identifier: LGPL-2.1-or-later */

// outline=auto: black or white, by what is under the number.
//
// test_by_ground: an outline chosen by wrong values of the ground: another matrix, range, depth,
//   plane or place than the frame's.
// test_by_place: a ground that is read elsewhere than under the number.
// test_set_apart_from_fill: an outline in which the number itself cannot be read.
// test_stays: an outline that flickers on a ground between dark and light.
// test_one_change: the same where the ground changes slowly.
// test_cut: an outline that stays although the ground changed, or waits too long.
// test_cut_at_low_rate: the same where a second lies between two frames.
// test_change_of_look: an outline that jumps because something else changed.
// test_every_format: reading beside the frame where it is small, or the number outside of it.
// test_refused: an outline that changes although its value is none, in silence or with a warning
//   for each frame.
// test_read_back: an outline that is another than was set.
// test_same_pixels: an outline that is drawn otherwise than the same outline by other properties.

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/handles.h"
#include "tests/support/loopcheck.h"
#include "tests/support/overlaystream.h"
#include "tests/support/wcag.h"

namespace {

constexpr int kWidth = 160, kHeight = 96;
constexpr GstClockTime kFrame = GST_SECOND / 30;
// Frames after which the ground is looked at again, at 30 frames a second.
constexpr int kAgain = 8;

// A number in the middle of a frame, as large as on the paper's.
const std::string kNumber =
    "start=888 every=100000 reference-height=0 halignment=center valignment=center ";

enum class Drawn { kBlack, kWhite };

guint32 grey (int level)
{
  return 0xff000000u | static_cast<guint32> (level) * 0x010101u;
}

// Which outline a frame of one colour got: the one that the ground cannot be taken for.
Drawn drawn_on (const std::vector<guint8> &rgba, int ground)
{
  int black = 0, white = 0;
  for (std::size_t i = 0; i < rgba.size (); i += 4) {
    const auto [low, high] = std::minmax ({rgba[i], rgba[i + 1], rgba[i + 2]});
    black += high <= 40;
    white += low >= 215;
  }
  return (ground > 127 ? black > 100 : white <= 100) ? Drawn::kBlack : Drawn::kWhite;
}

// A stream of frames of one colour each.
class Frames
{
 public:
  explicit Frames (const std::string &properties, const GstVideoInfo &info = plain_info (),
                   GstClockTime duration = kFrame)
      : info_ (info), duration_ (duration), stream_ (kNumber + properties)
  {
    stream_.set_caps (info);
  }

  static GstVideoInfo plain_info ()
  {
    return video_info (GST_VIDEO_FORMAT_I420, kWidth, kHeight, "bt601");
  }

  Drawn push (int level)
  {
    GstBuffer *frame = solid_frame (info_, grey (level));
    GST_BUFFER_PTS (frame) = pts_;
    pts_ += duration_;
    const std::vector<guint8> before = to_rgba (frame, info_);
    ground_ = Wcag::luminance (before[0], before[1], before[2]);
    const BufferPtr out (stream_.push (frame));
    fail_unless (out != nullptr, "no frame came out");
    return drawn_on (to_rgba (out.get (), info_), before[1]);
  }

  GstElement *element () const { return stream_.element (); }
  /** The relative luminance of the last frame before the number was drawn. */
  double ground () const { return ground_; }

 private:
  double ground_ = 0;
  GstVideoInfo info_;
  GstClockTime duration_, pts_ = 0;
  OverlayStream stream_;
};

struct Kind {
  GstVideoFormat format;
  const char *colorimetry;
};

// Each way to draw, and each way to keep colours.
constexpr Kind kKinds[] = {
    {GST_VIDEO_FORMAT_I420, "bt601"},        {GST_VIDEO_FORMAT_I420, "1:4:0:0"},
    {GST_VIDEO_FORMAT_NV12, "bt709"},        {GST_VIDEO_FORMAT_YUY2, "bt709"},
    {GST_VIDEO_FORMAT_RGB, "sRGB"},          {GST_VIDEO_FORMAT_BGRx, "sRGB"},
    {GST_VIDEO_FORMAT_GBR, "sRGB"},          {GST_VIDEO_FORMAT_ARGB64, "sRGB"},
    {GST_VIDEO_FORMAT_GRAY8, "1:4:0:0"},     {GST_VIDEO_FORMAT_GRAY8, "bt601"},
    {GST_VIDEO_FORMAT_GRAY16_BE, "1:4:0:0"}, {GST_VIDEO_FORMAT_P010_10LE, "bt2020"},
    {GST_VIDEO_FORMAT_I420_10LE, "bt709"},   {GST_VIDEO_FORMAT_v210, "bt709"},
    {GST_VIDEO_FORMAT_UYVP, "bt601"},        {GST_VIDEO_FORMAT_RGB16, "sRGB"},
    {GST_VIDEO_FORMAT_NV12_64Z32, "bt601"},  {GST_VIDEO_FORMAT_RGB8P, "sRGB"},
};

// As far from black as from white: what is under the number decides. Grey, so that grey formats
// show it as it is.
constexpr const char *kMiddle = "color=0xff757575 outline=auto";

void assert_warned_once_of (GstBus *bus, const char *value)
{
  const Message message (gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING));
  fail_unless (message != nullptr, "no warning of \"%s\"", value);
  GError *error = nullptr;
  gst_message_parse_warning (message.get (), &error, nullptr);
  const Error owner (error);
  const std::string text = error->message;
  const std::string quoted = std::string ("outline=\"") + value + "\"";
  for (const std::string &part : {quoted, std::string ("auto"), std::string ("width")})
    fail_unless (text.find (part) != std::string::npos, "%s", error->message);
  const Message another (gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING));
  fail_unless (another == nullptr, "more than one warning of \"%s\"", value);
}

}  // namespace

GST_START_TEST (test_by_ground)
{
  const Kind kind = kKinds[__i__];
  const GstVideoInfo info = video_info (kind.format, kWidth, kHeight, kind.colorimetry);
  for (int level = 0; level <= 255; level += 15) {
    Frames frames (kMiddle, info);
    const Drawn drawn = frames.push (level);
    const double black = Wcag::ratio (frames.ground (), 0);
    const double white = Wcag::ratio (frames.ground (), 1);
    if (std::max (black, white) < 1.2 * std::min (black, white))
      continue;  // whichever it is, it is right
    fail_unless_in_loop (drawn == (black > white ? Drawn::kBlack : Drawn::kWhite),
                         "%s %s, ground %d: a %s outline", gst_video_format_to_string (kind.format),
                         kind.colorimetry, level, drawn == Drawn::kBlack ? "black" : "white");
  }
}
GST_END_TEST

GST_START_TEST (test_by_place)
{
  for (const Kind &kind : kKinds) {
    const GstVideoInfo info = video_info (kind.format, 336, 192, kind.colorimetry);
    for (const bool left : {true, false}) {
      for (const bool top : {true, false}) {
        OverlayStream stream (std::string ("start=88 reference-height=0 outline=auto halignment=") +
                              (left ? "left" : "right") +
                              " valignment=" + (top ? "top" : "bottom") + " color=0xff757575");
        stream.set_caps (info);
        // Dark where the number is, and light in the other three quarters.
        GstBuffer *frame = drawn_frame (info, [&] (int x, int y) {
          return grey ((x < 168) == left && (y < 96) == top ? 30 : 230);
        });
        const std::vector<guint8> before = to_rgba (frame, info);
        const BufferPtr out (stream.push (frame));
        const std::vector<guint8> after = to_rgba (out.get (), info);
        int lighter = 0;
        for (std::size_t i = 0; i < after.size (); i += 4)
          lighter += after[i + 1] > 215 && before[i + 1] < 100;
        fail_unless_in_loop (lighter > 50, "%s: no white outline %s %s",
                             gst_video_format_to_string (kind.format), top ? "top" : "bottom",
                             left ? "left" : "right");
      }
    }
  }
}
GST_END_TEST

// The colours of a number, and what its outline may be: 3:1 or more.
GST_START_TEST (test_set_apart_from_fill)
{
  constexpr guint32 kFills[] = {0xffffffff, 0xff000000, 0xffff0000, 0xff00ff00, 0xff0000ff,
                                0xffffff00, 0xff00ffff, 0xffff00ff, 0xff757575, 0xff404040,
                                0xffc0c0c0, 0xff804020, 0xff5a5a5a, 0xff959595};
  for (const guint32 fill : kFills) {
    const double luminance = Wcag::luminance (fill);
    for (int level = 0; level <= 255; level += 17) {
      Frames frames ("outline=auto color=" + std::to_string (fill),
                     video_info (GST_VIDEO_FORMAT_RGB, kWidth, kHeight, "sRGB"));
      const Drawn drawn = frames.push (level);
      // White and black numbers are their outline's opposite, and count as it themselves.
      if (fill == 0xffffffff || fill == 0xff000000)
        continue;
      const double contrast = Wcag::ratio (luminance, drawn == Drawn::kWhite);
      fail_unless_in_loop (contrast >= 3, "%08x in %s: %.2f", fill,
                           drawn == Drawn::kWhite ? "white" : "black", contrast);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_stays)
{
  // Where both outlines contrast alike is 117; the ground goes up and down around it.
  for (const int first : {60, 190}) {
    Frames frames ("outline=auto");
    const Drawn outline = frames.push (first);
    for (int n = 0; n < 200; ++n)
      fail_unless_in_loop (frames.push (n % 16 < 8 ? 105 : 130) == outline, "frame %d", n);
  }
}
GST_END_TEST

GST_START_TEST (test_one_change)
{
  Frames frames ("outline=auto");
  int changes = 0;
  Drawn outline = frames.push (0);
  fail_unless (outline == Drawn::kWhite);
  const auto see = [&] (int level) {
    const Drawn now = frames.push (level);
    changes += now != outline;
    outline = now;
  };
  for (int level = 0; level <= 255; ++level)
    see (level);
  fail_unless (outline == Drawn::kBlack && changes == 1, "%d changes", changes);
  for (int level = 255; level >= 0; --level)
    see (level);
  fail_unless (outline == Drawn::kWhite && changes == 2, "%d changes", changes);
}
GST_END_TEST

GST_START_TEST (test_cut)
{
  Frames frames ("outline=auto");
  Drawn outline = frames.push (20);
  fail_unless (outline == Drawn::kWhite);
  for (int level : {235, 20, 235}) {
    int waited = 0;
    for (; frames.push (level) == outline; ++waited)
      fail_unless (waited + 1 < kAgain, "no change after %d frames", waited + 1);
    outline = outline == Drawn::kWhite ? Drawn::kBlack : Drawn::kWhite;
    // At a place in the row of frames that is another each time.
    for (int n = 0; n < 11; ++n)
      fail_unless (frames.push (level) == outline);
  }
}
GST_END_TEST

GST_START_TEST (test_cut_at_low_rate)
{
  Frames frames ("outline=auto", Frames::plain_info (), GST_SECOND);
  for (int n = 0; n < 6; ++n) {
    const bool dark = n % 2;
    fail_unless (frames.push (dark ? 20 : 235) == (dark ? Drawn::kWhite : Drawn::kBlack),
                 "frame %d", n);
  }
}
GST_END_TEST

GST_START_TEST (test_change_of_look)
{
  Frames frames ("outline=auto");
  fail_unless (frames.push (190) == Drawn::kBlack);
  for (int n = 0; n < 20; ++n) {
    g_object_set (frames.element (), "font-size", 30.0 + n, nullptr);
    fail_unless_in_loop (frames.push (105) == Drawn::kBlack, "frame %d", n);
  }
  // Another fill, which wants the other outline: on the next frame.
  g_object_set (frames.element (), "color", 0xff000000u, nullptr);
  frames.push (105);
  g_object_set (frames.element (), "color", 0xffff0000u, nullptr);
  fail_unless (frames.push (105) == Drawn::kWhite);
}
GST_END_TEST

GST_START_TEST (test_every_format)
{
  guint n = 0;
  const GstVideoFormat *formats = gst_video_formats_raw (&n);
  constexpr const char *kPlaces[] = {"",
                                     "deltax=-30 deltay=-20",
                                     "deltax=20 deltay=20",
                                     "deltax=1000",
                                     "deltay=-1000",
                                     "font-size=200"};
  for (guint i = 0; i < n; ++i) {
    for (const int width : {1, 7, 34}) {
      const GstVideoInfo info = video_info (formats[i], width, width | 1);
      for (const char *place : kPlaces) {
        OverlayStream stream (std::string ("start=7 reference-height=0 outline=auto ") + place);
        stream.set_caps (info);
        const BufferPtr out (stream.push (noise_frame (info, i)));
        fail_unless_in_loop (out != nullptr, "%s %d %s", gst_video_format_to_string (formats[i]),
                             width, place);
      }
    }
  }
}
GST_END_TEST

GST_START_TEST (test_same_pixels)
{
  const GstVideoInfo info = Frames::plain_info ();
  const auto pixels = [&] (const std::string &properties) {
    OverlayStream stream (kNumber + properties);
    stream.set_caps (info);
    const BufferPtr out (stream.push (solid_frame (info, grey (200))));
    return bytes_of (out.get ());
  };
  const std::vector<guint8> plain = pixels ("");
  fail_unless (pixels ("outline=none") == plain);
  fail_unless (pixels ("outline=0") == plain);
  fail_unless (pixels ("outline=2") == pixels ("outline-width=2"));
  fail_unless (pixels ("outline=2.5") == pixels ("outline-width=2.5"));
  fail_unless (pixels ("outline=2") != pixels ("outline=2.5"));
  fail_unless (pixels ("outline-width=2.5 outline=none") == plain);
  // On a light ground auto is black; its own colour, it does not need to be told.
  fail_unless (pixels ("outline=auto") == pixels ("outline=2"));
  fail_unless (pixels ("outline=auto outline-color=0xff00ff00") == pixels ("outline=2"));
  fail_unless (pixels ("outline=auto outline-width=3") == pixels ("outline=3"));
  fail_unless (pixels ("outline-width=3 outline=auto") == pixels ("outline=3"));
  fail_unless (pixels ("outline=2 outline-color=0xff00ff00") != pixels ("outline=2"));
}
GST_END_TEST

GST_START_TEST (test_refused)
{
  const GstVideoInfo info = Frames::plain_info ();
  const auto frame = [&] { return solid_frame (info, grey (200)); };
  for (const char *bad : {"foo", "-1", "nan", "inf", "100.5", "1e9", "2px", "2,5", "+2", " 2",
                          "0x2", "", "Auto", "none "}) {
    for (const char *before : {"none", "auto", "1.5"}) {
      const Bus bus (gst_bus_new ());
      OverlayStream stream (kNumber + "color=0xff000000 outline=" + before);
      gst_element_set_bus (stream.harness ()->element, bus.get ());
      stream.set_caps (info);
      const std::vector<guint8> as_before = bytes_of (BufferPtr (stream.push (frame ())).get ());
      g_object_set (stream.element (), "outline", bad, nullptr);
      const Text now (property<gchar *> (stream.element (), "outline"));
      fail_unless_equals_string (now.get (), before);
      for (int n = 0; n < 3; ++n) {
        fail_unless (bytes_of (BufferPtr (stream.push (frame ())).get ()) == as_before,
                     "\"%s\" changed something", bad);
      }
      assert_warned_once_of (bus.get (), bad);
      gst_element_set_bus (stream.harness ()->element, nullptr);
    }
  }
}
GST_END_TEST

// Would catch a warning that is posted before the pipeline stands, where nobody hears it.
GST_START_TEST (test_refused_in_launch_line)
{
  const Element pipeline (gst_parse_launch (
      "videotestsrc num-buffers=2 pattern=white ! numproverlay outline=foo ! fakesink", nullptr));
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  const Bus bus (gst_element_get_bus (pipeline.get ()));
  const Message end (gst_bus_timed_pop_filtered (
      bus.get (), 20 * GST_SECOND,
      static_cast<GstMessageType> (int{GST_MESSAGE_WARNING} | int{GST_MESSAGE_EOS})));
  gst_element_set_state (pipeline.get (), GST_STATE_NULL);
  fail_unless (end && GST_MESSAGE_TYPE (end.get ()) == GST_MESSAGE_WARNING);
}
GST_END_TEST

GST_START_TEST (test_read_back)
{
  const Element overlay (gst_element_factory_make ("numproverlay", nullptr));
  const auto assert_is = [&] (const char *outline, double width) {
    const Text now (property<gchar *> (overlay.get (), "outline"));
    fail_unless_equals_string (now.get (), outline);
    fail_unless_equals_float (property<double> (overlay.get (), "outline-width"), width);
  };
  const auto set = [&] (const char *outline) {
    g_object_set (overlay.get (), "outline", outline, nullptr);
  };
  assert_is ("none", 0);
  set ("2");
  assert_is ("2", 2);
  set ("1.50");
  assert_is ("1.5", 1.5);
  set ("auto");
  assert_is ("auto", 1.5);
  g_object_set (overlay.get (), "outline-width", 3.0, nullptr);
  assert_is ("auto", 3);
  set ("none");
  assert_is ("none", 0);
  g_object_set (overlay.get (), "outline-width", 0.1, nullptr);
  assert_is ("0.1", 0.1);
  set ("100");
  assert_is ("100", 100);
  set ("0");
  assert_is ("none", 0);
  set ("auto");
  assert_is ("auto", 0);
  set (nullptr);
  assert_is ("none", 0);
}
GST_END_TEST

static Suite *outline_suite ()
{
  Suite *suite = suite_create ("outline");
  TCase *tcase = tcase_create ("outline");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_by_ground, 0, G_N_ELEMENTS (kKinds));
  tcase_add_test (tcase, test_by_place);
  tcase_add_test (tcase, test_set_apart_from_fill);
  tcase_add_test (tcase, test_stays);
  tcase_add_test (tcase, test_one_change);
  tcase_add_test (tcase, test_cut);
  tcase_add_test (tcase, test_cut_at_low_rate);
  tcase_add_test (tcase, test_change_of_look);
  tcase_add_test (tcase, test_every_format);
  tcase_add_test (tcase, test_same_pixels);
  tcase_add_test (tcase, test_refused);
  tcase_add_test (tcase, test_refused_in_launch_line);
  tcase_add_test (tcase, test_read_back);
  return suite;
}

GST_CHECK_MAIN (outline)
