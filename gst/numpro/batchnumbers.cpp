/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batchnumbers.h"

#include <algorithm>
#include <set>

namespace numpro {

namespace {

// Of many frames by name.
constexpr std::size_t kLongestLabel = 4096;

// The labels of all sheets of a batch.
std::set<std::string, std::less<>> sheet_labels (GstNumproLedger *ledger)
{
  std::set<std::string, std::less<>> labels;
  const guint length = is_grid (ledger) ? gst_numpro_ledger_get_length (ledger) : 0;
  for (guint i = 0; i < length;) {
    std::vector<const GstNumproSample *> samples;
    const GstNumproSample *next = gst_numpro_ledger_get_sample (ledger, i);
    do {
      samples.push_back (next);
      next = gst_numpro_ledger_get_sample (ledger, ++i);
    } while (next && g_strcmp0 (next->image, samples.front ()->image) == 0);
    labels.insert (sheet_label (ledger, samples));
  }
  return labels;
}

}  // namespace

std::vector<guint64> numbers_of (GstNumproLedger *ledger)
{
  std::vector<guint64> numbers;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    numbers.push_back (gst_numpro_ledger_get_sample (ledger, i)->number);
  return numbers;
}

const gchar *utc_source_of (GstNumproLedger *ledger)
{
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i) {
    if (const gchar *source = gst_numpro_ledger_get_sample (ledger, i)->utc_source)
      return source;
  }
  return nullptr;
}

bool shows_numbers (GstNumproLedger *ledger)
{
  return gst_numpro_ledger_get_look (ledger)->stamp == GST_NUMPRO_STAMP_NUMBER;
}

bool is_grid (GstNumproLedger *ledger)
{
  const GstNumproSample *first = gst_numpro_ledger_get_sample (ledger, 0);
  return first && first->cell != GST_NUMPRO_NO_CELL;
}

bool lists_numbers (GstNumproLedger *ledger)
{
  const std::vector<guint64> numbers = numbers_of (ledger);
  const auto is_left_out = [] (guint64 one, guint64 next) { return next != one + 1; };
  return is_grid (ledger) && !shows_numbers (ledger) &&
         std::adjacent_find (numbers.begin (), numbers.end (), is_left_out) != numbers.end ();
}

std::string sheet_label (GstNumproLedger *ledger, std::span<const GstNumproSample *const> samples)
{
  const auto name = [] (const GstNumproSample *sample) {
    return "Frame " + std::to_string (sample->number);
  };
  std::string label = "<" + name (samples.front ());
  if (!lists_numbers (ledger))
    return label + " to " + name (samples.back ()) + ">";
  for (const GstNumproSample *sample : samples.subspan (1))
    label += ", " + name (sample);
  return label + ">";
}

std::string without_sheet_labels (std::string_view text, GstNumproLedger *ledger)
{
  const auto labels = sheet_labels (ledger);
  if (labels.empty ())
    return std::string (text);
  std::string rest;
  std::size_t from = 0;
  for (std::size_t at; (at = text.find ("<Frame ", from)) != std::string_view::npos;) {
    const std::size_t length = text.substr (at, kLongestLabel).find ('>');
    const bool is_label =
        length != std::string_view::npos && labels.contains (text.substr (at, length + 1));
    rest.append (text, from, at - from);
    rest += is_label ? ' ' : '<';
    from = at + (is_label ? length + 1 : 1);
  }
  return rest.append (text, from);
}

std::string one_decimal (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return g_ascii_formatd (text, sizeof (text), "%.1f", value);
}

std::string number_text (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return g_ascii_formatd (text, sizeof (text), "%.10g", value);
}

std::string seconds_text (GstClockTime time)
{
  return one_decimal (static_cast<double> (time) / GST_SECOND);
}

std::string gap_text (GstClockTime gap)
{
  constexpr GstClockTime kHundredth = GST_SECOND / 100;
  if (gap >= GST_SECOND)
    return seconds_text (gap);
  return number_text (static_cast<double> ((gap + kHundredth - 1) / kHundredth) / 100);
}

}  // namespace numpro
