/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "streammodel.h"

#include <algorithm>
#include <set>

std::string StreamRules::overlay_properties () const
{
  return "numbering=" + std::string (by_time ? "time" : "count") +
         " every=" + std::to_string (every) + " rate=" + std::to_string (rate_n) + "/" +
         std::to_string (rate_d) + " start=" + std::to_string (start) +
         " wrap=" + std::to_string (wrap);
}

std::string StreamRules::sink_properties () const
{
  return "sample-rate=" + std::to_string (sample_n) + "/" + std::to_string (sample_d) +
         " batch-size=" + std::to_string (size) + " batch-time=" + std::to_string (time) +
         " overlap=" + std::to_string (overlap) + " max-gap=" + std::to_string (max_gap);
}

void StreamModel::caps (guint width, guint height, bool is_grey, GstClockTime frame_duration)
{
  is_grey_ = is_grey;
  width_ = width;
  height_ = height;
  frame_duration_ = frame_duration;
}

// A stretch of its own: what follows a seek is a clean batch.
void StreamModel::segment (GstClockTime start, GstClockTime time, GstClockTime base)
{
  close_stretch (false);
  start_ = start;
  time_ = time;
  base_ = base;
}

void StreamModel::flush ()
{
  close_stretch (true);
}

void StreamModel::end ()
{
  close_stretch (false);
}

void StreamModel::reset ()
{
  counted_ = 0;
  origin_is_next_ = true;
}

void StreamModel::frame (GstClockTime pts)
{
  ++frames_;
  ModelRow row;
  row.pts = pts;
  row.stream_time = time_ + (pts - start_);
  row.running_time = base_ + (pts - start_);
  row.slot = slot_of (row.running_time);
  row.number = rules_.wrap ? row.slot % rules_.wrap : row.slot;
  row.width = width_;
  row.height = height_;
  row.color = is_grey_ ? 0xffffffff : 0xffff0000;
  if (!is_sample (row.slot, row.running_time))
    return;
  ++samples_;
  stretch_.push_back (row);
  ends_.push_back (end_of (row.slot, row.running_time));
}

guint64 StreamModel::slot_of (GstClockTime running_time)
{
  if (!rules_.by_time)
    return rules_.start + counted_++ / rules_.every;
  if (origin_is_next_)
    origin_ = running_time;
  origin_is_next_ = false;
  const GstClockTime elapsed = running_time < origin_ ? 0 : running_time - origin_;
  // A millisecond, or half a frame, too early is on time.
  const GstClockTime early = std::min<GstClockTime> (GST_MSECOND, frame_duration_ / 2);
  return rules_.start + (elapsed + early) * rules_.rate_n / (rules_.rate_d * GST_SECOND);
}

// The number ends with its slot; with a sample rate where the first number begins that is due then.
GstClockTime StreamModel::end_of (guint64 slot, GstClockTime running_time) const
{
  const GstClockTime due =
      rules_.sample_n > 0 ? (last_period_ + 1) * rules_.sample_d * GST_SECOND / rules_.sample_n : 0;
  if (!rules_.by_time) {
    GstClockTime end = running_time;
    do
      end += rules_.every * frame_duration_;
    while (end < due);
    return end;
  }
  GstClockTime end = 0;
  for (guint64 k = slot - rules_.start + 1; end == 0 || end < due; ++k)
    end = origin_ + k * rules_.rate_d * GST_SECOND / rules_.rate_n;
  return end;
}

bool StreamModel::is_sample (guint64 slot, GstClockTime running_time)
{
  if (!fresh_start_ && slot == last_slot_)
    return false;
  last_slot_ = slot;
  if (rules_.sample_n > 0) {
    // A sample a period, as soon as there is a new number in it; a millisecond early is on time.
    const guint64 period =
        (running_time + GST_MSECOND) * rules_.sample_n / (rules_.sample_d * GST_SECOND);
    if (!fresh_start_ && period == last_period_)
      return false;
    last_period_ = period;
  }
  fresh_start_ = false;
  return true;
}

// Numbers in order, none twice, all of one colour, and not longer than asked for.
bool StreamModel::go_together (std::size_t first, std::size_t last) const
{
  std::set<guint64> numbers;
  GstClockTime earliest = GST_CLOCK_TIME_NONE, latest = 0;
  for (std::size_t i = first; i <= last; ++i) {
    if (!numbers.insert (stretch_[i].number).second)
      return false;
    if (i > first &&
        (stretch_[i].slot <= stretch_[i - 1].slot || stretch_[i].color != stretch_[i - 1].color))
      return false;
    // A hole longer than is allowed
    if (i > first && rules_.max_gap > 0 && stretch_[i].running_time > ends_[i - 1] + rules_.max_gap)
      return false;
    earliest = std::min (earliest, stretch_[i].running_time);
    latest = std::max (latest, stretch_[i].running_time);
  }
  return rules_.time == 0 || latest - earliest < rules_.time;
}

StreamModel::Split StreamModel::split () const
{
  Split split;
  std::size_t begin = 0;
  for (std::size_t fresh = 0, end; fresh < stretch_.size (); fresh = end) {
    // As much of the batch before as was asked for, and goes with what is new.
    begin = std::max (begin, fresh - std::min (fresh, rules_.overlap));
    while (!go_together (begin, fresh))
      ++begin;
    const auto is_full = [&] { return rules_.size > 0 && end - begin == rules_.size; };
    end = fresh + 1;
    while (end < stretch_.size () && !is_full () && go_together (begin, end))
      ++end;
    split.batches.emplace_back (stretch_.begin () + static_cast<std::ptrdiff_t> (begin),
                                stretch_.begin () + static_cast<std::ptrdiff_t> (end));
    if (end == stretch_.size () && !is_full ())
      split.rest = end - fresh;
  }
  return split;
}

guint64 StreamModel::due () const
{
  return samples_ - lost_.size () - split ().rest;
}

void StreamModel::close_stretch (bool flushed)
{
  Split parts = split ();
  if (flushed && parts.rest > 0) {
    parts.batches.pop_back ();
    for (auto row = stretch_.end () - static_cast<std::ptrdiff_t> (parts.rest);
         row != stretch_.end (); ++row)
      lost_.push_back (row->number);
  }
  batches_.insert (batches_.end (), parts.batches.begin (), parts.batches.end ());
  stretch_.clear ();
  ends_.clear ();
  fresh_start_ = true;
}

std::vector<guint64> StreamModel::lost () const
{
  std::vector<guint64> sorted = lost_;
  std::sort (sorted.begin (), sorted.end ());
  return sorted;
}
