/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What bad input gets: a sentence that says what to do, and never a crash or a critical.
//
// test_unknown_font: drawing with another font in silence: the numbers are not what the model was
//   tried with.
// test_unknown_font_warns_once: the same warning for every new size, colour or format.
// test_known_font: a warning about a font that is there, or about a generic family.
// test_small_buffer: writing past the end of a buffer that its caps say is larger.
// test_small_shared_buffer: the same in the copy that a shared buffer needs.
// test_small_video_meta: the same where a GstVideoMeta promises as much as the caps do: mapping
//   such a frame does not look at the size of its memory.
// test_recovers: an overlay that is of no use after an error.
// test_caps_refused: taking caps that nobody can draw on, or criticals in refusing them.
// test_no_caps: a crash on frames of unknown format.
// test_value_out_of_range: taking a value that later divides by zero or overflows.
// test_unknown_value: an enumeration that takes any word.

#include <gst/numpro/numpro.h>
#include <gst/video/video.h>

#include <cstring>
#include <string>

#include "tests/support/handles.h"
#include "tests/support/overlayonbus.h"
#include "tests/support/pipeline.h"
#include "tests/support/pixels.h"

namespace {

constexpr const char *kNoSuchFont = "Nosuchfont Of Ours Bold";

// GObject's way of refusing a value: words in the log, a warning or, of newer ones, a critical.
template <typename Action>
void assert_refused (const char *setting, Action action)
{
  _gst_check_raised_warning = _gst_check_raised_critical = FALSE;
  _gst_check_expecting_log = TRUE;
  action ();
  _gst_check_expecting_log = FALSE;
  fail_unless (_gst_check_raised_warning || _gst_check_raised_critical, "nothing said of %s",
               setting);
}

std::string with_font (const std::string &font)
{
  // White, which can be read on the frames: there is nothing else to warn of.
  return "numproverlay color=0xffffffff font-desc=\"" + font + "\"";
}

}  // namespace

GST_START_TEST (test_unknown_font)
{
  OverlayOnBus overlay (with_font (kNoSuchFont));
  fail_unless_equals_int (overlay.push (timed_frame ()), GST_FLOW_OK);
  const std::string text = text_of (overlay.posted (GST_MESSAGE_WARNING));
  assert_says (text, "Nosuchfont Of Ours");
  assert_says (text, "font-desc");
  // Whatever stands in for it has a name, and it is another.
  const std::size_t instead = text.find ("drawing with \"");
  fail_unless (instead != std::string::npos, "%s", text.c_str ());
  const std::size_t name = instead + std::strlen ("drawing with \"");
  fail_if (text[name] == '"' || text.compare (name, 4, "Nosu") == 0, "%s", text.c_str ());

  // It is a number all the same.
  fail_if (bytes_of (overlay.out ()) == bytes_of (timed_frame ().get ()), "nothing drawn");
}
GST_END_TEST;

GST_START_TEST (test_unknown_font_warns_once)
{
  OverlayOnBus overlay (with_font (kNoSuchFont));
  const auto push = [&] (const char *caps = kCaps) {
    fail_unless_equals_int (overlay.push (timed_frame (caps)), GST_FLOW_OK);
  };
  push ();
  push ();
  g_object_set (overlay.element (), "font-size", 20.0, nullptr);
  push ();
  g_object_set (overlay.element (), "color", 0xff00ff00u, nullptr);
  push ();
  gst_util_set_object_arg (G_OBJECT (overlay.element ()), "stamp", "clock");
  push ();
  const char *other = "video/x-raw,format=RGB,width=640,height=480,framerate=25/1";
  gst_harness_set_src_caps_str (overlay.harness (), other);
  push (other);
  fail_unless_equals_int (overlay.count (GST_MESSAGE_WARNING), 1);

  // Another font that is missing is other news.
  g_object_set (overlay.element (), "font-desc", "Nosuchfont Either", nullptr);
  push (other);
  push (other);
  assert_says (text_of (overlay.posted (GST_MESSAGE_WARNING)), "Nosuchfont Either");
  fail_unless_equals_int (overlay.count (GST_MESSAGE_WARNING), 0);

  // The first one again is old news.
  g_object_set (overlay.element (), "font-desc", kNoSuchFont, nullptr);
  push (other);
  fail_unless_equals_int (overlay.count (GST_MESSAGE_WARNING), 0);
}
GST_END_TEST;

