/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "streammodel.h"

#include <algorithm>
#include <set>
#include <utility>

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
  rhythm_.caps (frame_duration);
}

// Where frames come as often as periods a frame is in the period after the last one, if that is no
// more than nine tenths of a period away.
guint64 PeriodModel::next (GstClockTime time, GstClockTime frame_duration, GstClockTime early)
{
  if (!times_.empty () && time == times_.back ())
    return last_;
  if (!is_learned_)
    as_often_ = frame_duration >= tenths (10) - tenths (1) / 2 &&
                frame_duration <= tenths (10) + tenths (1) / 2;
  const bool is_hole =
      times_.empty () || time <= times_.back () || time - times_.back () >= tenths (19);
  if (is_hole)
    times_.clear ();
  times_.push_back (time);
  compare_with_frames ();
  // Jitter of frames that come as often leaves a tenth of a period.
  if (as_often_)
    early = std::min (early, tenths (1));
  if (is_hole || !as_often_)
    return last_ = std::max (at (time + early), is_hole ? 0 : last_);
  ++last_;
  while (at (time + tenths (9)) < last_)
    --last_;
  while (at (time - std::min (time, tenths (9))) > last_)
    ++last_;
  return last_;
}

// The last 16 intervals, less two fifths of jitter at each end, are as long as 16 periods, to a
// twentieth; three tell already.
void PeriodModel::compare_with_frames ()
{
  const std::size_t intervals = std::min<std::size_t> (times_.size () - 1, 16);
  if (intervals < 3)
    return;
  const GstClockTime took = times_.back () - times_[times_.size () - 1 - intervals];
  const GstClockTime most = tenths (16 + intervals) / 2, due = tenths (10 * intervals);
  is_learned_ = true;
  as_often_ = took <= due + most && took + most >= due;
}

GstClockTime PeriodModel::due () const
{
  const GstClockTime begin = (last_ + 1) * d_ * GST_SECOND / n_;
  return as_often_ ? begin - std::min (begin, tenths (9)) : begin;
}

// A stretch of its own: what follows a seek is a clean batch.
void StreamModel::segment (GstClockTime start, GstClockTime time, GstClockTime base)
{
  close_stretch (false);
  is_new_segment_ = true;
  start_ = start;
  time_ = time;
  base_ = base;
}

void StreamModel::flush ()
{
  close_stretch (true);
  is_flushed_ = true;
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
  const bool is_sampled = is_sample (row.slot, row.running_time);
  rhythm_.frame (row.running_time);
  if (!is_sampled)
    return;
  // Frames that follow one another are no hole, how long ever they take for their number.
  const auto shown_until = rhythm_.shown_before ();
  if (shown_until && !ends_.empty ())
    ends_.back () = std::max (ends_.back (), *shown_until);
  rhythm_.begin_sample ();
  intervals_.push_back (rhythm_.interval ());
  ++samples_;
  stretch_.push_back (row);
  ends_.push_back (end_of (row.slot, row.running_time));
}

guint64 StreamModel::slot_of (GstClockTime running_time)
{
  if (!rules_.by_time)
    return rules_.start + counted_++ / rules_.every;
  if (origin_is_next_)
    begin_line (running_time, 0);
  origin_is_next_ = false;
  if (goes_back (running_time))
    return rules_.start + line_.slot;
  line_.latest = running_time;
  line_.slot = line_.first + line_.slots.next (running_time - line_.origin, frame_duration_,
                                               early (rules_.rate_n, rules_.rate_d));
  return rules_.start + line_.slot;
}

// A millisecond, or half a frame or a period, too early is on time.
GstClockTime StreamModel::early (guint64 n, guint64 d) const
{
  return std::min ({GstClockTime{GST_MSECOND}, frame_duration_ / 2, d * GST_SECOND / (2 * n)});
}

void StreamModel::begin_line (GstClockTime running_time, guint64 first)
{
  line_ = {.slots = PeriodModel (rules_.rate_n, rules_.rate_d),
           .origin = running_time,
           .first = first,
           .latest = running_time,
           .slot = first};
  before_leap_.reset ();
  fallback_.reset ();
  frames_behind_ = 0;
}

