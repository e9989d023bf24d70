/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answer.h"

#include <algorithm>
#include <cmath>

#include "answerdata.h"
#include "answerreading.h"
#include "batchnumbers.h"
#include "document.h"
#include "miniobject.h"

using namespace numpro;

/**
 * gst_numpro_answer_ref:
 * @answer: an answer
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): the same
 * Since: 0.1
 */
/**
 * gst_numpro_answer_unref:
 * @answer: (transfer full): an answer
 *
 * Gives a reference back; the last one frees the answer.
 * Since: 0.1
 */
NUMPRO_DEFINE_MINI_OBJECT (GstNumproAnswer, gst_numpro_answer)

namespace {

GstNumproAnswer *read_answer_document (const JsonFields &fields)
{
  AnswerData data = read_answer_data (fields);
  auto *answer = new_mini_object<GstNumproAnswer> (GST_TYPE_NUMPRO_ANSWER);
  answer->data = std::move (data);
  return answer;
}

}  // namespace

/**
 * gst_numpro_answer_new:
 * @prompt: what was asked
 * @ledger: the batch that was asked about
 * @text: what the model said
 *
 * Reads what a model said, all of it or nothing. It may be what the prompt asks for in English or
 * in Chinese, other words for a range, several ranges, the question repeated around them, Markdown,
 * JSON with or without fences, and reasoning before it. Where there is more, the answer is not
 * valid: the model may be asked what it means, gst_numpro_answer_needs_restatement().
 *
 * Returns: (transfer full): the answer, valid or not
 * Since: 0.1
 */
GstNumproAnswer *gst_numpro_answer_new (GstNumproPrompt *prompt, GstNumproLedger *ledger,
                                        const gchar *text)
{
  g_return_val_if_fail (prompt && ledger && text, nullptr);

  auto *answer = new_mini_object<GstNumproAnswer> (GST_TYPE_NUMPRO_ANSWER);
  AnswerData &data = answer->data;
  const TextPtr utf8 (g_utf8_make_valid (text, -1));
  data.text = utf8.get ();
  data.batch = gst_numpro_ledger_get_batch (ledger);
  data.question = gst_numpro_prompt_get_question (prompt);
  if (const gchar *source = utc_source_of (ledger))
    data.utc_source = source;
  read_answer_text (data, prompt, ledger);
  return answer;
}

/**
 * gst_numpro_answer_new_from_json:
 * @json: what gst_numpro_answer_to_json() wrote
 * @length: length of @json in bytes, or -1 when it ends in a zero byte
 * @error: where to say what is wrong and where
 *
 * Reads an answer.
 *
 * Returns: (transfer full): the answer; %NULL with @error set when @json is malformed, or of a
 *   version that this library does not read
 * Since: 0.1
 */
GstNumproAnswer *gst_numpro_answer_new_from_json (const gchar *json, gssize length, GError **error)
{
  g_return_val_if_fail (json, nullptr);

  return read_document (json, length, "answer", read_answer_document, error);
}

/**
 * gst_numpro_answer_merge:
 * @first: an answer about the first part of a batch
 * @second: the answer to the same question about the rest
 * @ledger: the whole batch
 *
 * Makes one answer where a batch was more than a server takes at once. Spans that meet become one.
 * It is valid when both are; spans of one are kept when the other one is not valid. How it was
 * delivered is to be set again.
 *
 * Returns: (transfer full): the answer about @ledger
 * Since: 0.1
 */
GstNumproAnswer *gst_numpro_answer_merge (GstNumproAnswer *first, GstNumproAnswer *second,
                                          GstNumproLedger *ledger)
{
  g_return_val_if_fail (first && second && ledger, nullptr);

  auto *answer = new_mini_object<GstNumproAnswer> (GST_TYPE_NUMPRO_ANSWER);
  answer->data = merge_answers (first->data, second->data, ledger);
  return answer;
}

/**
 * gst_numpro_answer_to_json:
 * @answer: an answer
 *
 * Writes an answer, to be read by gst_numpro_answer_new_from_json().
 *
 * Returns: (transfer full): the answer as a JSON object
 * Since: 0.1
 */
gchar *gst_numpro_answer_to_json (GstNumproAnswer *answer)
{
  g_return_val_if_fail (answer, nullptr);

  return document_to_text (answer_to_json (answer->data));
}

/**
 * gst_numpro_answer_get_batch:
 * @answer: an answer
 *
 * Tells which batch was asked about.
 *
 * Returns: number of the batch that it is about
 * Since: 0.1
 */
