/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerreading.h"

#include <algorithm>
#include <set>

#include "answerform.h"
#include "batchnumbers.h"
#include "gst/numpro/reply/answercheck.h"
#include "gst/numpro/reply/answerreader.h"
#include "gst/numpro/reply/restatement.h"
#include "highlightexample.h"

namespace numpro {

namespace {

// What an answer's problem says of an obstacle is what the obstacle is registered as. A detail that
// goes on with the sentence brings what stands between.
std::string sentence_of (GstNumproObstacle obstacle, const std::string &detail)
{
  auto *values = static_cast<GEnumClass *> (g_type_class_ref (GST_TYPE_NUMPRO_OBSTACLE));
  std::string sentence = g_enum_get_value (values, obstacle)->value_name;
  const bool goes_on = detail.empty () || std::string_view (" ,;").find (detail[0]) != detail.npos;
  sentence += (goes_on ? "" : ": ") + detail;
  return sentence.ends_with ('.') ? sentence : sentence + ".";
}

// What must hold of scores besides what holds of all numbers.
void check_scores (Reading &reading, GstNumproLedger *ledger)
{
  if (!reading.is_read ())
    return;
  if (repeats_example (reading.scores, highlight_example (ledger)))
    reading.obstacle = GST_NUMPRO_OBSTACLE_EXAMPLE;
  std::set<guint64> numbers;
  for (const NumberScore &score : reading.scores) {
    if (!numbers.insert (score.number).second) {
      reading.obstacle = GST_NUMPRO_OBSTACLE_SCORES;
      reading.detail = "frame " + std::to_string (score.number) + " has two";
    }
  }
}

std::string from_to (guint64 first, guint64 last)
{
  return std::to_string (first) + " to " + std::to_string (last);
}

void check_seen (AnswerData &answer, GstNumproLedger *ledger)
{
  const std::vector<guint64> numbers = numbers_of (ledger);
  const std::string all = numbers.empty () ? "none" : from_to (numbers.front (), numbers.back ());
  if (!answer.first_seen || !answer.last_seen)
    answer.problems.emplace_back ("It does not say which numbers were seen first and last.");
  else if (const std::string seen = from_to (*answer.first_seen, *answer.last_seen); seen != all)
    answer.problems.push_back ("The numbers seen are " + seen + ", those of the batch " + all +
                               ".");
}

void take (AnswerData &answer, Verdict verdict)
{
  answer.problems.clear ();
  if (verdict.obstacle != GST_NUMPRO_OBSTACLE_NONE) {
    hold_up (answer, verdict.obstacle, verdict.detail);
    return;
  }
  answer.obstacle = GST_NUMPRO_OBSTACLE_NONE;
  answer.spans = std::move (verdict.spans);
}

// Once each.
void add_problem (AnswerData &answer, const std::string &problem)
{
  if (std::find (answer.problems.begin (), answer.problems.end (), problem) ==
      answer.problems.end ())
    answer.problems.push_back (problem);
}

// Tells where frames stand for no time that is known.
void check_times (AnswerData &answer, GstNumproLedger *ledger)
{
  const guint length = gst_numpro_ledger_get_length (ledger);
  bool has_time = length == 0;
  for (guint i = 0; i < length && !has_time; ++i)
    has_time = GST_CLOCK_TIME_IS_VALID (gst_numpro_ledger_get_sample (ledger, i)->stream_time);
  if (!has_time) {
    add_problem (answer, "The stream has no times: what is found is known by frames alone.");
    return;
  }
  for (const GstNumproSpan &span : answer.spans) {
    if (!GST_CLOCK_TIME_IS_VALID (span.start))
      add_problem (answer, "The time of frame " + std::to_string (span.first) + " is not known.");
    if (!GST_CLOCK_TIME_IS_VALID (span.end))
      add_problem (answer, "The time at which frame " + std::to_string (span.last) +
                               " is over is not known.");
  }
}

// Tells the holes in the stream that lie in spans.
void check_gaps (AnswerData &answer, GstNumproLedger *ledger)
{
  for (const GstNumproSpan &span : answer.spans) {
    guint first = 0, last = 0;
    if (!gst_numpro_ledger_find (ledger, span.first, &first, nullptr) ||
        !gst_numpro_ledger_find (ledger, span.last, &last, nullptr))
      continue;
    for (guint i = first + 1; i <= last; ++i) {
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
      const std::string problem = "The stream has no frames for the " +
                                  gap_text (sample->gap_before) + " seconds before frame " +
                                  std::to_string (sample->number) + ".";
      if (sample->gap_before > 0)
        add_problem (answer, problem);
    }
  }
}

void take (AnswerData &answer, Reading reading, GstNumproLedger *ledger)
{
  check_scores (reading, ledger);
  take (answer, check_reading (reading, ledger));
  if (answer.is_valid ())
    answer.highlights = std::move (reading.scores);
  if (answer.has_check)
    check_seen (answer, ledger);
  check_gaps (answer, ledger);
  check_times (answer, ledger);
}

// What one answer has, then what the other one has.
template <typename T>
std::vector<T> both (std::vector<T> first, const std::vector<T> &second)
{
  first.insert (first.end (), second.begin (), second.end ());
  return first;
}

}  // namespace

void hold_up (AnswerData &answer, GstNumproObstacle obstacle, const std::string &detail)
{
  // A later obstacle is one that makes the earlier one not worth a word.
  if (!answer.is_valid () && !answer.problems.empty ())
    answer.problems.erase (answer.problems.begin ());
  answer.obstacle = obstacle;
  answer.problems.insert (answer.problems.begin (), sentence_of (obstacle, detail));
  answer.spans.clear ();
  answer.highlights.clear ();
}

void read_answer_text (AnswerData &answer, GstNumproPrompt *prompt, GstNumproLedger *ledger)
{
  answer.has_highlights = gst_numpro_prompt_get_task (prompt) == GST_NUMPRO_TASK_HIGHLIGHT;
  answer.has_check = asks_for_seen (prompt, ledger);
  Reading reading = read_answer (prompt, without_sheet_labels (answer.text, ledger));
  answer.first_seen = reading.first_seen;
  answer.last_seen = reading.last_seen;
  take (answer, std::move (reading), ledger);
}

void read_answer_restated (AnswerData &answer, GstNumproPrompt *prompt, GstNumproLedger *ledger,
                           const std::string &text)
{
  const std::vector<guint64> numbers = numbers_of (ledger);
  const NumberRange whole =
      numbers.empty () ? NumberRange{0, 0} : NumberRange{numbers.front (), numbers.back ()};
  const std::string original = without_sheet_labels (answer.text, ledger);
  answer.restatement = text;
  take (answer,
        read_restatement (gst_numpro_prompt_get_task (prompt),
                          {answer.question, original, answer.obstacle, text}, whole),
        ledger);
}

AnswerData merge_answers (const AnswerData &one, const AnswerData &other, GstNumproLedger *ledger)
{
  AnswerData answer;
  take (answer, join_spans (both (one.spans, other.spans), ledger));
  answer.batch = gst_numpro_ledger_get_batch (ledger);
  answer.question = one.question;
  answer.text = one.text + "\n" + other.text;
  if (answer.is_valid ())
    answer.obstacle = one.is_valid () ? other.obstacle : one.obstacle;
  answer.problems = both (answer.problems, both (one.problems, other.problems));
  answer.has_highlights = one.has_highlights;
  answer.highlights = both (one.highlights, other.highlights);
  answer.has_check = one.has_check;
  answer.first_seen = one.first_seen;
  answer.last_seen = other.last_seen;
  if (one.restatement || other.restatement)
    answer.restatement = one.restatement.value_or ("") + "\n" + other.restatement.value_or ("");
  answer.utc_source = one.utc_source;
  check_gaps (answer, ledger);
  check_times (answer, ledger);
  return answer;
}

}  // namespace numpro
