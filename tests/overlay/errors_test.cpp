/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What bad input gets: a sentence that says what to do, and never a crash or a critical.
//
// test_unknown_font: drawing with another font in silence: the numbers are not what the model was
//   tried with.
// test_unknown_font_warns_once: the same warning for every new size, colour or format.
// test_known_font: a warning about a font that is there, or about a generic family.
// test_time_without_pts: numbers made up where none can be known.
// test_label_without_pts: the same for labels that are times; GST_CLOCK_TIME_NONE as a label.
// test_count_without_pts: an error where no time is needed.
// test_small_buffer: writing past the end of a buffer that its caps say is larger.
// test_small_shared_buffer: the same in the copy that a shared buffer needs.
// test_small_video_meta: the same where a GstVideoMeta promises as much as the caps do: mapping
//   such a frame does not look at the size of its memory.
// test_bytes_segment: criticals about a segment that counts no time.
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
#include "tests/support/pipeline.h"
#include "tests/support/pixels.h"

namespace {

constexpr const char *kCaps = "video/x-raw,format=I420,width=64,height=48,framerate=25/1";
constexpr const char *kNoSuchFont = "Nosuchfont Of Ours Bold";

// An overlay on its own, with a bus to complain on.
class Overlay
{
 public:
  explicit Overlay (const std::string &line, const char *caps = kCaps)
      : harness_ (gst_harness_new_parse (line.c_str ())), bus_ (gst_bus_new ())
  {
    element_.reset (gst_harness_find_element (harness_.get (), "numproverlay"));
    // Posting goes through the bin, which is the harness's own.
    gst_element_set_bus (harness_->element, bus_.get ());
    if (caps)
      gst_harness_set_src_caps_str (harness_.get (), caps);
  }

  ~Overlay () { gst_element_set_bus (harness_->element, nullptr); }
  Overlay (const Overlay &) = delete;
  Overlay &operator= (const Overlay &) = delete;

  GstElement *element () const { return element_.get (); }
  GstHarness *harness () const { return harness_.get (); }

  GstFlowReturn push (Buffer buffer)
  {
    const GstFlowReturn ret = gst_harness_push (harness_.get (), buffer.release ());
    out_.reset (gst_harness_try_pull (harness_.get ()));
    return ret;
  }

  /** What came of the last push(). */
  GstBuffer *out () const { return out_.get (); }

  /** The next message of a type, if one was posted. */
  Message posted (GstMessageType type)
  {
    return Message (gst_bus_pop_filtered (bus_.get (), type));
  }

  guint count (GstMessageType type)
  {
    guint n = 0;
    while (posted (type))
      ++n;
    return n;
  }

 private:
  Harness harness_;
  Element element_;
  Bus bus_;
  Buffer out_;
};

Buffer timed_frame (const char *caps = kCaps, GstClockTime pts = 0)
{
  Buffer buffer = plain_frame (info_from (caps));
  GST_BUFFER_PTS (buffer.get ()) = pts;
  return buffer;
}

Buffer untimed_frame ()
{
  return timed_frame (kCaps, GST_CLOCK_TIME_NONE);
}

// The sentence for the user in an error or a warning.
std::string text_of (const Message &message)
{
  fail_unless (message != nullptr, "no message was posted");
  GError *error = nullptr;
  if (GST_MESSAGE_TYPE (message.get ()) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message.get (), &error, nullptr);
  else
    gst_message_parse_warning (message.get (), &error, nullptr);
  const Error owner (error);
  return error->message;
}

void assert_says (const std::string &text, const std::string &part)
{
  fail_unless (text.find (part) != std::string::npos, "\"%s\" does not say \"%s\"", text.c_str (),
               part.c_str ());
}

void assert_one_error (Overlay &overlay, const char *part)
{
  assert_says (text_of (overlay.posted (GST_MESSAGE_ERROR)), part);
  fail_unless_equals_int (overlay.count (GST_MESSAGE_ERROR), 0);
}

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
  Overlay overlay (with_font (kNoSuchFont));
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
  Overlay overlay (with_font (kNoSuchFont));
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
    Overlay overlay (with_font (font));
    fail_unless_equals_int (overlay.push (timed_frame ()), GST_FLOW_OK);
    fail_unless (overlay.count (GST_MESSAGE_WARNING) == 0, "warned of %s", font);
  }
}
GST_END_TEST;