// Whether a frame has the number of the last one, as its time is earlier. By more than a second, or
// at all after a flush, it is another line of time, where numbers go on; without a new segment only
// if a second frame says so, and if the last frame did not leap ahead alone.
bool StreamModel::goes_back (GstClockTime running_time)
{
  const bool is_flushed = std::exchange (is_flushed_, false);
  const bool is_told = std::exchange (is_new_segment_, false);
  const auto before_leap = std::exchange (before_leap_, std::nullopt);
  const auto fallback = std::exchange (fallback_, std::nullopt);
  if (running_time >= line_.latest) {
    if (running_time > line_.latest)
      frames_behind_ = 0;
    if (running_time - line_.latest > GST_SECOND)
      before_leap_ = line_;
    return false;
  }
  const GstClockTime by = line_.latest - running_time;
  if (by <= GST_SECOND && !is_flushed) {
    // No decoder has more than sixteen frames out of order; nor do two in a row fall back.
    const bool is_second =
        fallback && running_time >= *fallback && running_time - *fallback <= GST_SECOND;
    if (++frames_behind_ <= 16 && !is_second)
      return true;
    begin_line (running_time, line_.slot + 1);
    return false;
  }
  if (is_told) {
    begin_line (running_time, line_.slot + 1);
    return false;
  }
  if (before_leap && running_time + GST_SECOND >= before_leap->latest) {
    line_ = *before_leap;
    return running_time < line_.latest;
  }
  if (fallback && running_time + GST_SECOND >= *fallback) {
    begin_line (running_time, line_.slot + 1);
    return false;
  }
  fallback_ = running_time;
  return true;
}

// The number ends with its slot; with a sample rate where the first number begins that is due then.
// A frame beside its slot lasts as long as one in it, and none is shorter than a frame.
GstClockTime StreamModel::end_of (guint64 slot, GstClockTime running_time) const
{
  const GstClockTime due = rules_.sample_n > 0 ? periods_.due () : 0;
  if (!rules_.by_time) {
    GstClockTime end = running_time;
    do
      end += rules_.every * frame_duration_;
    while (end < due);
    return end;
  }
  const auto begin_of = [&] (guint64 k) {
    return line_.origin + k * rules_.rate_d * GST_SECOND / rules_.rate_n;
  };
  const GstClockTime length = rules_.rate_d * GST_SECOND / rules_.rate_n;
  guint64 k = slot - rules_.start - line_.first;
  GstClockTime end = begin_of (k + 1);
  const bool is_beside = running_time + GST_MSECOND < begin_of (k) || running_time >= end;
  if (is_beside)
    end = running_time + length;
  while (end < due)
    end = is_beside ? end + length : begin_of (++k + 1);
  return std::max (end, running_time + std::min (length, frame_duration_));
}

bool StreamModel::is_sample (guint64 slot, GstClockTime running_time)
{
  if (!fresh_start_ && slot == last_slot_)
    return false;
  if (rules_.sample_n > 0 && comes_late (running_time))
    return false;
  last_slot_ = slot;
  if (rules_.sample_n > 0) {
    // A sample a period, as soon as there is a new number in it.
    const GstClockTime slot_duration = rules_.by_time ? rules_.rate_d * GST_SECOND / rules_.rate_n
                                                      : rules_.every * frame_duration_;
    const GstClockTime tolerance =
        std::min ({GstClockTime{GST_MSECOND}, slot_duration / 2,
                   rules_.sample_d * GST_SECOND / (2 * rules_.sample_n)});
    const guint64 period = periods_.next (running_time, slot_duration, tolerance);
    if (!fresh_start_ && period == last_period_)
      return false;
    last_period_ = period;
  }
  fresh_start_ = false;
  return true;
}

// Whether a frame comes after a later one: that is no sample of its period, unless times have
// fallen back by more than a second, or more than sixteen frames have.
bool StreamModel::comes_late (GstClockTime running_time)
{
  if (fresh_start_) {
    latest_frame_ = 0;
    frames_late_ = 0;
  }
  if (running_time > latest_frame_)
    frames_late_ = 0;
  if (running_time >= latest_frame_) {
    latest_frame_ = running_time;
    return false;
  }
  if (latest_frame_ - running_time <= GST_SECOND && ++frames_late_ <= 16)
    return true;
  latest_frame_ = running_time;
  frames_late_ = 0;
  periods_.restart ();
  fresh_start_ = true;
  return false;
}

// How late a sample may be after the end of the number before it.
GstClockTime StreamModel::longest_without_hole (std::size_t index) const
{
  return std::max (rules_.max_gap, 2 * std::max (intervals_[index - 1], intervals_[index]));
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
    if (i > first && rules_.max_gap > 0 &&
        stretch_[i].running_time > ends_[i - 1] + longest_without_hole (i))
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
  intervals_.clear ();
  rhythm_.restart ();
  periods_.restart ();
  fresh_start_ = true;
}

std::vector<guint64> StreamModel::lost () const
{
  std::vector<guint64> sorted = lost_;
  std::sort (sorted.begin (), sorted.end ());
  return sorted;
}
