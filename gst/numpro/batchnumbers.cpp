/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batchnumbers.h"

namespace numpro {

std::vector<guint64> numbers_of (GstNumproLedger *ledger)
{
  std::vector<guint64> numbers;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    numbers.push_back (gst_numpro_ledger_get_sample (ledger, i)->number);
  return numbers;
}

bool is_grid (GstNumproLedger *ledger)
{
  const GstNumproSample *first = gst_numpro_ledger_get_sample (ledger, 0);
  return first && first->cell != GST_NUMPRO_NO_CELL;
}

std::string sheet_label (guint64 first, guint64 last)
{
  return "<Frame " + std::to_string (first) + " to Frame " + std::to_string (last) + ">";
}

std::vector<std::string> sheet_labels (GstNumproLedger *ledger)
{
  std::vector<std::string> labels;
  const guint length = is_grid (ledger) ? gst_numpro_ledger_get_length (ledger) : 0;
  for (guint i = 0; i < length;) {
    const GstNumproSample *first = gst_numpro_ledger_get_sample (ledger, i);
    const GstNumproSample *last = first;
    for (++i; i < length; ++i) {
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
      if (g_strcmp0 (sample->image, first->image) != 0)
        break;
      last = sample;
    }
    labels.push_back (sheet_label (first->number, last->number));
  }
  return labels;
}

}  // namespace numpro
