/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Which events answers come to.
//
// test_merges: spans that are joined through a third, across what is not known or was not seen, or
//   across streams and questions; one long event that comes out as several; evidence that is lost.
// test_times: an event that ends when its last number begins; wall-clock times of another span;
//   numbers that wrapped taken for the order.
// test_denser_windows: an edge that a window of more frames around it does not make more exact.
// test_holes: an event that lasts through a hole of the stream.
// test_restarted: two pieces of a stream that have the same numbers taken for one.
// test_backwards: a stream that is played backwards, whose windows would never meet.
// test_untimed: streams without times whose spans are never joined.
// test_evidence: answers, failures and their reasons that cannot be had back.
// test_strange_answer: an answer about another batch taken.

#include "tests/lib/timelinewindows.h"

#include "tests/support/loopcheck.h"

namespace {

using namespace numpro;

struct Case {
  const char *name;
  std::vector<const char *> windows;
  const char *events;     // of the first question
  const char *stretches;  // likewise
};

// See tests/lib/timelinewindows.h for how windows, events and stretches are written.
const Case kCases[] = {
    {"nothing", {}, "", ""},
    {"no", {"0-9:"}, "", "0-9 answered"},
    {"inside", {"0-9: 3-5"}, "3-5 [0]", "0-9 answered"},
    {"several", {"0-9: 3-5 7-7"}, "3-5 [0]; 7-7 [0]", "0-9 answered"},
    {"whole window", {"0-9: 0-9"}, "<0-9> [0]", "0-9 answered"},
    {"touching, cut", {"0-9: 7-9", "10-19: 10-12"}, "7-12 [0 1]", "0-19 answered"},
    {"touching, in any order", {"10-19: 10-12", "0-9: 7-9"}, "7-12 [0 1]", "0-19 answered"},
    {"touching at one side only",
     {"0-9: 7-8", "10-19: 10-12"},
     "7-8 [0]; 10-12 [1]",
     "0-19 answered"},
    {"hole of a step", {"0-9: 7-9", "11-19: 11-12"}, "7-12 [0 1]", "0-19 answered"},
    {"hole of two steps",
     {"0-9: 7-9", "12-19: 12-13"},
     "7-9> [0]; <12-13 [1]",
     "0-9 answered; 12-19 answered"},
    {"a step with a no", {"0-9: 3-4 6-7"}, "3-4 [0]; 6-7 [0]", "0-9 answered"},
    {"a step that another window denies",
     {"0-9: 7-9", "10-10:", "11-19: 11-12"},
     "7-9 [0]; 11-12 [2]",
     "0-19 answered"},
    {"overlapping", {"0-9: 5-7", "5-14: 6-8"}, "5-8 [0 1]", "0-14 answered"},
    {"the same", {"0-9: 5-7", "0-9: 5-7"}, "5-7 [0 1]", "0-9 answered"},
    {"contradiction", {"0-9: 5-7", "0-9:"}, "5-7 [0]", "0-9 answered"},
    {"contradiction about an edge", {"0-9: 7-9", "5-14: 8-12"}, "7-12 [0 1]", "0-14 answered"},
    {"long, windows that touch",
     {"0-4: 2-4", "5-9: 5-9", "10-14: 10-14", "15-19: 15-16"},
     "2-16 [0 1 2 3]",
     "0-19 answered"},
    {"long, windows that overlap by half",
     {"0-9: 4-9", "5-14: 5-14", "10-19: 10-19", "15-24: 15-22", "20-29: 20-22"},
     "4-22 [0 1 2 3 4]",
     "0-29 answered"},
    {"long, one window ends early",
     {"0-9: 4-9", "5-14: 5-13", "10-19: 11-16"},
     "4-16 [0 1 2]",
     "0-19 answered"},
    {"through a third",
     {"0-9: 2-5", "0-19: 5-8", "4-19: 8-10"},
     "2-8 [0 1]; 8-10 [2]",
     "0-19 answered"},
    {"through a third that others overlap",
     {"0-19: 2-6", "0-19: 5-9", "0-19: 8-12"},
     "2-9 [0 1]; 8-12 [2]",
     "0-19 answered"},
    {"all of three meet",
     {"0-19: 2-6", "0-19: 4-9", "0-19: 6-12"},
     "2-12 [0 1 2]",
     "0-19 answered"},
    {"within another",
     {"0-19: 2-12", "0-19: 4-6", "0-19: 8-9", "0-19: 10-14"},
     "2-14 [0 1 2 3]",
     "0-19 answered"},
    {"unread between",
     {"0-9: 7-9", "10-14: ?", "15-19: 15-16"},
     "7-9> [0]; <15-16 [2]",
     "0-9 answered; 10-14 unread; 15-19 answered"},
    {"failed between",
     {"0-9: 7-9", "10-10: !", "11-19: 11-12"},
     "7-9> [0]; <11-12 [2]",
     "0-9 answered; 10-10 failed; 11-19 answered"},
    {"unread within",
     {"0-4 6-9: 3-7", "5-5: ?"},
     "3-4> [0]; <6-7 [0]",
     "0-4 answered; 5-5 unread; 6-9 answered"},
    {"unread, then asked again",
     {"0-9: ?", "0-9: 3-4", "5-14: !"},
     "3-4 [1]",
     "0-9 answered; 10-14 failed"},
    {"unread and failed", {"0-9: !", "5-14: ?"}, "", "0-4 failed; 5-14 unread"},
    {"unread of another question",
     {"0-9: 7-9", "q 10-14: ?", "10-14: 10-11"},
     "7-11 [0 2]",
     "0-14 answered"},
    {"other questions", {"0-9: 7-9", "q 10-14: 10-11"}, "7-9> [0]", "0-9 answered"},
    {"several streams",
     {"@a 0-9: 7-9", "@b 10-19: 10-11", "@a 10-19: 10-12"},
     "a 7-12 [0 2]; b <10-11 [1]",
     "a 0-19 answered; b 10-19 answered"},
    {"two streams, the same slots",
     {"@a 0-9: 3-5", "@b 0-9: 4-7"},
     "a 3-5 [0]; b 4-7 [1]",
     "a 0-9 answered; b 0-9 answered"},
    {"two streams in one window",
     {"@a 0-4 @b 5-9: 3-6"},
     "a 3-4> [0]; b <5-6 [0]",
     "a 0-4 answered; b 5-9 answered"},
    {"not asked in between",
     {"0-4: 4-4", "100-104: 100-100"},
     "4-4> [0]; <100-100 [1]",
     "0-4 answered; 100-104 answered"},
};

void require_same (const std::string &text, const std::string &expected)
{
  fail_unless (text == expected, "%s, not %s", text.c_str (), expected.c_str ());
}

}  // namespace

