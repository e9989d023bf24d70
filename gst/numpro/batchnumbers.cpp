/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batchnumbers.h"

#include <set>

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

std::string without_sheet_labels (std::string_view text, GstNumproLedger *ledger)
{
  const std::vector<std::string> labels = sheet_labels (ledger);
  if (labels.empty ())
    return std::string (text);
  const std::set<std::string_view> known (labels.begin (), labels.end ());
  std::string rest;
  std::size_t from = 0;
  for (std::size_t at; (at = text.find ("<Frame ", from)) != std::string_view::npos;) {
    const std::size_t length = text.substr (at, 64).find ('>');
    const bool is_label =
        length != std::string_view::npos && known.contains (text.substr (at, length + 1));
    rest.append (text, from, at - from);
    rest += is_label ? ' ' : '<';
    from = at + (is_label ? length + 1 : 1);
  }
  return rest.append (text, from);
}

}  // namespace numpro
