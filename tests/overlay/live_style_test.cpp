/* SPDX-License-Identifier: LGPL-2.1-or-later */

// The look changes while frames flow.
//
// test_next_buffer: a look that takes effect late, on one frame only, or that leaves parts of the
//   old one behind (glyphs of the old font, ink of the old colour).
// test_number_stays: a change of look that disturbs the numbers.
// test_silent_next_buffer: the same for silent.
// test_under_load: races between the streaming thread, threads that set properties and threads that
//   read them; statistics that lose a frame. With the thread sanitizer, which is what it is for.
// test_reset_under_load: a reset that is lost or taken twice.
// test_controlled_color: a controller that is asked once, or with another time than the frame's.
// test_controlled_argb: the same with the controller that colours have for themselves.

#include <gst/controller/controller.h>
#include <gst/numpro/numpro.h>

#include <atomic>
#include <chrono>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/handles.h"
#include "tests/support/pixels.h"

namespace {

constexpr const char *kCaps = "video/x-raw,format=I420,width=160,height=120,framerate=25/1";
constexpr GstClockTime kFrame = 40 * GST_MSECOND;

const GstVideoInfo &info ()
{
  static const GstVideoInfo video_info = info_from (kCaps);
  return video_info;
}

Harness make_harness (const std::string &settings = "")
{
  Harness harness (gst_harness_new_parse (("numproverlay " + settings).c_str ()));
  gst_harness_set_src_caps_str (harness.get (), kCaps);
  return harness;
}

Element overlay_of (const Harness &harness)
{
  return Element (gst_harness_find_element (harness.get (), "numproverlay"));
}

Buffer stamp (const Harness &harness, GstClockTime pts, GstBuffer *buffer)
{
  GST_BUFFER_PTS (buffer) = pts;
  Buffer out (gst_harness_push_and_pull (harness.get (), buffer));
  fail_unless (out != nullptr, "no buffer came out");
  return out;
}

Buffer stamp (const Harness &harness, GstClockTime pts)
{
  return stamp (harness, pts, plain_frame (info ()).release ());
}

// What an overlay draws that had these settings from the start.
Bytes reference (guint64 number, const std::string &settings)
{
  const Harness harness = make_harness (settings + " start=" + std::to_string (number));
  return bytes_of (stamp (harness, number * kFrame).get ());
}

// Sets one property from a launch line's words.
void set (GstElement *element, const std::string &setting)
{
  const std::size_t equals = setting.find ('=');
  gst_util_set_object_arg (G_OBJECT (element), setting.substr (0, equals).c_str (),
                           setting.substr (equals + 1).c_str ());
}

constexpr const char *kLooks[] = {
    "stamp=clock",
    "stamp=seconds",
    "font-desc=Monospace",
    "font-size=70",
    "reference-height=200",
    "reference-height=0",
    "color=4278255360",
    "color=2164195328",
    "outline-width=4",
    "outline=1.5",
    "outline=auto",
    "shaded-background=true",
    "halignment=left",
    "halignment=center",
    "valignment=top",
    "valignment=center",
    "xpad=12",
    "ypad=12",
    "deltax=-30",
    "deltay=-30",
};

// The same for properties that change nothing on their own.
struct Combination {
  const char *before, *change;
};
constexpr Combination kCombinations[] = {
    {"outline-width=4", "outline-color=4294967295"},
    {"outline=4", "outline=none"},
    {"outline=auto", "outline-width=5"},
    {"outline=auto", "color=4294967295"},
    {"shaded-background=true", "shading-value=200"},
};

std::string in_quotes (const std::string &setting)
{
  const std::size_t equals = setting.find ('=');
  return setting.substr (0, equals) + "=\"" + setting.substr (equals + 1) + "\"";
}

// Every look property to a random value of its own.
class RandomLook
{
 public:
  explicit RandomLook (unsigned seed) : random_ (seed) {}