guint64 gst_numpro_answer_get_batch (GstNumproAnswer *answer)
{
  return answer->data.batch;
}

/**
 * gst_numpro_answer_get_question:
 * @answer: an answer
 *
 * Tells what was asked.
 *
 * Returns: the question
 * Since: 0.1
 */
const gchar *gst_numpro_answer_get_question (GstNumproAnswer *answer)
{
  return answer->data.question.c_str ();
}

/**
 * gst_numpro_answer_get_text:
 * @answer: an answer
 *
 * Gives the words of the model, whether they could be read or not.
 *
 * Returns: what the model said
 * Since: 0.1
 */
const gchar *gst_numpro_answer_get_text (GstNumproAnswer *answer)
{
  return answer->data.text.c_str ();
}

/**
 * gst_numpro_answer_get_found:
 * @answer: an answer
 *
 * Tells whether what was asked about is to be seen in the batch.
 *
 * Returns: whether there are spans
 * Since: 0.1
 */
gboolean gst_numpro_answer_get_found (GstNumproAnswer *answer)
{
  return answer->data.is_found ();
}

/**
 * gst_numpro_answer_get_valid:
 * @answer: an answer
 *
 * Tells whether the answer may be used.
 *
 * Returns: whether it is whole, could be read, and names no number that is not in the batch
 * Since: 0.1
 */
gboolean gst_numpro_answer_get_valid (GstNumproAnswer *answer)
{
  return answer->data.is_valid ();
}

/**
 * gst_numpro_answer_get_obstacle:
 * @answer: an answer
 *
 * Tells why an answer is not valid, for programs. The first of its problems says it to people.
 *
 * Returns: what is in the way; %GST_NUMPRO_OBSTACLE_NONE of a valid answer
 * Since: 0.1
 */
GstNumproObstacle gst_numpro_answer_get_obstacle (GstNumproAnswer *answer)
{
  return answer->data.obstacle;
}

/**
 * gst_numpro_answer_get_problems:
 * @answer: an answer
 *
 * Tells what is wrong with an answer. A valid one may have problems too.
 *
 * Returns: (transfer full) (array zero-terminated=1): why it is not valid, or what is odd about it
 * Since: 0.1
 */
gchar **gst_numpro_answer_get_problems (GstNumproAnswer *answer)
{
  const std::vector<std::string> &problems = answer->data.problems;
  gchar **texts = g_new0 (gchar *, problems.size () + 1);
  std::transform (problems.begin (), problems.end (), texts,
                  [] (const std::string &problem) { return g_strdup (problem.c_str ()); });
  return texts;
}

/**
 * gst_numpro_answer_get_n_spans:
 * @answer: an answer
 *
 * Counts the spans.
 *
 * Returns: how many spans there are
 * Since: 0.1
 */
guint gst_numpro_answer_get_n_spans (GstNumproAnswer *answer)
{
  return static_cast<guint> (answer->data.spans.size ());
}

/**
 * gst_numpro_answer_get_span:
 * @answer: an answer
 * @index: from 0, in the order of time
 *
 * Gives one of the spans: numbers, and the time that they stand for.
 *
 * Returns: (transfer none) (nullable): the span, owned by @answer; %NULL beyond the last one
 * Since: 0.1
 */
const GstNumproSpan *gst_numpro_answer_get_span (GstNumproAnswer *answer, guint index)
{
  return index < answer->data.spans.size () ? &answer->data.spans[index] : nullptr;
}

/**
 * gst_numpro_answer_get_utc_source:
 * @answer: an answer
 *
 * Tells whose clock the UTC times of spans are by. The batch has one.
 *
 * Returns: (nullable): #GstNumproSample.utc_source of the batch's samples; %NULL where there are no
 *   UTC times
 * Since: 0.1
 */
const gchar *gst_numpro_answer_get_utc_source (GstNumproAnswer *answer)
{
  return answer->data.utc_source ? answer->data.utc_source->c_str () : nullptr;
}

/**
 * gst_numpro_answer_get_n_highlights:
 * @answer: an answer
 *
 * Counts the highlights.
 *
 * Returns: how many frames have a score; 0 where highlights were not asked for
 * Since: 0.1
 */
guint gst_numpro_answer_get_n_highlights (GstNumproAnswer *answer)
{
  return static_cast<guint> (answer->data.highlights.size ());
}