GST_START_TEST (test_known_font)
{
  for (const char *font : {"DejaVu Sans Bold", "dejavu sans", "Sans", "monospace Bold",
                           "Nosuchfont, DejaVu Sans", "Bold"}) {
    OverlayOnBus overlay (with_font (font));
    fail_unless_equals_int (overlay.push (timed_frame ()), GST_FLOW_OK);
    fail_unless (overlay.count (GST_MESSAGE_WARNING) == 0, "warned of %s", font);
  }
}
GST_END_TEST;

GST_START_TEST (test_small_buffer)
{
  const gsize whole = info_from (kCaps).size;
  for (gsize size : {gsize{0}, gsize{1}, whole / 2, whole - 1}) {
    OverlayOnBus overlay ("numproverlay");
    Buffer buffer (size ? gst_buffer_new_allocate (nullptr, size, nullptr) : gst_buffer_new ());
    fail_unless (overlay.push (std::move (buffer)) == GST_FLOW_ERROR, "%zu bytes", size);
    assert_one_error (overlay, "frame");
    fail_unless_equals_uint64 (stat (overlay.element (), "frames"), 0);
  }
}
GST_END_TEST;

GST_START_TEST (test_small_shared_buffer)
{
  OverlayOnBus overlay ("numproverlay");
  Buffer held (gst_buffer_new_allocate (nullptr, 100, nullptr));
  fail_unless_equals_int (overlay.push (Buffer (gst_buffer_ref (held.get ()))), GST_FLOW_ERROR);
  assert_one_error (overlay, "frame");
}
GST_END_TEST;

GST_START_TEST (test_small_video_meta)
{
  // Half of the frame that the caps and the meta promise, between guards.
  const bool shared = __i__ != 0;
  constexpr gsize kGuard = 8192;
  const GstVideoInfo info = info_from (kCaps);
  const gsize half = info.size / 2;
  Bytes block (kGuard + half + kGuard, 0x60);
  const Bytes before = block;
  Buffer buffer (gst_buffer_new_wrapped_full (static_cast<GstMemoryFlags> (0), block.data (),
                                              block.size (), kGuard, half, nullptr, nullptr));
  gsize offset[GST_VIDEO_MAX_PLANES] = {};
  gint stride[GST_VIDEO_MAX_PLANES] = {64, 32, 32};
  gst_buffer_add_video_meta_full (buffer.get (), GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_I420,
                                  64, 48, 3, offset, stride);
  const Buffer held (shared ? gst_buffer_ref (buffer.get ()) : nullptr);

  OverlayOnBus overlay ("numproverlay font-size=336");
  const GstFlowReturn ret = overlay.push (std::move (buffer));
  const auto same = [&] (gsize from) {
    return std::memcmp (&block[from], &before[from], kGuard) == 0;
  };
  fail_unless (same (0) && same (kGuard + half), "ink outside the frame's memory");
  fail_unless_equals_int (ret, GST_FLOW_ERROR);
  assert_one_error (overlay, "frame");
}
GST_END_TEST;

GST_START_TEST (test_recovers)
{
  OverlayOnBus overlay ("numproverlay");
  fail_unless_equals_int (overlay.push (Buffer (gst_buffer_new_allocate (nullptr, 10, nullptr))),
                          GST_FLOW_ERROR);
  assert_one_error (overlay, "frame");
  fail_unless_equals_int (overlay.push (timed_frame ()), GST_FLOW_OK);
  fail_unless (gst_buffer_get_numpro_meta (overlay.out ()) != nullptr);
  fail_unless_equals_uint64 (stat (overlay.element (), "frames"), 1);
}
GST_END_TEST;

GST_START_TEST (test_caps_refused)
{
  static constexpr const char *kRefused[] = {
      "video/x-bayer,format=bggr,width=64,height=48,framerate=25/1",
      "video/x-h264,stream-format=byte-stream,alignment=au",
      "image/jpeg,width=64,height=48,framerate=25/1",
      "audio/x-raw,format=S16LE,rate=8000,channels=1,layout=interleaved",
  };
  for (const char *caps : kRefused) {
    OverlayOnBus overlay ("numproverlay", nullptr);
    gst_harness_set_src_caps_str (overlay.harness (), caps);
    Buffer buffer (gst_buffer_new_allocate (nullptr, 64 * 48, nullptr));
    fail_unless (overlay.push (std::move (buffer)) == GST_FLOW_NOT_NEGOTIATED, "%s", caps);
    fail_unless (overlay.count (GST_MESSAGE_ERROR) == 0, "%s", caps);
  }

  // As the user of a launch line sees it.
  GError *error = nullptr;
  Element pipeline (
      gst_parse_launch ("videotestsrc ! video/x-bayer,format=bggr ! numproverlay ! "
                        "fakesink",
                        &error));
  const Error link_error (error);
  fail_unless (link_error != nullptr);
  fail_unless (g_error_matches (link_error.get (), GST_PARSE_ERROR, GST_PARSE_ERROR_LINK), "%s",
               link_error->message);
}
GST_END_TEST;

