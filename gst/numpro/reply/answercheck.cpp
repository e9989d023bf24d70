/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answercheck.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "gst/numpro/batchnumbers.h"
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

  std::size_t count () const { return numbers_.size (); }

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
  std::string explain (const NumberRange &range) const
  {
    GError *error = nullptr;
    guint index = 0;
    if (gst_numpro_ledger_find (ledger_, range.first, &index, &error))
      gst_numpro_ledger_find (ledger_, range.last, &index, &error);
    const ErrorPtr owned (error);
    return error ? error->message : "";
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

// Both joined.
bool overlap (const std::vector<Rows> &one, const std::vector<Rows> &other)
{
  auto a = one.begin (), b = other.begin ();
  while (a != one.end () && b != other.end ()) {
    if (a->last < b->first)
      ++a;
    else if (b->last < a->first)
      ++b;
    else
      return true;
  }
  return false;
}

class Checker
{
 public:
  Checker (const Reading &reading, GstNumproLedger *ledger) : reading_ (reading), rows_ (ledger) {}

  Verdict check ()
  {
    const std::string obstacle = reading_.is_read () ? find_obstacle () : reading_.obstacle;
    if (!obstacle.empty ()) {
      // What was turned round does not matter any more.
      verdict_ = Verdict ();
      verdict_.problems.push_back (obstacle);
      return std::move (verdict_);
    }
    verdict_.is_valid = true;
    for (const Rows &rows : present_)
      verdict_.spans.push_back (rows_.span (rows));
    return std::move (verdict_);
  }

 private:
  std::string find_obstacle ()
  {
    for (const NumberRange &range : reading_.present) {
      const std::optional<Rows> rows = rows_.find (range);
      if (!rows)
        return rows_.explain (range);
      add_present (range, *rows);
    }
    if (reading_.is_pair && !is_same_either_way ())
      return "Its two numbers may be two frames, or the first and the last one.";
    join (present_);
    return find_contradiction ();
  }

  void add_present (const NumberRange &range, const Rows &rows)
  {
    if (rows.first <= rows.last) {
      present_.push_back (rows);
      return;
    }
    present_.push_back ({rows.last, rows.first});
    // Of many only the first is worth a word.
    if (verdict_.problems.empty ())
      verdict_.problems.push_back ("From " + std::to_string (range.first) + " to " +
                                   std::to_string (range.last) + " is reversed.");
  }

  bool is_same_either_way () const
  {
    const Rows &one = present_.front (), &other = present_.back ();
    return std::max (one.first, other.first) - std::min (one.first, other.first) <= 1;
  }

  std::string find_contradiction () const
  {
    std::vector<Rows> absent;
    for (const NumberRange &range : reading_.absent) {
      if (const std::optional<Rows> rows = rows_.find (range))
        absent.push_back ({std::min (rows->first, rows->last), std::max (rows->first, rows->last)});
    }
    join (absent);
    if (overlap (present_, absent))
      return "It contradicts itself: some frames show the event and do not.";
    const bool denies_all =
        absent.size () == 1 && absent[0].first == 0 && absent[0].last + 1 == rows_.count ();
    if (reading_.denies_only && !denies_all)
      return "It says only in which frames the event is not visible.";
    return "";
  }

  const Reading &reading_;
  RowFinder rows_;
  std::vector<Rows> present_;
  Verdict verdict_;
};

}  // namespace

Verdict check_reading (const Reading &reading, GstNumproLedger *ledger)
{
  return Checker (reading, ledger).check ();
}

Verdict join_spans (const std::vector<GstNumproSpan> &spans, GstNumproLedger *ledger)
{
  Reading reading;
  for (const GstNumproSpan &span : spans)
    reading.present.push_back ({span.first, span.last});
  return check_reading (reading, ledger);
}

}  // namespace numpro
