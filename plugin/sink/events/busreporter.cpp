/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "busreporter.h"

#include "gst/numpro/enumnick.h"

namespace numpro {

namespace {

const char *null_if_empty (const std::string &text)
{
  return text.empty () ? nullptr : text.c_str ();
}

std::vector<guint64> numbers_of (GstNumproLedger *ledger)
{
  std::vector<guint64> numbers;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    numbers.push_back (gst_numpro_ledger_get_sample (ledger, i)->number);
  return numbers;
}

GstNumproLossReason reason_of (const std::string &word)
{
  return enum_from_nick<GstNumproLossReason> (GST_TYPE_NUMPRO_LOSS_REASON, word.c_str ()).value ();
}

}  // namespace

BusReporter::BusReporter (GstElement *element, const Signals &signals, const SinkSettings &settings)
    : element_ (element),
      signals_ (signals),
      on_error_ (settings.on_error),
      emit_signals_ (settings.emit_signals)
{
}

void BusReporter::batch_ready (GstNumproBatch *batch, const std::string &bundle)
{
  gst_element_post_message (
      element_,
      gst_message_new_numpro_batch (GST_OBJECT (element_), gst_numpro_batch_get_ledger (batch),
                                    null_if_empty (bundle)));
}

void BusReporter::lost (const Loss &loss)
{
  gst_element_post_message (
      element_, gst_message_new_numpro_failure (GST_OBJECT (element_), reason_of (loss.reason),
                                                loss.sentence.c_str (),
                                                loss.batch.value_or (GST_NUMPRO_NO_BATCH), nullptr,
                                                loss.numbers.data (), loss.numbers.size ()));

  const std::string what = loss.batch ? "Batch " + std::to_string (*loss.batch) + " was lost: "
                                      : std::string ("Samples were lost: ");
  complain (loss.reason, what + loss.sentence + ".");
}

void BusReporter::question_lost (const QuestionLoss &loss)
{
  const guint64 batch = gst_numpro_ledger_get_batch (loss.ledger);
  const std::vector<guint64> numbers = numbers_of (loss.ledger);
  gst_element_post_message (
      element_, gst_message_new_numpro_failure (GST_OBJECT (element_), reason_of (loss.reason),
                                                loss.sentence.c_str (), batch,
                                                gst_numpro_prompt_get_question (loss.prompt),
                                                numbers.data (), numbers.size ()));

  complain (loss.reason, "The question about batch " + std::to_string (batch) +
                             " was lost: " + loss.sentence + ".");
}

// A key that the server does not take will not be taken for the next batch either.
bool BusReporter::is_told_already (const std::string &reason)
{
  return reason == "unauthorized" && unauthorized_.exchange (true);
}

void BusReporter::complain (const std::string &reason, const std::string &sentence)
{
  // What was asked for is no failure of the stream; what no model answered is complained about
  // question by question.
  if (reason == "flush" || reason == "stop" || reason == "model" || is_told_already (reason))
    return;
  const bool is_of_the_key = reason == "unauthorized";
  if (on_error_ == OnError::kWarn) {
    if (is_of_the_key)
      GST_ELEMENT_WARNING (element_, RESOURCE, NOT_AUTHORIZED, ("%s", sentence.c_str ()),
                           ("%s", reason.c_str ()));
    else
      GST_ELEMENT_WARNING (element_, RESOURCE, WRITE, ("%s", sentence.c_str ()),
                           ("%s", reason.c_str ()));
    return;
  }
  // One is enough: the streaming thread sees it too.
  if (has_complained_.exchange (true))
    return;
  if (is_of_the_key)
    GST_ELEMENT_ERROR (element_, RESOURCE, NOT_AUTHORIZED, ("%s", sentence.c_str ()),
                       ("%s", reason.c_str ()));
  else
    GST_ELEMENT_ERROR (element_, RESOURCE, WRITE, ("%s", sentence.c_str ()),
                       ("%s", reason.c_str ()));
  // Only now: what the source says of a stream that ended comes after what ended it.
  failed_ = true;
}

void BusReporter::emit_batch (GstNumproBatch *batch)
{
  g_signal_emit (element_, signals_.new_batch, 0, batch);
}

void BusReporter::answered (GstNumproAnswer *answer, const std::string &bundle)
{
  gst_element_post_message (element_, gst_message_new_numpro_answer (GST_OBJECT (element_), answer,
                                                                     null_if_empty (bundle)));
  if (emit_signals_)
    g_signal_emit (element_, signals_.new_answer, 0, answer);
}

}  // namespace numpro