  void change_one (GstElement *overlay)
  {
    switch (below (17)) {
      case 0:
        return g_object_set (overlay, "stamp", below (3), nullptr);
      case 1:
        return g_object_set (overlay, "font-desc", one_of (kFonts), nullptr);
      case 2:
        return g_object_set (overlay, "font-size", 10.0 + below (80), nullptr);
      case 3:
        return g_object_set (overlay, "reference-height", 100u * below (5), nullptr);
      case 4:
        return g_object_set (overlay, "color", static_cast<guint> (random_ ()), nullptr);
      case 5:
        return g_object_set (overlay, "outline-color", static_cast<guint> (random_ ()), nullptr);
      case 6:
        return g_object_set (overlay, "outline-width", below (5) * 1.0, nullptr);
      case 7:
        return g_object_set (overlay, "shaded-background", below (2), nullptr);
      case 8:
        return g_object_set (overlay, "shading-value", 1u + below (255), nullptr);
      case 9:
        return g_object_set (overlay, "halignment", below (3), nullptr);
      case 10:
        return g_object_set (overlay, "valignment", below (3), nullptr);
      case 11:
        return g_object_set (overlay, "xpad", below (200), nullptr);
      case 12:
        return g_object_set (overlay, "ypad", below (200), nullptr);
      case 13:
        return g_object_set (overlay, "deltax", below (400) - 200, nullptr);
      case 14:
        return g_object_set (overlay, "deltay", below (400) - 200, nullptr);
      case 15:
        return g_object_set (overlay, "silent", below (2), nullptr);
      case 16:
        return g_object_set (overlay, "outline", one_of (kOutlines), nullptr);
    }
  }

 private:
  static constexpr const char *kOutlines[] = {"none", "auto", "2.5", "nonsense"};
  static constexpr const char *kFonts[] = {"DejaVu Sans Bold", "Monospace", "Sans Italic"};

  int below (int limit) { return static_cast<int> (random_ () % static_cast<unsigned> (limit)); }

  template <typename T, std::size_t N>
  T one_of (T (&values)[N])
  {
    return values[below (N)];
  }

  std::mt19937 random_;
};

// Threads that do one thing over and over until this goes away.
class Load
{
 public:
  template <typename Work>
  void add (Work work)
  {
    threads_.emplace_back ([this, work] () mutable {
      while (!stop_.load (std::memory_order_relaxed)) {
        work ();
        std::this_thread::yield ();
      }
    });
  }

  void stop ()
  {
    stop_ = true;
    for (std::thread &thread : threads_)
      thread.join ();
    threads_.clear ();
  }

  ~Load () { stop (); }

 private:
  std::atomic<bool> stop_ = false;
  std::vector<std::thread> threads_;
};

// Every look property back to its default.
void set_default_look (GstElement *overlay)
{
  guint n = 0;
  std::unique_ptr<GParamSpec *, Freer<g_free>> specs (
      g_object_class_list_properties (G_OBJECT_GET_CLASS (overlay), &n));
  for (guint i = 0; i < n; ++i) {
    GParamSpec *spec = specs.get ()[i];
    if (spec->flags & GST_PARAM_CONTROLLABLE)
      g_object_set_property (G_OBJECT (overlay), spec->name, g_param_spec_get_default_value (spec));
  }
}

constexpr auto kLoadTime = std::chrono::milliseconds (1500);

}  // namespace

GST_START_TEST (test_next_buffer)
{
  const std::size_t i = static_cast<std::size_t> (__i__);
  const bool alone = i < G_N_ELEMENTS (kLooks);
  const Combination c =
      alone ? Combination{"", kLooks[i]} : kCombinations[i - G_N_ELEMENTS (kLooks)];
  const std::string changed = std::string (c.before) + " " + in_quotes (c.change);

  const Harness harness = make_harness (c.before);
  const Element overlay = overlay_of (harness);
  for (guint64 n = 0; n < 3; ++n)
    fail_unless (bytes_of (stamp (harness, n * kFrame).get ()) == reference (n, c.before));
  set (overlay.get (), c.change);
  for (guint64 n = 3; n < 6; ++n) {
    const Bytes out = bytes_of (stamp (harness, n * kFrame).get ());
    fail_if (out == reference (n, c.before), "%s: no effect on frame %" G_GUINT64_FORMAT, c.change,
             n);
    fail_unless (out == reference (n, changed), "%s: frame %" G_GUINT64_FORMAT, c.change, n);
  }
}
GST_END_TEST;

GST_START_TEST (test_number_stays)
{
  const Harness harness = make_harness ("every=2 start=5");
  const Element overlay = overlay_of (harness);
  for (guint64 n = 0; n < 20; ++n) {
    set (overlay.get (), kLooks[n % G_N_ELEMENTS (kLooks)]);
    const Buffer out = stamp (harness, n * kFrame);
    fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (out.get ())->number, 5 + n / 2);
    fail_unless_equals_uint64 (property<guint64> (overlay.get (), "number"), 5 + n / 2);
  }
}
GST_END_TEST;

