/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sinkbatch.h"

Batch pull_batch (GstElement *sink, GstClockTime timeout)
{
  GstNumproBatch *batch = nullptr;
  g_signal_emit_by_name (sink, "try-pull-batch", timeout, &batch);
  return Batch (batch);
}

std::vector<guint64> numbers_of (GstNumproBatch *batch)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  std::vector<guint64> numbers;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    numbers.push_back (gst_numpro_ledger_get_sample (ledger, i)->number);
  return numbers;
}
