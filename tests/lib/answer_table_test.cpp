/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What models write, and what is read in it: answertable.h.
//
// test_moments, test_live, test_wrapped, test_ambiguous, test_sparse: an answer that is not
// understood, or understood as another; a number that is none of a frame taken for one; a number
// that nobody sent moved into the batch; frames where it says that there are none.
// test_checked: a server that dropped images not noticed; numbers seen taken for the answer.
// test_highlights: scores given to other frames; the prompt's example taken for an answer.
// test_descriptions: counts and times in a description taken for frames.
// test_grid: the labels of sheets taken for the answer.
// test_long: time that grows faster than the text, a stack that overflows.

#include "tests/support/answertable.h"
#include "tests/support/ledgers.h"

#include "tests/support/loopcheck.h"

namespace {

struct Question {
  GstNumproTask task = GST_NUMPRO_TASK_MOMENT;
  bool is_checked = false;
  GstNumproLedger *ledger = nullptr;
};

Owned<GstNumproAnswer> read (const Question &question, const char *text)
{
  const Owned<GstNumproPrompt> prompt (gst_numpro_prompt_new (question.task, "a red car"));
  gst_numpro_prompt_set_check_frames (prompt.get (), question.is_checked);
  return Owned<GstNumproAnswer> (gst_numpro_answer_new (prompt.get (), question.ledger, text));
}

// The answer in the words of the table.
std::string verdict_on (GstNumproAnswer *answer)
{
  if (!gst_numpro_answer_get_valid (answer))
    return "unread";
  std::string verdict = spans_of (answer);
  guint64 number = 0;
  double score = 0;
  for (guint i = 0; gst_numpro_answer_get_highlight (answer, i, &number, &score); ++i) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    verdict +=
        " " + std::to_string (number) + "=" + g_ascii_formatd (text, sizeof (text), "%g", score);
  }
  return verdict.empty () ? "never" : verdict;
}

int failures;

void check_row (const Question &question, const AnswerRow &row)
{
  const Owned<GstNumproAnswer> answer = read (question, row.text);
  const std::string expected = row.expected, verdict = verdict_on (answer.get ());
  const std::size_t colon = expected.find (": ");
  const std::string problems = problems_of (answer.get ());
  const bool has_problem = colon == std::string::npos
                               ? problems.empty () || verdict == "unread"
                               : problems.find (expected.substr (colon + 2)) != std::string::npos;
  const bool is_reasoned = verdict != "unread" || !problems.empty ();
  if (verdict == expected.substr (0, colon) && has_problem && is_reasoned)
    return;
  ++failures;
  g_printerr ("%s\n  expected: %s\n  read: %s (%s)\n", row.text, row.expected, verdict.c_str (),
              problems.c_str ());
}

template <std::size_t N>
void check_table (const Question &question, const AnswerRow (&rows)[N])
{
  failures = 0;
  for (const AnswerRow &row : rows)
    check_row (question, row);
  fail_unless (failures == 0, "%d of %d answers", failures, static_cast<int> (N));
}

}  // namespace

GST_START_TEST (test_moments)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 32));
  check_table ({.ledger = ledger.get ()}, kMomentAnswers);
}
GST_END_TEST

GST_START_TEST (test_live)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (96, 32));
  check_table ({.ledger = ledger.get ()}, kLiveAnswers);
}
GST_END_TEST

GST_START_TEST (test_wrapped)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (98, 13, 1, 100));
  check_table ({.ledger = ledger.get ()}, kWrappedAnswers);
}
GST_END_TEST

GST_START_TEST (test_ambiguous)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 20, 1, 10));
  check_table ({.ledger = ledger.get ()}, kAmbiguousAnswers);
}
GST_END_TEST

GST_START_TEST (test_sparse)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 11, 30));
  check_table ({.ledger = ledger.get ()}, kSparseAnswers);
}
GST_END_TEST

GST_START_TEST (test_checked)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 32));
  check_table ({.is_checked = true, .ledger = ledger.get ()}, kCheckedAnswers);
}
GST_END_TEST

GST_START_TEST (test_highlights)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 32));
  check_table ({.task = GST_NUMPRO_TASK_HIGHLIGHT, .ledger = ledger.get ()}, kHighlightAnswers);
}
GST_END_TEST

GST_START_TEST (test_descriptions)
{
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 32));
  check_table ({.task = GST_NUMPRO_TASK_DESCRIBE, .ledger = ledger.get ()}, kDescribeAnswers);
}
GST_END_TEST

GST_START_TEST (test_grid)
{
  const Owned<GstNumproLedger> ledger = grid_of (numbers_from (0, 32), 12);
  check_table ({.ledger = ledger.get ()}, kGridAnswers);
}
GST_END_TEST

GST_START_TEST (test_long)
{
  constexpr std::size_t kBytes = 50000;
  const Owned<GstNumproLedger> ledger = ledger_of (numbers_from (0, 2000));
  const char *const kPieces[] = {"from 3 to 9 ",
                                 "from ",
                                 "3, ",
                                 "3",
                                 "not ",
                                 "[",
                                 "{",
                                 "{\"a\":[",
                                 "<think>",
                                 "</think>",
                                 "frame ",
                                 "frames 3-",
                                 "not visible. ",
                                 "starts at frame 3 ",
                                 "第",
                                 "Answer: ",
                                 "\n1. ",
                                 "\"",
                                 "{} ",
                                 "From 3 to 9\n",
                                 "not any the any ",
                                 "1.",
                                 "1-",
                                 "1/",
                                 "- ",
                                 "frame 3. from 3 to 9. ",
                                 " ",
                                 "but ",
                                 "numbers seen: ",
                                 "<Frame 0 ",
                                 "score ",
                                 "frame 3: 4.5\n",
                                 "the frames are in the 3 ",
                                 "wait. "};
  for (const char *piece : kPieces) {
    std::string text;
    while (text.size () < kBytes)
      text += piece;
    for (int task = GST_NUMPRO_TASK_MOMENT; task <= GST_NUMPRO_TASK_DESCRIBE; ++task) {
      const gint64 start = g_get_monotonic_time ();
      read ({static_cast<GstNumproTask> (task), true, ledger.get ()}, text.c_str ());
      const gint64 took = g_get_monotonic_time () - start;
      // Hundredths of a second, unless time grows with the square of the length.
      fail_unless_in_loop (took < 5 * G_USEC_PER_SEC, "%s took %d s", piece,
                           static_cast<int> (took / G_USEC_PER_SEC));
    }
  }
}
GST_END_TEST

static Suite *answer_table_suite ()
{
  Suite *suite = suite_create ("answer_table");
  TCase *tcase = tcase_create ("answer_table");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_moments);
  tcase_add_test (tcase, test_live);
  tcase_add_test (tcase, test_wrapped);
  tcase_add_test (tcase, test_ambiguous);
  tcase_add_test (tcase, test_sparse);
  tcase_add_test (tcase, test_checked);
  tcase_add_test (tcase, test_highlights);
  tcase_add_test (tcase, test_descriptions);
  tcase_add_test (tcase, test_grid);
  tcase_add_test (tcase, test_long);
  return suite;
}

GST_CHECK_MAIN (answer_table)