GST_START_TEST (test_silent_next_buffer)
{
  const Harness harness = make_harness ();
  const Element overlay = overlay_of (harness);
  const Bytes blank = bytes_of (plain_frame (info ()).get ());
  for (guint64 n = 0; n < 10; ++n) {
    const bool silent = n % 3 == 1;
    g_object_set (overlay.get (), "silent", silent, nullptr);
    const Buffer out = stamp (harness, n * kFrame);
    fail_unless (bytes_of (out.get ()) == (silent ? blank : reference (n, "")));
  }
  fail_unless_equals_uint64 (stat (overlay.get (), "frames"), 10);
  fail_unless_equals_uint64 (stat (overlay.get (), "stamped"), 7);
}
GST_END_TEST;

GST_START_TEST (test_under_load)
{
  const Harness harness = make_harness ();
  const Element overlay = overlay_of (harness);
  Load load;
  for (unsigned seed : {1u, 2u}) {
    load.add (
        [&overlay, look = RandomLook (seed)] () mutable { look.change_one (overlay.get ()); });
  }
  load.add ([&overlay, frames = guint64{0}] () mutable {
    // Counted after its frame was drawn: what was seen once does not get less, and no frame is
    // drawn on before it was seen.
    const guint64 now = stat (overlay.get (), "frames");
    fail_unless (now >= frames);
    frames = now;
    property<guint64> (overlay.get (), "number");
    property<guint> (overlay.get (), "color");
    const Text font (property<gchar *> (overlay.get (), "font-desc"));
    fail_unless (font != nullptr);
  });

  // Frames that are held here: where nothing is drawn the same memory comes out.
  const Buffer held = plain_frame (info ());
  guint64 pushed = 0, silent = 0;
  const auto end = std::chrono::steady_clock::now () + kLoadTime;
  while (std::chrono::steady_clock::now () < end || pushed < 50) {
    const Buffer out = stamp (harness, pushed * kFrame, gst_buffer_copy (held.get ()));
    silent += gst_buffer_peek_memory (out.get (), 0) == gst_buffer_peek_memory (held.get (), 0);
    fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (out.get ())->number, pushed);
    ++pushed;
  }
  load.stop ();

  fail_unless (silent > 0 && silent < pushed, "silent never changed");
  fail_unless_equals_uint64 (stat (overlay.get (), "frames"), pushed);
  fail_unless_equals_uint64 (stat (overlay.get (), "stamped"), pushed - silent);
  fail_unless_equals_uint64 (stat (overlay.get (), "attached-as-meta"), 0);
  fail_unless_equals_uint64 (property<guint64> (overlay.get (), "number"), pushed - 1);
  fail_unless (bytes_of (held.get ()) == bytes_of (plain_frame (info ()).get ()));

  // Whatever was last, the next buffer has the look that is set now.
  set_default_look (overlay.get ());
  fail_unless (bytes_of (stamp (harness, pushed * kFrame).get ()) == reference (pushed, ""));
}
GST_END_TEST;

GST_START_TEST (test_reset_under_load)
{
  const Harness harness = make_harness ("start=100");
  const Element overlay = overlay_of (harness);
  std::atomic<guint> asked = 0;
  Load load;
  load.add ([&] {
    g_signal_emit_by_name (overlay.get (), "reset");
    ++asked;
    std::this_thread::sleep_for (std::chrono::milliseconds (2));
  });

  guint restarts = 0;
  guint64 last = 99, pushed = 0;
  const auto end = std::chrono::steady_clock::now () + kLoadTime / 3;
  while (std::chrono::steady_clock::now () < end || pushed < 50 || restarts == 0) {
    const Buffer out = stamp (harness, pushed * kFrame);
    const guint64 number = gst_buffer_get_numpro_meta (out.get ())->number;
    fail_unless (number == last + 1 || number == 100,
                 "%" G_GUINT64_FORMAT " after %" G_GUINT64_FORMAT, number, last);
    restarts += number == 100 && pushed > 0;
    last = number;
    ++pushed;
  }
  load.stop ();
  fail_unless (restarts <= asked, "%u restarts, %u asked for", restarts, asked.load ());

  // One more in peace.
  stamp (harness, pushed * kFrame);
  g_signal_emit_by_name (overlay.get (), "reset");
  for (guint64 n = 100; n < 103; ++n) {
    const Buffer out = stamp (harness, ++pushed * kFrame);
    fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (out.get ())->number, n);
  }
}
GST_END_TEST;

