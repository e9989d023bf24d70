/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <cmath>

#include "answer.h"
#include "answerdata.h"
#include "answerform.h"
#include "answerreading.h"
#include "batchnumbers.h"
#include "gst/numpro/reply/answerreader.h"
#include "gst/numpro/reply/plaintext.h"
#include "owned.h"

using namespace numpro;

/**
 * gst_numpro_answer_needs_restatement:
 * @answer: an answer
 *
 * Tells whether the model is worth asking what it meant: it said something, whole and of its own,
 * and that could not be read. Once it has been asked there is no second time.
 *
 * Returns: whether gst_numpro_answer_make_restatement() may help
 * Since: 0.1
 */
gboolean gst_numpro_answer_needs_restatement (GstNumproAnswer *answer)
{
  return !answer->data.restatement && may_be_restated (answer->data.obstacle);
}

/**
 * gst_numpro_answer_make_restatement:
 * @answer: an answer that needs it
 * @prompt: what was asked
 * @ledger: the batch that was asked about
 *
 * Makes a question about an answer, to be asked of the model that gave it in a request without any
 * image: what its own answer means, in JSON. gst_numpro_prompt_get_restatement_schema() goes with
 * it, and gst_numpro_answer_restate() reads what comes back. Reasoning in the answer is left out.
 *
 * Returns: (transfer full): the text of the request
 * Since: 0.1
 */
gchar *gst_numpro_answer_make_restatement (GstNumproAnswer *answer, GstNumproPrompt *prompt,
                                           GstNumproLedger *ledger)
{
  g_return_val_if_fail (answer && prompt && ledger, nullptr);

  const std::string &text = answer->data.text;
  const std::vector<guint64> numbers = numbers_of (ledger);
  const std::string request = restatement_form (
      gst_numpro_prompt_get_task (prompt), gst_numpro_prompt_get_question (prompt),
      std::string (without_reasoning (text).value_or (text)),
      numbers.empty () ? 0 : numbers.front (), numbers.empty () ? 0 : numbers.back ());
  return g_strdup (request.c_str ());
}

/**
 * gst_numpro_answer_restate:
 * @answer: a writable answer that needs it
 * @prompt: what was asked
 * @ledger: the batch that was asked about
 * @text: what the model answered to gst_numpro_answer_make_restatement()
 *
 * Reads an answer by what the model says that it means. Numbers that the answer does not have are
 * refused, in digits of any script, except for the first and the last number of the batch where the
 * answer speaks of the beginning or the end. So are those of times. "Never" is refused where the
 * answer denies nothing, or says that the model sees no frames, is not sure, or sees it in some.
 *
 * Returns: whether the answer is valid now; its text stays what it was
 * Since: 0.1
 */
gboolean gst_numpro_answer_restate (GstNumproAnswer *answer, GstNumproPrompt *prompt,
                                    GstNumproLedger *ledger, const gchar *text)
{
  g_return_val_if_fail (answer && gst_mini_object_is_writable (answer), FALSE);
  g_return_val_if_fail (prompt && ledger && text, FALSE);
  g_return_val_if_fail (gst_numpro_answer_needs_restatement (answer), FALSE);

  const TextPtr utf8 (g_utf8_make_valid (text, -1));
  read_answer_restated (answer->data, prompt, ledger, utf8.get ());
  return answer->data.is_valid ();
}

/**
 * gst_numpro_answer_get_restatement:
 * @answer: an answer
 *
 * Gives what the model said when it was asked what it means.
 *
 * Returns: (nullable): its words; %NULL where it was not asked
 * Since: 0.1
 */
const gchar *gst_numpro_answer_get_restatement (GstNumproAnswer *answer)
{
  return answer->data.restatement ? answer->data.restatement->c_str () : nullptr;
}

/**
 * gst_numpro_answer_set_restatement_delivery:
 * @answer: a writable answer with a restatement
 * @latency: after how many seconds the restatement came
 * @usage: (nullable): what the server says it cost, as in gst_numpro_answer_set_delivery()
 *
 * Says what the restatement took, apart from what the answer took.
 * Since: 0.1
 */
void gst_numpro_answer_set_restatement_delivery (GstNumproAnswer *answer, gdouble latency,
                                                 const gchar *usage)
{
  g_return_if_fail (answer && gst_mini_object_is_writable (answer));
  g_return_if_fail (answer->data.restatement && std::isfinite (latency));

  answer->data.restatement_latency = latency;
  answer->data.restatement_usage = usage_of (usage);
}

/**
 * gst_numpro_answer_get_restatement_latency:
 * @answer: an answer
 *
 * Tells how long the model took to restate its answer.
 *
 * Returns: after how many seconds it came; 0 where it was not asked
 * Since: 0.1
 */
gdouble gst_numpro_answer_get_restatement_latency (GstNumproAnswer *answer)
{
  return answer->data.restatement_latency;
}
