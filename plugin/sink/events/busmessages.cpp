/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "busmessages.h"

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

}  // namespace

void BusMessages::on_batch_ready (const BatchReady &event)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (event.batch);
  const guint count = gst_numpro_ledger_get_length (ledger);
  const GstNumproSample *first = gst_numpro_ledger_get_sample (ledger, 0);
  const GstNumproSample *last = gst_numpro_ledger_get_sample (ledger, count - 1);
  const SpanPtr span (gst_numpro_span_new (ledger, first->number, last->number, nullptr));
  GstStructure *structure = gst_structure_new ("numpro/batch", "batch", G_TYPE_UINT64,
                                               gst_numpro_ledger_get_batch (ledger), "count",
                                               G_TYPE_UINT, count, nullptr);
  set_sources (structure, ledger);
  set_span (structure, *span);
  if (!event.location.empty ())
    gst_structure_set (structure, "location", G_TYPE_STRING, event.location.c_str (), nullptr);
  post (element_, structure);
}

void BusMessages::on_lost (const Lost &event)
{
  GstStructure *structure =
      gst_structure_new ("numpro/failure", "reason", G_TYPE_STRING, nick_of (event.reason),
                         "message", G_TYPE_STRING, event.sentence.c_str (), nullptr);
  if (event.batch)
    gst_structure_set (structure, "batch", G_TYPE_UINT64, *event.batch, nullptr);
  if (event.question)
    gst_structure_set (structure, "question", G_TYPE_STRING, event.question->c_str (), nullptr);
  set_numbers (structure, event.numbers);
  post (element_, structure);
}

void BusMessages::on_answered (const Answered &event)
{
  GstNumproAnswer *answer = event.answer;
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
  if (!event.location.empty ())
    gst_structure_set (structure, "location", G_TYPE_STRING, event.location.c_str (), nullptr);
  post (element_, structure);
}

}  // namespace numpro
