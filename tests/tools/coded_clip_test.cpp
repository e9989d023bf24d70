/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Which coded frames of a recording a clip has.
//
// test_start: a clip that begins behind its start, with a frame that needs others, or with frames
// to
//   be seen before the key frame; an earlier key frame than the last.
// test_end: a frame left out that is to be seen before the end, or that one before the end is
//   decoded from; many that are not needed.
// test_short: frames of the end of a recording lost.

#include "tools/media/codedclip.h"

#include <string>
#include <vector>

#include "tests/support/loopcheck.h"

using namespace numpro;
using namespace numpro::media;

namespace {

// Frames in decoding order, by the time at which they are to be seen: "K0 4 2 1 3".
std::vector<CodedPicture> frames_of (const std::string &text, bool has_dts)
{
  std::vector<CodedPicture> frames;
  const OwnedBy<gchar *, g_strfreev> words (g_strsplit (text.c_str (), " ", -1));
  for (gchar **word = words.get (); *word; ++word) {
    const bool is_key = **word == 'K';
    const gint64 time = g_ascii_strtoll (*word + is_key, nullptr, 10);
    // Of frames that come at a time each no more than three are out of order.
    const gint64 dts = static_cast<gint64> (frames.size ()) - 3;
    frames.push_back (
        {BufferPtr (gst_buffer_new ()), time, has_dts ? dts : GST_CLOCK_STIME_NONE, is_key});
  }
  return frames;
}

std::string clip_of (const std::string &text, GstClockTimeDiff start, GstClockTimeDiff end,
                     bool has_dts)
{
  CodedClip clip (start, end);
  std::string chosen;
  const auto note = [&] (const std::vector<CodedPicture> &frames) {
    for (const CodedPicture &frame : frames)
      chosen += (chosen.empty () ? "" : " ") + std::string (frame.is_key ? "K" : "") +
                std::to_string (frame.time);
  };
  for (CodedPicture &frame : frames_of (text, has_dts))
    note (clip.add (std::move (frame)));
  note (clip.finish ());
  return chosen;
}

struct Case {
  const char *name, *frames;
  GstClockTimeDiff start, end;
  const char *clip;
};

void check (const std::vector<Case> &cases)
{
  for (const auto &[name, frames, start, end, expected] : cases) {
    for (const bool has_dts : {true, false}) {
      const std::string clip = clip_of (frames, start, end, has_dts);
      fail_unless_in_loop (clip == expected, "%s: %s in place of %s", name, clip.c_str (),
                           expected);
    }
  }
}

}  // namespace

GST_START_TEST (test_start)
{
  check ({{"at a key frame", "K0 1 2 K3 4 5 K6 7", 3, 5, "K3 4"},
          {"behind a key frame", "K0 1 2 K3 4 5 K6 7", 4, 6, "K3 4 5"},
          {"before the first key frame", "1 2 K3 4 5", 1, 5, "K3 4"},
          {"frames before the key frame are behind it", "K0 1 2 3 K6 4 5 7 8", 6, 9, "K6 7 8"},
          {"a key frame out of order", "K0 1 2 K5 3 4 6 7", 4, 7, "K0 1 2 K5 3 4 6"},
          {"one key frame", "K0 1 2 3 4 5", 4, 5, "K0 1 2 3 4"},
          {"no key frame", "0 1 2", 0, 2, ""}});
}
GST_END_TEST

GST_START_TEST (test_end)
{
  check ({{"no reordering", "K0 1 2 3 4 5", 0, 3, "K0 1 2"},
          {"needed by those before", "K0 3 1 2 6 4 5 9 7 8", 0, 5, "K0 3 1 2 6 4 5"},
          {"between that and the end", "K0 4 2 1 3 8 6 5 7 12 10", 0, 2, "K0 4 2 1 3"},
          {"not needed", "K0 3 1 2 6 4 5", 0, 4, "K0 3 1 2"},
          {"no end", "K0 3 1 2 6 4 5", 0, GST_CLOCK_STIME_NONE, "K0 3 1 2 6 4 5"}});
  // Without decoding times it is known from how many come that are behind the end.
  std::string many = "K0";
  for (int i = 1; i < 40; ++i)
    many += " " + std::to_string (i);
  for (const bool has_dts : {true, false}) {
    CodedClip clip (0, 2);
    int needed = 0;
    for (CodedPicture &frame : frames_of (many, has_dts)) {
      if (clip.is_over ())
        break;
      clip.add (std::move (frame));
      ++needed;
    }
    fail_unless_equals_int (needed, has_dts ? 6 : 19);
  }
}
GST_END_TEST

GST_START_TEST (test_short)
{
  check ({{"nothing behind the start", "K0 1 2 3", 3, 9, "K0 1 2 3"},
          {"a key frame at the end", "K0 1 2 K3", 3, 4, "K3"},
          {"start behind all", "K0 1 2 K3 4", 9, 12, "K3 4"}});
  CodedClip clip (0, 5);
  fail_if (clip.start ());
  clip.add (std::move (frames_of ("K0", true).front ()));
  fail_if (clip.start ());
  clip.finish ();
  fail_unless (clip.start () == 0 && clip.is_over ());
}
GST_END_TEST

static Suite *coded_clip_suite (void)
{
  Suite *suite = suite_create ("coded_clip");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_start);
  tcase_add_test (tcase, test_end);
  tcase_add_test (tcase, test_short);
  return suite;
}

GST_CHECK_MAIN (coded_clip);