GST_START_TEST (test_controlled_color)
{
  constexpr guint32 kColors[] = {0x40ff0000, 0xffff0000, 0x00ff0000, 0xff00ff00, 0x80ff0000};
  const Harness harness = make_harness ();
  const Element overlay = overlay_of (harness);
  std::unique_ptr<GstControlSource, Freer<gst_object_unref>> source (
      gst_interpolation_control_source_new ());
  g_object_set (source.get (), "mode", GST_INTERPOLATION_MODE_NONE, nullptr);
  // A new colour for every second frame.
  for (guint i = 0; i < G_N_ELEMENTS (kColors); ++i) {
    gst_timed_value_control_source_set (GST_TIMED_VALUE_CONTROL_SOURCE (source.get ()),
                                        2 * i * kFrame, kColors[i]);
  }
  fail_unless (gst_object_add_control_binding (
      GST_OBJECT (overlay.get ()), gst_direct_control_binding_new_absolute (
                                       GST_OBJECT (overlay.get ()), "color", source.get ())));

  for (guint64 n = 0; n < 2 * G_N_ELEMENTS (kColors); ++n) {
    const Buffer out = stamp (harness, n * kFrame);
    const guint32 color = kColors[n / 2];
    fail_unless (gst_buffer_get_numpro_meta (out.get ())->look.color == color,
                 "frame %" G_GUINT64_FORMAT ": %08x", n,
                 gst_buffer_get_numpro_meta (out.get ())->look.color);
    fail_unless (bytes_of (out.get ()) == reference (n, "color=" + std::to_string (color)),
                 "frame %" G_GUINT64_FORMAT, n);
  }
}
GST_END_TEST;

GST_START_TEST (test_controlled_argb)
{
  const Harness harness = make_harness ();
  const Element overlay = overlay_of (harness);
  const auto channel = [] (double first, double last) {
    GstControlSource *source = gst_interpolation_control_source_new ();
    g_object_set (source, "mode", GST_INTERPOLATION_MODE_LINEAR, nullptr);
    auto *timed = GST_TIMED_VALUE_CONTROL_SOURCE (source);
    gst_timed_value_control_source_set (timed, 0, first);
    gst_timed_value_control_source_set (timed, 10 * kFrame, last);
    return std::unique_ptr<GstControlSource, Freer<gst_object_unref>> (source);
  };
  const auto alpha = channel (0, 1), red = channel (1, 1), green = channel (0, 0),
             blue = channel (0, 0);
  fail_unless (gst_object_add_control_binding (
      GST_OBJECT (overlay.get ()),
      gst_argb_control_binding_new (GST_OBJECT (overlay.get ()), "color", alpha.get (), red.get (),
                                    green.get (), blue.get ())));
  // A fade-in.
  for (guint64 n = 0; n <= 10; ++n) {
    const Buffer out = stamp (harness, n * kFrame);
    const guint32 color = gst_buffer_get_numpro_meta (out.get ())->look.color;
    fail_unless_equals_uint64_hex (color & 0xffffff, 0xff0000);
    const int off = static_cast<int> (color >> 24) - static_cast<int> (n * 255 / 10);
    fail_unless (off >= -1 && off <= 1, "alpha %u of frame %" G_GUINT64_FORMAT, color >> 24, n);
    fail_unless (bytes_of (out.get ()) == reference (n, "color=" + std::to_string (color)));
  }
}
GST_END_TEST;

static Suite *live_style_suite ()
{
  Suite *suite = suite_create ("live_style");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_next_buffer, 0,
                       G_N_ELEMENTS (kLooks) + G_N_ELEMENTS (kCombinations));
  tcase_add_test (tcase, test_number_stays);
  tcase_add_test (tcase, test_silent_next_buffer);
  tcase_add_test (tcase, test_under_load);
  tcase_add_test (tcase, test_reset_under_load);
  tcase_add_test (tcase, test_controlled_color);
  tcase_add_test (tcase, test_controlled_argb);
  return suite;
}

GST_CHECK_MAIN (live_style)