GST_START_TEST (test_time_without_pts)
{
  Overlay overlay ("numproverlay numbering=time");
  fail_unless_equals_int (overlay.push (untimed_frame ()), GST_FLOW_ERROR);
  assert_one_error (overlay, "numbering=time");
  fail_unless (overlay.out () == nullptr);
}
GST_END_TEST;

GST_START_TEST (test_label_without_pts)
{
  for (const char *stamp : {"seconds", "clock"}) {
    Overlay overlay (std::string ("numproverlay stamp=") + stamp);
    fail_unless_equals_int (overlay.push (untimed_frame ()), GST_FLOW_ERROR);
    assert_one_error (overlay, (std::string ("stamp=") + stamp).c_str ());
    fail_unless (overlay.out () == nullptr);
  }
}
GST_END_TEST;

GST_START_TEST (test_count_without_pts)
{
  // White, which can be read on the frames: there is nothing to complain of.
  Overlay overlay ("numproverlay start=3 color=0xffffffff");
  fail_unless_equals_int (overlay.push (untimed_frame ()), GST_FLOW_OK);
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (overlay.out ());
  fail_unless_equals_uint64 (meta->number, 3);
  fail_unless_equals_uint64 (meta->slot_start, GST_CLOCK_TIME_NONE);
  fail_unless_equals_int (overlay.count (GST_MESSAGE_ANY), 0);
}
GST_END_TEST;

// One frame without a time among others ends nothing, and is told; a stream that has lost its times
// ends all the same.
GST_START_TEST (test_missing_pts)
{
  for (const char *properties : {"numbering=time", "stamp=clock", "stamp=seconds numbering=time"}) {
    Overlay overlay (std::string ("numproverlay color=0xffffffff ") + properties);
    GstClockTime pts = 0;
    const auto push_timed = [&] {
      fail_unless_equals_int (overlay.push (timed_frame (kCaps, pts += GST_SECOND)), GST_FLOW_OK);
    };
    push_timed ();
    fail_unless_equals_int (overlay.push (untimed_frame ()), GST_FLOW_OK);
    fail_unless (gst_buffer_get_numpro_meta (overlay.out ()) != nullptr);
    assert_says (text_of (overlay.posted (GST_MESSAGE_WARNING)), "has no timestamp");
    push_timed ();
    fail_unless_equals_int (overlay.push (untimed_frame ()), GST_FLOW_OK);
    push_timed ();
    fail_unless_equals_int (overlay.count (GST_MESSAGE_ANY), 0);

    GstFlowReturn flow = GST_FLOW_OK;
    int frames = 0;
    while (frames < 1000 && flow == GST_FLOW_OK) {
      flow = overlay.push (untimed_frame ());
      ++frames;
    }
    fail_unless_equals_int (flow, GST_FLOW_ERROR);
    fail_unless_equals_int (frames, 101);
    assert_one_error (overlay, "timestamp its buffers (appsrc: format=time do-timestamp=true)");
  }
}
GST_END_TEST;

// Times of day, and times before the start: the numbers are right, and hardly what was meant.
GST_START_TEST (test_strange_times)
{
  const struct {
    const char *properties;
    GstClockTime first;
    const char *warning;
  } kCases[] = {
      {"numbering=time", 1767225600 * GST_SECOND, "20454 days ahead, and has number 1767225600"},
      {"numbering=time", 86401 * GST_SECOND, "1 days ahead"},
      {"numbering=time", 86399 * GST_SECOND, nullptr},
      {"numbering=count", 1767225600 * GST_SECOND, nullptr},
  };
  for (const auto &c : kCases) {
    Overlay overlay (std::string ("numproverlay color=0xffffffff ") + c.properties);
    for (guint64 i = 0; i < 3; ++i)
      fail_unless_equals_int (overlay.push (timed_frame (kCaps, c.first + i * GST_SECOND)),
                              GST_FLOW_OK);
    if (c.warning)
      assert_says (text_of (overlay.posted (GST_MESSAGE_WARNING)), c.warning);
    fail_unless_equals_int (overlay.count (GST_MESSAGE_ANY), 0);
  }

  // What the warning advises.
  Overlay reset ("numproverlay color=0xffffffff numbering=time start=5");
  g_signal_emit_by_name (reset.element (), "reset");
  fail_unless_equals_int (reset.push (timed_frame (kCaps, kCases[0].first)), GST_FLOW_OK);
  fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (reset.out ())->number, 5);
  fail_unless_equals_int (reset.count (GST_MESSAGE_ANY), 0);

  Overlay early ("numproverlay color=0xffffffff numbering=time");
  gst_pad_set_offset (early.harness ()->srcpad, -10 * static_cast<gint64> (GST_SECOND));
  for (GstClockTime pts = 0; pts < 20 * GST_SECOND; pts += GST_SECOND) {
    fail_unless_equals_int (early.push (timed_frame (kCaps, pts)), GST_FLOW_OK);
    fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (early.out ())->number,
                               pts < 10 * GST_SECOND ? 0 : pts / GST_SECOND - 10);
  }
  assert_says (text_of (early.posted (GST_MESSAGE_WARNING)), "10.0 s before running time 0");
  fail_unless_equals_int (early.count (GST_MESSAGE_ANY), 0);
}
GST_END_TEST;

