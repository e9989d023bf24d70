/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rhythmmodel.h"

#include <algorithm>

void RhythmModel::caps (GstClockTime promised)
{
  promised_ = promised;
  distances_.clear ();
  last_.reset ();
}

void RhythmModel::restart ()
{
  last_.reset ();
  times_.clear ();
  intervals_.clear ();
}

void RhythmModel::frame (GstClockTime time)
{
  if (last_ && time > *last_)
    distances_.push_back (time - *last_);
  last_ = time;
  times_.push_back (time);
  intervals_.push_back (interval_now ());
}

void RhythmModel::begin_sample ()
{
  times_.erase (times_.begin (), times_.end () - 1);
  intervals_.erase (intervals_.begin (), intervals_.end () - 1);
}

// The median of the last five, or of three where there are no more; two that are alike are enough
// where they are more than twice as long.
GstClockTime RhythmModel::interval_now () const
{
  const std::size_t count = std::min<std::size_t> (distances_.size (), 5);
  std::vector<GstClockTime> sorted (distances_.end () - static_cast<std::ptrdiff_t> (count),
                                    distances_.end ());
  std::sort (sorted.begin (), sorted.end ());
  const GstClockTime usual =
      count < 3 ? promised_ : std::max (sorted[count / 2], promised_ / 5 * 3);
  if (count < 2)
    return usual;
  const GstClockTime a = distances_[distances_.size () - 2], b = distances_.back ();
  const bool are_alike = a <= 2 * b && b <= 2 * a + 1;
  return are_alike && std::min (a, b) > 2 * usual ? std::min (a, b) : usual;
}

std::optional<GstClockTime> RhythmModel::shown_before () const
{
  if (times_.size () < 2)
    return std::nullopt;
  GstClockTime due = times_[0] + intervals_[0];
  for (std::size_t i = 1; i + 1 < times_.size (); ++i) {
    const auto since = intervals_.begin () + static_cast<std::ptrdiff_t> (i);
    if (times_[i] > due + 2 * *std::max_element (since, intervals_.end ()))
      return std::nullopt;
    due = std::max (due, times_[i] + intervals_[i]);
  }
  return *std::max_element (times_.begin (), times_.end () - 1);
}
