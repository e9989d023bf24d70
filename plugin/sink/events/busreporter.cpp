/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "busreporter.h"

#include <algorithm>

#include "lib/base/owned.h"

namespace numpro {

namespace {

void post (GstElement *element, GstStructure *structure)
{
  gst_element_post_message (element, gst_message_new_element (GST_OBJECT (element), structure));
}

void append (GValue *array, GValue *value)
{
  gst_value_array_append_and_take_value (array, value);
}

void set_numbers (GstStructure *structure, const std::vector<guint64> &numbers)
{
  GValue array = G_VALUE_INIT;
  gst_value_array_init (&array, static_cast<guint> (numbers.size ()));
  for (guint64 number : numbers) {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, G_TYPE_UINT64);
    g_value_set_uint64 (&value, number);
    append (&array, &value);
  }
  gst_structure_take_value (structure, "numbers", &array);
}

std::vector<guint64> numbers_of (GstNumproLedger *ledger)
{
  std::vector<guint64> numbers;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    numbers.push_back (gst_numpro_ledger_get_sample (ledger, i)->number);
  return numbers;
}

// Adds the members of a span.
void set_span (GstStructure *structure, const GstNumproSpan &span)
{
  const TextPtr utc_start (gst_numpro_utc_to_string (span.utc_start));
  const TextPtr utc_end (gst_numpro_utc_to_string (span.utc_end));
  gst_structure_set (structure, "first", G_TYPE_UINT64, span.first, "last", G_TYPE_UINT64,
                     span.last, "start", G_TYPE_UINT64, span.start, "end", G_TYPE_UINT64, span.end,
                     "utc-start", G_TYPE_STRING, utc_start.get (), "utc-end", G_TYPE_STRING,
                     utc_end.get (), nullptr);
}

void set_spans (GstStructure *structure, GstNumproAnswer *answer)
{
  GValue array = G_VALUE_INIT;
  const guint count = gst_numpro_answer_get_n_spans (answer);
  gst_value_array_init (&array, count);
  for (guint i = 0; i < count; ++i) {
    GstStructure *span = gst_structure_new_empty ("span");
    set_span (span, *gst_numpro_answer_get_span (answer, i));
    GValue value = G_VALUE_INIT;
    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value, span);
    append (&array, &value);
  }
  gst_structure_take_value (structure, "spans", &array);
}

void set_problems (GstStructure *structure, GstNumproAnswer *answer)
{
  GValue array = G_VALUE_INIT;
  gchar **problems = gst_numpro_answer_get_problems (answer);
  gst_value_array_init (&array, g_strv_length (problems));
  for (gchar **problem = problems; *problem; ++problem) {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, G_TYPE_STRING);
    g_value_take_string (&value, *problem);
    append (&array, &value);
  }
  // The strings are the array's now.
  g_free (problems);
  gst_structure_take_value (structure, "problems", &array);
}

// The streams that samples are from, each once.
void set_sources (GstStructure *structure, GstNumproLedger *ledger)
{
  std::vector<const gchar *> sources;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i) {
    const gchar *source = gst_numpro_ledger_get_sample (ledger, i)->source;
    const auto is_same = [source] (const gchar *other) { return g_strcmp0 (source, other) == 0; };
    if (std::none_of (sources.begin (), sources.end (), is_same))
      sources.push_back (source);
  }
  GValue array = G_VALUE_INIT;
  gst_value_array_init (&array, static_cast<guint> (sources.size ()));
  for (const gchar *source : sources) {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, G_TYPE_STRING);
    g_value_set_string (&value, source);
    append (&array, &value);
  }
  gst_structure_take_value (structure, "sources", &array);
}

GstStructure *make_failure (const std::string &reason, const std::string &sentence)
{
  return gst_structure_new ("numpro/failure", "reason", G_TYPE_STRING, reason.c_str (), "message",
                            G_TYPE_STRING, sentence.c_str (), nullptr);
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
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  const guint count = gst_numpro_ledger_get_length (ledger);
  const GstNumproSample *first = gst_numpro_ledger_get_sample (ledger, 0);
  const GstNumproSample *last = gst_numpro_ledger_get_sample (ledger, count - 1);
  const SpanPtr span (gst_numpro_span_new (ledger, first->number, last->number, nullptr));
  GstStructure *structure = gst_structure_new ("numpro/batch", "batch", G_TYPE_UINT64,
                                               gst_numpro_ledger_get_batch (ledger), "count",
                                               G_TYPE_UINT, count, nullptr);
  set_sources (structure, ledger);
  set_span (structure, *span);
  if (!bundle.empty ())
    gst_structure_set (structure, "location", G_TYPE_STRING, bundle.c_str (), nullptr);
  post (element_, structure);
}

void BusReporter::lost (const Loss &loss)
{
  GstStructure *structure = make_failure (loss.reason, loss.sentence);
  if (loss.batch)
    gst_structure_set (structure, "batch", G_TYPE_UINT64, *loss.batch, nullptr);
  set_numbers (structure, loss.numbers);
  post (element_, structure);

  const std::string what = loss.batch ? "Batch " + std::to_string (*loss.batch) + " was lost: "
                                      : std::string ("Samples were lost: ");
  complain (loss.reason, what + loss.sentence + ".");
}

void BusReporter::question_lost (const QuestionLoss &loss)
{
  const guint64 batch = gst_numpro_ledger_get_batch (loss.ledger);
  const char *question = gst_numpro_prompt_get_question (loss.prompt);
  GstStructure *structure = make_failure (loss.reason, loss.sentence);
  gst_structure_set (structure, "batch", G_TYPE_UINT64, batch, "question", G_TYPE_STRING, question,
                     nullptr);
  set_numbers (structure, numbers_of (loss.ledger));
  post (element_, structure);

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
  GstStructure *structure = gst_structure_new (
      "numpro/answer", "batch", G_TYPE_UINT64, gst_numpro_answer_get_batch (answer), "question",
      G_TYPE_STRING, gst_numpro_answer_get_question (answer), "text", G_TYPE_STRING,
      gst_numpro_answer_get_text (answer), "found", G_TYPE_BOOLEAN,
      gst_numpro_answer_get_found (answer), "valid", G_TYPE_BOOLEAN,
      gst_numpro_answer_get_valid (answer), "model", G_TYPE_STRING,
      gst_numpro_answer_get_model (answer), "latency", G_TYPE_DOUBLE,
      gst_numpro_answer_get_latency (answer), "attempts", G_TYPE_UINT,
      gst_numpro_answer_get_attempts (answer), nullptr);
  set_problems (structure, answer);
  set_spans (structure, answer);
  if (!bundle.empty ())
    gst_structure_set (structure, "location", G_TYPE_STRING, bundle.c_str (), nullptr);
  post (element_, structure);
  if (emit_signals_)
    g_signal_emit (element_, signals_.new_answer, 0, answer);
}

}  // namespace numpro