GST_START_TEST (test_small_buffer)
{
  const gsize whole = info_from (kCaps).size;
  for (gsize size : {gsize{0}, gsize{1}, whole / 2, whole - 1}) {
    Overlay overlay ("numproverlay");
    Buffer buffer (size ? gst_buffer_new_allocate (nullptr, size, nullptr) : gst_buffer_new ());
    fail_unless (overlay.push (std::move (buffer)) == GST_FLOW_ERROR, "%zu bytes", size);
    assert_one_error (overlay, "frame");
    fail_unless_equals_uint64 (stat (overlay.element (), "frames"), 0);
  }
}
GST_END_TEST;

GST_START_TEST (test_small_shared_buffer)
{
  Overlay overlay ("numproverlay");
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

  Overlay overlay ("numproverlay font-size=336");
  const GstFlowReturn ret = overlay.push (std::move (buffer));
  const auto same = [&] (gsize from) {
    return std::memcmp (&block[from], &before[from], kGuard) == 0;
  };
  fail_unless (same (0) && same (kGuard + half), "ink outside the frame's memory");
  fail_unless_equals_int (ret, GST_FLOW_ERROR);
  assert_one_error (overlay, "frame");
}
GST_END_TEST;

GST_START_TEST (test_bytes_segment)
{
  const char *numbering[] = {"count", "time"};
  Overlay overlay (std::string ("numproverlay numbering=") + numbering[__i__], nullptr);
  GstHarness *harness = overlay.harness ();
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_BYTES);
  fail_unless (gst_harness_push_event (harness, gst_event_new_stream_start ("bytes")));
  fail_unless (gst_harness_push_event (harness, gst_event_new_caps (gst_caps_from_string (kCaps))));
  fail_unless (gst_harness_push_event (harness, gst_event_new_segment (&segment)));
  if (__i__ == 0) {
    fail_unless_equals_int (overlay.push (timed_frame ()), GST_FLOW_OK);
    fail_unless_equals_int (overlay.count (GST_MESSAGE_ERROR), 0);
  } else {
    fail_unless_equals_int (overlay.push (timed_frame ()), GST_FLOW_ERROR);
    assert_one_error (overlay, "numbering=time");
  }
}
GST_END_TEST;

GST_START_TEST (test_recovers)
{
  Overlay overlay ("numproverlay");
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
    Overlay overlay ("numproverlay", nullptr);
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
  Overlay overlay ("numproverlay", nullptr);
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
  tcase_add_test (tcase, test_time_without_pts);
  tcase_add_test (tcase, test_label_without_pts);
  tcase_add_test (tcase, test_count_without_pts);
  tcase_add_test (tcase, test_missing_pts);
  tcase_add_test (tcase, test_strange_times);
  tcase_add_test (tcase, test_small_buffer);
  tcase_add_test (tcase, test_small_shared_buffer);
  tcase_add_loop_test (tcase, test_small_video_meta, 0, 2);
  tcase_add_loop_test (tcase, test_bytes_segment, 0, 2);
  tcase_add_test (tcase, test_recovers);
  tcase_add_test (tcase, test_caps_refused);
  tcase_add_test (tcase, test_no_caps);
  tcase_add_test (tcase, test_value_out_of_range);
  tcase_add_test (tcase, test_unknown_value);
  return suite;
}

GST_CHECK_MAIN (errors)