GST_START_TEST (test_no_caps)
{
  OverlayOnBus overlay ("numproverlay", nullptr);
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (overlay.harness (), gst_event_new_stream_start ("nameless"));
  gst_harness_push_event (overlay.harness (), gst_event_new_segment (&segment));
  std::unique_ptr<GstPad, Freer<gst_object_unref>> pad (
      gst_element_get_static_pad (overlay.element (), "sink"));
  fail_unless_equals_int (
      gst_pad_chain (pad.get (), gst_buffer_new_allocate (nullptr, 64, nullptr)),
      GST_FLOW_NOT_NEGOTIATED);
}
GST_END_TEST;

GST_START_TEST (test_value_out_of_range)
{
  static constexpr const char *kBad[] = {
      "every=0",          "rate=0/1",        "rate=-1/1",         "font-size=0", "font-size=1e9",
      "outline-width=-1", "xpad=-1",         "ypad=-1",           "xpad=40000",  "deltax=40000",
      "deltay=-40000",    "shading-value=0", "shading-value=256",
  };
  const Element untouched (gst_element_factory_make ("numproverlay", nullptr));
  for (const char *bad : kBad) {
    const std::string setting (bad);
    const std::string name = setting.substr (0, setting.find ('='));
    const std::string value = setting.substr (setting.find ('=') + 1);
    const GParamSpec *spec =
        g_object_class_find_property (G_OBJECT_GET_CLASS (untouched.get ()), name.c_str ());
    fail_unless (spec != nullptr, "%s", bad);
    GValue wanted = G_VALUE_INIT, now = G_VALUE_INIT;
    g_value_init (&wanted, spec->value_type);
    fail_unless (gst_value_deserialize (&wanted, value.c_str ()), "%s", bad);
    assert_refused (
        bad, [&] { g_object_set_property (G_OBJECT (untouched.get ()), name.c_str (), &wanted); });
    g_object_get_property (G_OBJECT (untouched.get ()), name.c_str (), &now);
    fail_unless (gst_value_compare (&now, g_param_spec_get_default_value (
                                              const_cast<GParamSpec *> (spec))) == GST_VALUE_EQUAL,
                 "%s was taken", bad);
    g_value_unset (&wanted);
    g_value_unset (&now);

    // The same in a launch line: it runs as if nothing were said.
    GstElement *pipeline = nullptr;
    const std::string line = "videotestsrc num-buffers=2 ! numproverlay " + setting + " ! fakesink";
    assert_refused (bad, [&] { pipeline = gst_parse_launch (line.c_str (), nullptr); });
    const Element owner (pipeline);
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
    const Bus bus (gst_element_get_bus (pipeline));
    const Message end (gst_bus_timed_pop_filtered (
        bus.get (), 20 * GST_SECOND,
        static_cast<GstMessageType> (int{GST_MESSAGE_EOS} | int{GST_MESSAGE_ERROR})));
    gst_element_set_state (pipeline, GST_STATE_NULL);
    fail_unless (end && GST_MESSAGE_TYPE (end.get ()) == GST_MESSAGE_EOS, "%s", bad);
  }
}
GST_END_TEST;

GST_START_TEST (test_unknown_value)
{
  for (const char *bad : {"numbering=frames", "stamp=hours", "halignment=middle",
                          "valignment=baseline", "nosuchproperty=1"}) {
    GError *error = nullptr;
    const Element pipeline (gst_parse_launch_full (
        (std::string ("videotestsrc ! numproverlay ") + bad + " ! fakesink").c_str (), nullptr,
        GST_PARSE_FLAG_FATAL_ERRORS, &error));
    const Error owner (error);
    fail_unless (owner != nullptr, "%s was taken", bad);
  }
}
GST_END_TEST;

static Suite *errors_suite ()
{
  Suite *suite = suite_create ("errors");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_unknown_font);
  tcase_add_test (tcase, test_unknown_font_warns_once);
  tcase_add_test (tcase, test_known_font);
  tcase_add_test (tcase, test_small_buffer);
  tcase_add_test (tcase, test_small_shared_buffer);
  tcase_add_loop_test (tcase, test_small_video_meta, 0, 2);
  tcase_add_test (tcase, test_recovers);
  tcase_add_test (tcase, test_caps_refused);
  tcase_add_test (tcase, test_no_caps);
  tcase_add_test (tcase, test_value_out_of_range);
  tcase_add_test (tcase, test_unknown_value);
  return suite;
}

GST_CHECK_MAIN (errors)