GST_START_TEST (test_merges)
{
  for (const Case &tried : kCases) {
    const TimelinePtr timeline = timeline_of (tried.windows);
    fail_unless_in_loop (events_of (timeline.get ()) == tried.events, "%s: %s", tried.name,
                         events_of (timeline.get ()).c_str ());
    fail_unless_in_loop (stretches_of (timeline.get ()) == tried.stretches, "%s: %s", tried.name,
                         stretches_of (timeline.get ()).c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_times)
{
  const TimelinePtr timeline (gst_numpro_timeline_new ());
  // Numbers 8, 9, 0, 1, ...
  for (const auto &[from, answer] : {std::pair (5u, "8-9"), std::pair (10u, "0-1")}) {
    Stream stream;
    stream.wrap = 10;
    add_window (timeline.get (), ledger_of (stream, from, from + 4), "when?", answer);
  }
  fail_unless_equals_int (gst_numpro_timeline_get_n_events (timeline.get (), 0), 1);
  const GstNumproEvent *event = gst_numpro_timeline_get_event (timeline.get (), 0, 0);
  fail_unless (event->has_numbers);
  fail_unless_equals_uint64 (event->span.first, 8);
  fail_unless_equals_uint64 (event->span.last, 1);
  fail_unless_equals_uint64 (event->span.start, 8 * GST_SECOND);
  fail_unless_equals_uint64 (event->span.end, 12 * GST_SECOND);
  fail_unless_equals_uint64 (event->span.utc_start, kUtcOfZero + 8 * GST_SECOND);
  fail_unless_equals_uint64 (event->span.utc_end, kUtcOfZero + 12 * GST_SECOND);
  fail_unless (gst_numpro_timeline_get_event (timeline.get (), 0, 1) == nullptr);
  fail_unless (gst_numpro_timeline_get_event (timeline.get (), 1, 0) == nullptr);
  fail_unless (gst_numpro_timeline_get_question (timeline.get (), 1) == nullptr);
}
GST_END_TEST

GST_START_TEST (test_denser_windows)
{
  const TimelinePtr timeline (gst_numpro_timeline_new ());
  // One frame in ten seconds; both edges in windows of one a second.
  const LedgerPtr sparse (gst_numpro_ledger_new (0));
  for (guint64 slot = 0; slot <= 90; slot += 10)
    append_sample (sparse.get (), Stream{.step = 10 * GST_SECOND}, slot);
  add_window (timeline.get (), sparse, "when?", "30-60");
  const GstNumproEvent *event = gst_numpro_timeline_get_event (timeline.get (), 0, 0);
  fail_unless_equals_uint64 (event->span.start, 30 * GST_SECOND);
  fail_unless_equals_uint64 (event->span.end, 70 * GST_SECOND);
  add_window (timeline.get (), ledger_of ({}, 15, 35), "when?", "24-35");
  add_window (timeline.get (), ledger_of ({}, 55, 75), "when?", "55-62");
  require_same (events_of (timeline.get ()), "24-62 [0 1 2]");
  event = gst_numpro_timeline_get_event (timeline.get (), 0, 0);
  fail_unless_equals_uint64 (event->span.start, 24 * GST_SECOND);
  fail_unless_equals_uint64 (event->span.end, 63 * GST_SECOND);
  fail_unless_equals_uint64 (event->span.utc_end, kUtcOfZero + 63 * GST_SECOND);
}
GST_END_TEST

GST_START_TEST (test_holes)
{
  const TimelinePtr timeline (gst_numpro_timeline_new ());
  const LedgerPtr ledger (gst_numpro_ledger_new (0));
  // No frames for a minute after number 4.
  for (guint slot = 0; slot < 10; ++slot)
    append_sample (ledger.get (), Stream{.hole_before = 5, .hole = GST_SECOND * 60}, slot);
  add_window (timeline.get (), ledger, "when?", "3-6");
  require_same (events_of (timeline.get ()), "3-4> [0]; <5-6 [0]");
  require_same (stretches_of (timeline.get ()), "0-4 answered; 5-9 answered");
  const GstNumproEvent *early = gst_numpro_timeline_get_event (timeline.get (), 0, 0);
  fail_unless_equals_uint64 (early->span.end, 5 * GST_SECOND);
  const GstNumproEvent *late = gst_numpro_timeline_get_event (timeline.get (), 0, 1);
  fail_unless_equals_uint64 (late->span.start, 65 * GST_SECOND);
}
GST_END_TEST

GST_START_TEST (test_restarted)
{
  const TimelinePtr timeline (gst_numpro_timeline_new ());
  Stream later;
  later.offset = 3600 * GST_SECOND;
  add_window (timeline.get (), ledger_of ({}, 0, 9), "when?", "3-5");
  add_window (timeline.get (), ledger_of (later, 0, 9), "when?", "4-9");
  require_same (events_of (timeline.get ()), "3-5 [0]; 4-9> [1]");
}
GST_END_TEST

GST_START_TEST (test_backwards)
{
  const TimelinePtr timeline (gst_numpro_timeline_new ());
  Stream backwards;
  backwards.offset = 100 * GST_SECOND;
  backwards.is_backwards = true;
  add_window (timeline.get (), ledger_of (backwards, 0, 9), "when?", "7-9");
  add_window (timeline.get (), ledger_of (backwards, 10, 19), "when?", "10-12");
  require_same (events_of (timeline.get ()), "7-12 [0 1]");
  const GstNumproEvent *event = gst_numpro_timeline_get_event (timeline.get (), 0, 0);
  fail_unless_equals_uint64 (event->span.start, 87 * GST_SECOND);
  fail_unless_equals_uint64 (event->span.end, 93 * GST_SECOND);
}
GST_END_TEST

GST_START_TEST (test_untimed)
{
  const TimelinePtr timeline (gst_numpro_timeline_new ());
  Stream untimed;
  untimed.is_timed = false;
  add_window (timeline.get (), ledger_of (untimed, 0, 9), "when?", "7-9");
  add_window (timeline.get (), ledger_of (untimed, 11, 19), "when?", "11-12");
  add_window (timeline.get (), ledger_of (untimed, 22, 29), "when?", "22-23");
  require_same (events_of (timeline.get ()), "7-12 [0 1]; <22-23 [2]");
}
GST_END_TEST

GST_START_TEST (test_evidence)
{
  const TimelinePtr timeline = timeline_of ({"0-9: 7-9", "10-14: ?", "q 0-9: !"});
  fail_unless_equals_int (gst_numpro_timeline_get_n_windows (timeline.get ()), 3);
  fail_unless_equals_int (gst_numpro_timeline_get_n_questions (timeline.get ()), 2);
  fail_unless_equals_string (gst_numpro_timeline_get_question (timeline.get (), 1), "q");
  fail_unless_equals_string (gst_numpro_timeline_get_window_question (timeline.get (), 2), "q");
  fail_unless (gst_numpro_timeline_get_window_answer (timeline.get (), 2) == nullptr);
  fail_unless_equals_string (gst_numpro_timeline_get_window_failure (timeline.get (), 2), kFailure);
  fail_unless (gst_numpro_timeline_get_window_failure (timeline.get (), 1) == nullptr);
  fail_unless (gst_numpro_timeline_get_window_failure (timeline.get (), 3) == nullptr);
  GstNumproAnswer *unread = gst_numpro_timeline_get_window_answer (timeline.get (), 1);
  fail_if (gst_numpro_answer_get_valid (unread));
  GstNumproLedger *ledger = gst_numpro_timeline_get_window_ledger (timeline.get (), 1);
  fail_unless_equals_uint64 (gst_numpro_ledger_get_sample (ledger, 0)->slot, 10);
  fail_unless (gst_numpro_timeline_get_window_ledger (timeline.get (), 3) == nullptr);

  const GstNumproEvent *event = gst_numpro_timeline_get_event (timeline.get (), 0, 0);
  GstNumproEvent *copy = gst_numpro_event_copy (event);
  fail_unless (copy->n_evidence == 1 && copy->evidence != event->evidence &&
               copy->evidence[0] == event->evidence[0]);
  gst_numpro_event_free (copy);
  const GstNumproStretch *stretch = gst_numpro_timeline_get_stretch (timeline.get (), 0, 0);
  GstNumproStretch *other = gst_numpro_stretch_copy (stretch);
  fail_unless_equals_uint64 (other->span.last, stretch->span.last);
  gst_numpro_stretch_free (other);
}
GST_END_TEST

GST_START_TEST (test_strange_answer)
{
  const TimelinePtr timeline (gst_numpro_timeline_new ());
  const LedgerPtr ledger = ledger_of ({}, 0, 9), other = ledger_of ({}, 20, 29);
  const AnswerPtr answer = answer_of (ledger.get (), "when?", "3-4");
  GError *error = nullptr;
  fail_if (gst_numpro_timeline_add (timeline.get (), other.get (), answer.get (), &error));
  const ErrorPtr owned (error);
  fail_unless (g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_NO_SUCH_NUMBER));
  fail_unless_equals_int (gst_numpro_timeline_get_n_windows (timeline.get ()), 0);
}
GST_END_TEST

static Suite *timeline_merge_suite (void)
{
  Suite *suite = suite_create ("timeline_merge");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_merges);
  tcase_add_test (tcase, test_times);
  tcase_add_test (tcase, test_denser_windows);
  tcase_add_test (tcase, test_holes);
  tcase_add_test (tcase, test_restarted);
  tcase_add_test (tcase, test_backwards);
  tcase_add_test (tcase, test_untimed);
  tcase_add_test (tcase, test_evidence);
  tcase_add_test (tcase, test_strange_answer);
  return suite;
}

GST_CHECK_MAIN (timeline_merge);
