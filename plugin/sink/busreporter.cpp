/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "busreporter.h"

#include "owned.h"

namespace numpro {

namespace {

void post (GstElement *element, GstStructure *structure)
{
  gst_element_post_message (element, gst_message_new_element (GST_OBJECT (element), structure));
}

void set_numbers (GstStructure *structure, const std::vector<guint64> &numbers)
{
  GValue array = G_VALUE_INIT;
  gst_value_array_init (&array, static_cast<guint> (numbers.size ()));
  for (guint64 number : numbers) {
    GValue value = G_VALUE_INIT;
    g_value_init (&value, G_TYPE_UINT64);
    g_value_set_uint64 (&value, number);
    gst_value_array_append_and_take_value (&array, &value);
  }
  gst_structure_take_value (structure, "numbers", &array);
}

}  // namespace

void BusReporter::batch_ready (GstNumproBatch *batch, const std::string &bundle)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  const guint count = gst_numpro_ledger_get_length (ledger);
  const GstNumproSample *first = gst_numpro_ledger_get_sample (ledger, 0);
  const GstNumproSample *last = gst_numpro_ledger_get_sample (ledger, count - 1);
  const SpanPtr span (gst_numpro_span_new (ledger, first->number, last->number, nullptr));
  const TextPtr utc_start (gst_numpro_utc_to_string (span->utc_start));
  const TextPtr utc_end (gst_numpro_utc_to_string (span->utc_end));
  GstStructure *structure = gst_structure_new (
      "numpro/batch", "batch", G_TYPE_UINT64, gst_numpro_ledger_get_batch (ledger), "stream",
      G_TYPE_STRING, gst_numpro_ledger_get_stream (ledger), "count", G_TYPE_UINT, count, "first",
      G_TYPE_UINT64, span->first, "last", G_TYPE_UINT64, span->last, "start", G_TYPE_UINT64,
      span->start, "end", G_TYPE_UINT64, span->end, "utc-start", G_TYPE_STRING, utc_start.get (),
      "utc-end", G_TYPE_STRING, utc_end.get (), nullptr);
  if (!bundle.empty ())
    gst_structure_set (structure, "location", G_TYPE_STRING, bundle.c_str (), nullptr);
  post (element_, structure);
}

void BusReporter::lost (const Loss &loss)
{
  GstStructure *structure =
      gst_structure_new ("numpro/failure", "reason", G_TYPE_STRING, loss.reason.c_str (), "message",
                         G_TYPE_STRING, loss.sentence.c_str (), nullptr);
  if (loss.batch)
    gst_structure_set (structure, "batch", G_TYPE_UINT64, *loss.batch, nullptr);
  set_numbers (structure, loss.numbers);
  post (element_, structure);

  // What was asked for is no failure of the stream.
  if (loss.reason == "flush" || loss.reason == "stop")
    return;
  const std::string what = loss.batch ? "Batch " + std::to_string (*loss.batch) + " was lost: "
                                      : std::string ("Samples were lost: ");
  const std::string sentence = what + loss.sentence + ".";
  if (on_error_ == OnError::kWarn) {
    GST_ELEMENT_WARNING (element_, RESOURCE, WRITE, ("%s", sentence.c_str ()),
                         ("%s", loss.reason.c_str ()));
  } else if (!failed_.exchange (true)) {
    // One is enough: the streaming thread sees it too.
    GST_ELEMENT_ERROR (element_, RESOURCE, WRITE, ("%s", sentence.c_str ()),
                       ("%s", loss.reason.c_str ()));
  }
}

void BusReporter::emit_batch (GstNumproBatch *batch)
{
  g_signal_emit_by_name (element_, "new-batch", batch);
}

}  // namespace numpro
