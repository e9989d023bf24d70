/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Which file of a recording answers belong to.
//
// test_events: an event at the times of another file, or that reaches beyond its file; a question
//   whose line break makes two lines.
// test_settled: a file that is taken for settled before all is answered, or never; answers that
// come
//   in another order than batches; a question that counts twice.
// test_forgotten: what a file that is still open needs and is no longer there.
// test_durations: a length of time that is misread, or none that is taken for one.

#include "tests/lib/timelinewindows.h"

#include "tests/support/loopcheck.h"
#include "tools/media/duration.h"
#include "tools/media/segmentanswers.h"

namespace {

using namespace numpro;
using namespace numpro::media;

RecordedFile file_of (const char *location, guint64 from, guint64 to)
{
  RecordedFile file;
  file.location = location;
  file.start = from * GST_SECOND;
  file.end = to * GST_SECOND;
  return file;
}

// Batches of ten seconds: of 0 to 9, 10 to 19 and so on.
LedgerPtr batch_at (guint64 from)
{
  return ledger_of ({}, from, from + 9);
}

void answer (SegmentAnswers &answers, guint64 batch, const char *spans,
             const char *question = "when?")
{
  fail_unless (answers.note_answer (answer_of (batch_at (batch).get (), question, spans).get ()));
}

std::string subtitles_of (const SegmentAnswers &answers, const RecordedFile &file)
{
  const FileEvents events = answers.events_of (file);
  const TextPtr text (gst_numpro_timeline_to_text (events.timeline.get (),
                                                   GST_NUMPRO_TIMELINE_FORMAT_TSV, 0, 0, nullptr));
  const std::string lines = text.get ();
  return lines.substr (lines.find ('\n') + 1);
}

void expect (const std::string &got, const char *wanted)
{
  fail_unless_equals_string (got.c_str (), wanted);
}

std::string settled (SegmentAnswers &answers)
{
  std::string names;
  while (const auto file = answers.take_settled ()) {
    names += file->location;
    answers.forget (*file);
  }
  return names;
}

}  // namespace

GST_START_TEST (test_events)
{
  SegmentAnswers answers (2);
  for (guint64 batch : {0, 10, 20})
    answers.note_batch (batch_at (batch).get ());
  answer (answers, 0, "2-3 8-9");
  answer (answers, 10, "10-12");
  answer (answers, 20, "");
  answer (answers, 10, "18-18", "a\nred\tcar");
  expect (subtitles_of (answers, file_of ("a", 0, 11)), "2000\t4000\twhen?\n8000\t11000\twhen?\n");
  expect (subtitles_of (answers, file_of ("b", 11, 25)), "0\t2000\twhen?\n7000\t8000\ta red car\n");
  expect (subtitles_of (answers, file_of ("c", 25, 40)), "");
}
GST_END_TEST

GST_START_TEST (test_settled)
{
  SegmentAnswers answers (2);
  answers.note_batch (batch_at (0).get ());
  answer (answers, 0, "");
  answers.note_closed (file_of ("a", 0, 15));
  answer (answers, 0, "?");  // the same question once more
  expect (settled (answers), "");
  answers.note_batch (batch_at (10).get ());
  answers.note_batch (batch_at (20).get ());
  answers.note_failure (10, "else?", "no network");
  answer (answers, 10, "");
  expect (settled (answers), "");
  answer (answers, 0, "", "else?");
  expect (settled (answers), "a");
  answers.note_closed (file_of ("b", 15, 30));
  answer (answers, 20, "");
  answer (answers, 20, "", "else?");
  // More may come that is about it.
  expect (settled (answers), "");
  answers.note_end ();
  expect (settled (answers), "b");
  fail_unless_equals_int (static_cast<int> (answers.lost ()), 1);
  fail_unless_equals_int (static_cast<int> (answers.unanswered ()), 0);
}
GST_END_TEST

GST_START_TEST (test_forgotten)
{
  SegmentAnswers answers (1);
  for (guint64 batch : {0, 10, 20})
    answers.note_batch (batch_at (batch).get ());
  answer (answers, 0, "1-2");
  answer (answers, 10, "12-18");
  answers.note_closed (file_of ("a", 0, 15));
  expect (settled (answers), "a");
  fail_unless (!answers.note_answer (answer_of (batch_at (0).get (), "when?", "").get ()));
  expect (subtitles_of (answers, file_of ("b", 15, 25)), "0\t4000\twhen?\n");
  fail_unless_equals_int (static_cast<int> (answers.unanswered ()), 1);
}
GST_END_TEST

GST_START_TEST (test_durations)
{
  const struct {
    const char *text;
    GstClockTime length;
  } kLengths[] = {{"30", 30 * GST_SECOND},
                  {"30s", 30 * GST_SECOND},
                  {"10min", 600 * GST_SECOND},
                  {"1.5h", 5400 * GST_SECOND},
                  {"0.25s", 250 * GST_MSECOND},
                  {"0", 0},
                  {"", 0},
                  {"min", 0},
                  {"-1s", 0},
                  {"10 min", 0},
                  {"10m", 0},
                  {"1e300h", 0},
                  {"nan", 0}};
  for (const auto &[text, length] : kLengths)
    fail_unless_in_loop (parse_duration (text).value_or (0) == length, "%s", text);
}
GST_END_TEST

static Suite *segment_answers_suite (void)
{
  Suite *suite = suite_create ("segment_answers");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_events);
  tcase_add_test (tcase, test_settled);
  tcase_add_test (tcase, test_forgotten);
  tcase_add_test (tcase, test_durations);
  return suite;
}

GST_CHECK_MAIN (segment_answers);
