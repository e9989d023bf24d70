/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answercheck.h"

#include <algorithm>
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
};

bool is_before (const Rows &one, const Rows &other)
{
  return one.first < other.first;
}

// gst_numpro_ledger_find() for many numbers.
class RowFinder
{
 public:
  explicit RowFinder (GstNumproLedger *ledger) : ledger_ (ledger), numbers_ (numbers_of (ledger))
  {
    for (std::size_t row = 0; row < numbers_.size (); ++row)
      rows_[numbers_[row]].push_back (row);
  }

  std::optional<std::size_t> find (guint64 number) const
  {
    const auto found = rows_.find (number);
    if (found == rows_.end () || found->second.size () != 1)
      return std::nullopt;
    return found->second.front ();
  }

  std::optional<Rows> find (const NumberRange &range) const
  {
    const std::optional<std::size_t> first = find (range.first), last = find (range.last);
    if (!first || !last)
      return std::nullopt;
    return Rows{*first, *last};
  }

  // Why find() does not find it.
  Verdict explain (const NumberRange &range) const
  {
    GError *error = nullptr;
    guint index = 0;
    if (gst_numpro_ledger_find (ledger_, range.first, &index, &error))
      gst_numpro_ledger_find (ledger_, range.last, &index, &error);
    const ErrorPtr owned (error);
    const bool is_ambiguous = g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_AMBIGUOUS);
    return {
        is_ambiguous ? GST_NUMPRO_OBSTACLE_AMBIGUOUS_NUMBER : GST_NUMPRO_OBSTACLE_NO_SUCH_NUMBER,
        error ? error->message : "",
        {}};
  }

  GstNumproSpan span (const Rows &rows) const
  {
    const OwnedBy<GstNumproSpan, gst_numpro_span_free> span (
        gst_numpro_span_new (ledger_, numbers_[rows.first], numbers_[rows.last], nullptr));
    return *span;
  }

 private:
  GstNumproLedger *ledger_;
  std::vector<guint64> numbers_;
  std::unordered_map<guint64, std::vector<std::size_t>> rows_;
};

void join (std::vector<Rows> &all)
{
  std::sort (all.begin (), all.end (), is_before);
  std::vector<Rows> joined;
  for (const Rows &rows : all) {
    if (!joined.empty () && rows.first <= joined.back ().last + 1)
      joined.back ().last = std::max (joined.back ().last, rows.last);
    else
      joined.push_back (rows);
  }
  all = std::move (joined);
}

// Whether rows that are named twice are named as the same range.
bool overlap (std::vector<Rows> all)
{
  std::sort (all.begin (), all.end (), is_before);
  return std::adjacent_find (all.begin (), all.end (), [] (const Rows &one, const Rows &other) {
           return other.first <= one.last && (one.first != other.first || one.last != other.last);
         }) != all.end ();
}

}  // namespace

Verdict check_reading (const Reading &reading, GstNumproLedger *ledger)
{
  if (!reading.is_read ())
    return {reading.obstacle, reading.detail, {}};
  const RowFinder finder (ledger);
  Verdict verdict;
  std::vector<Rows> all;
  for (const NumberRange &range : reading.spans) {
    const std::optional<Rows> rows = finder.find (range);
    if (!rows)
      return finder.explain (range);
    if (rows->first > rows->last)
      return {GST_NUMPRO_OBSTACLE_REVERSED,
              "from " + std::to_string (range.first) + " to " + std::to_string (range.last),
              {}};
    all.push_back (*rows);
  }
  if (reading.is_in_words && overlap (all))
    return {GST_NUMPRO_OBSTACLE_SEVERAL, "its ranges overlap", {}};
  join (all);
  for (const Rows &rows : all)
    verdict.spans.push_back (finder.span (rows));
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
