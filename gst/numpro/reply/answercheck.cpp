/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answercheck.h"

#include <algorithm>
#include <compare>
#include <optional>
#include <unordered_map>

#include "gst/numpro/batchnumbers.h"
#include "gst/numpro/error.h"
#include "gst/numpro/owned.h"

namespace numpro {

namespace {

// Rows of a ledger, from one to another.
struct Rows {
  std::size_t first, last;

  auto operator<=> (const Rows &) const = default;
};

// Where the numbers of a ledger are.
using RowsOfNumbers = std::unordered_multimap<guint64, std::size_t>;

std::optional<std::size_t> row_of (const RowsOfNumbers &rows, guint64 number)
{
  return rows.count (number) == 1 ? std::optional (rows.find (number)->second) : std::nullopt;
}

// Why a number has no row.
Verdict explain (GstNumproLedger *ledger, guint64 number)
{
  GError *error = nullptr;
  guint index = 0;
  gst_numpro_ledger_find (ledger, number, &index, &error);
  const ErrorPtr owned (error);
  const bool is_ambiguous = g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_AMBIGUOUS);
  return {is_ambiguous ? GST_NUMPRO_OBSTACLE_AMBIGUOUS_NUMBER : GST_NUMPRO_OBSTACLE_NO_SUCH_NUMBER,
          error->message,
          {}};
}

// Joins rows that touch, and those that overlap. Returns whether any do that are not the same.
bool join (std::vector<Rows> &all)
{
  std::sort (all.begin (), all.end ());
  all.erase (std::unique (all.begin (), all.end ()), all.end ());
  bool overlap = false;
  std::vector<Rows> joined;
  for (const Rows &rows : all) {
    overlap = overlap || (!joined.empty () && rows.first <= joined.back ().last);
    if (!joined.empty () && rows.first <= joined.back ().last + 1)
      joined.back ().last = std::max (joined.back ().last, rows.last);
    else
      joined.push_back (rows);
  }
  all = std::move (joined);
  return overlap;
}

}  // namespace

Verdict check_reading (const Reading &reading, GstNumproLedger *ledger)
{
  if (!reading.is_read ())
    return {reading.obstacle, reading.detail, {}};
  const std::vector<guint64> numbers = numbers_of (ledger);
  RowsOfNumbers rows;
  for (std::size_t row = 0; row < numbers.size (); ++row)
    rows.emplace (numbers[row], row);
  std::vector<Rows> all;
  for (const NumberRange &range : reading.spans) {
    const auto first = row_of (rows, range.first), last = row_of (rows, range.last);
    if (!first || !last)
      return explain (ledger, first ? range.last : range.first);
    if (*first > *last)
      return {GST_NUMPRO_OBSTACLE_REVERSED,
              "from " + std::to_string (range.first) + " to " + std::to_string (range.last),
              {}};
    all.push_back ({*first, *last});
  }
  if (join (all) && reading.is_in_words)
    return {GST_NUMPRO_OBSTACLE_SEVERAL, "its ranges overlap", {}};
  Verdict verdict;
  for (const auto &[first, last] : all) {
    const OwnedBy<GstNumproSpan, gst_numpro_span_free> span (
        gst_numpro_span_new (ledger, numbers[first], numbers[last], nullptr));
    verdict.spans.push_back (*span);
  }
  return verdict;
}

Verdict join_spans (const std::vector<GstNumproSpan> &spans, GstNumproLedger *ledger)
{
  Reading reading;
  for (const GstNumproSpan &span : spans)
    reading.spans.push_back ({span.first, span.last});
  return check_reading (reading, ledger);
}

}  // namespace numpro