/**
 * gst_numpro_answer_get_highlight:
 * @answer: an answer
 * @index: from 0, in the order of the answer
 * @number: (out) (optional): number of a frame
 * @score: (out) (optional): its score, from 1 to 5
 *
 * Gives one of the highlights, which the task %GST_NUMPRO_TASK_HIGHLIGHT asks for.
 *
 * Returns: whether there is one
 * Since: 0.1
 */
gboolean gst_numpro_answer_get_highlight (GstNumproAnswer *answer, guint index, guint64 *number,
                                          gdouble *score)
{
  if (index >= answer->data.highlights.size ())
    return FALSE;
  if (number)
    *number = answer->data.highlights[index].number;
  if (score)
    *score = answer->data.highlights[index].score;
  return TRUE;
}

/**
 * gst_numpro_answer_set_delivery:
 * @answer: a writable answer
 * @model: who answered
 * @latency: after how many seconds; JSON has it in whole milliseconds
 * @attempts: how many requests it took
 * @usage: (nullable): what the server says it cost, a JSON object; anything else is left out
 *
 * Says who answered, and what it took.
 * Since: 0.1
 */
void gst_numpro_answer_set_delivery (GstNumproAnswer *answer, const gchar *model, gdouble latency,
                                     guint attempts, const gchar *usage)
{
  g_return_if_fail (answer && gst_mini_object_is_writable (answer));
  g_return_if_fail (model && std::isfinite (latency));

  AnswerData &data = answer->data;
  const TextPtr utf8 (g_utf8_make_valid (model, -1));
  data.model = utf8.get ();
  data.latency = latency;
  data.attempts = attempts;
  data.usage = usage_of (usage);
}

/**
 * gst_numpro_answer_get_model:
 * @answer: an answer
 *
 * Tells which model answered, as the server names it.
 *
 * Returns: (nullable): who answered; %NULL as long as gst_numpro_answer_set_delivery() has not said
 * Since: 0.1
 */
const gchar *gst_numpro_answer_get_model (GstNumproAnswer *answer)
{
  return answer->data.model ? answer->data.model->c_str () : nullptr;
}

/**
 * gst_numpro_answer_get_latency:
 * @answer: an answer
 *
 * Tells how long the model took, of a batch asked about in parts the sum.
 *
 * Returns: after how many seconds it came
 * Since: 0.1
 */
gdouble gst_numpro_answer_get_latency (GstNumproAnswer *answer)
{
  return answer->data.latency;
}

/**
 * gst_numpro_answer_get_attempts:
 * @answer: an answer
 *
 * Counts the requests that were sent, also those that failed.
 *
 * Returns: how many requests it took
 * Since: 0.1
 */
guint gst_numpro_answer_get_attempts (GstNumproAnswer *answer)
{
  return answer->data.attempts;
}

/**
 * gst_numpro_answer_set_obstacle:
 * @answer: a writable answer
 * @obstacle: why it is not valid
 * @detail: (nullable): more about that, for people: what stands behind the obstacle's sentence and
 * a colon, or goes on with it after a blank, comma or semicolon of its own
 *
 * Makes an answer invalid for what its text cannot tell, such as that it was cut. Like any answer
 * that is not valid it has no spans and no highlights from then on, and the obstacle is the first
 * of its problems. Since: 0.1
 */
void gst_numpro_answer_set_obstacle (GstNumproAnswer *answer, GstNumproObstacle obstacle,
                                     const gchar *detail)
{
  g_return_if_fail (answer && gst_mini_object_is_writable (answer));
  g_return_if_fail (obstacle != GST_NUMPRO_OBSTACLE_NONE);

  const TextPtr utf8 (g_utf8_make_valid (detail ? detail : "", -1));
  hold_up (answer->data, obstacle, utf8.get ());
}

/**
 * gst_numpro_answer_invalidate:
 * @answer: a writable answer
 * @reason: why it must not be relied on; becomes the first of its problems
 *
 * The same for a reason that is none of a model's or a server's: the obstacle is
 * %GST_NUMPRO_OBSTACLE_OTHER.
 * Since: 0.1
 */
void gst_numpro_answer_invalidate (GstNumproAnswer *answer, const gchar *reason)
{
  g_return_if_fail (answer && gst_mini_object_is_writable (answer));
  g_return_if_fail (reason);

  const TextPtr utf8 (g_utf8_make_valid (reason, -1));
  hold_up (answer->data, GST_NUMPRO_OBSTACLE_OTHER, "");
  answer->data.problems.front () = utf8.get ();
}
