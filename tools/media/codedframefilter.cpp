/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codedframefilter.h"

#include <algorithm>
#include <utility>

#include "lib/base/timestamptolerance.h"

namespace numpro::media {

namespace {

// So many frames at most come before one in the order of coding and after it in that of time
// (ITU-T H.264 E.2.1 and H.265 A.4.2: the largest decoded picture buffer).
constexpr std::ptrdiff_t kMostReordered = 16;
// Of so many frames PeriodGrid sees that they come more often than periods; of one it would not,
// and take a frame that is early or late for one of the period beside it. It begins to look with
// the first ones.
constexpr std::size_t kWantedInPeriod = 2, kFirstFrames = 8;

constexpr char kUnwanted[] = "NumproUnwantedFrame";

void mark_unwanted (BufferPtr &frame)
{
  // Without tags it is about all of the frame, and decoders copy it.
  static const gchar *no_tags[] = {nullptr};
  [[maybe_unused]] static const GstMetaInfo *const info =
      gst_meta_register_custom (kUnwanted, no_tags, nullptr, nullptr, nullptr);
  frame.reset (gst_buffer_make_writable (frame.release ()));
  gst_buffer_add_custom_meta (frame.get (), kUnwanted);
}

// What is coded before it and left out is missed by no decoder then.
void break_link (CodedFrame &frame)
{
  if (!frame.nal_format)
    return;
  frame.coded.reset (gst_buffer_make_writable (frame.coded.release ()));
  GstMapInfo map;
  if (!gst_buffer_map (frame.coded.get (), &map, GST_MAP_READWRITE))
    return;
  turn_into_broken_link (*frame.nal_format, {map.data, map.size});
  gst_buffer_unmap (frame.coded.get (), &map);
}

// Decoders hand durations on.
void prolong (CodedFrame &frame, GstClockTime end)
{
  if (end <= frame.time)
    return;
  frame.coded.reset (gst_buffer_make_writable (frame.coded.release ()));
  GST_BUFFER_DURATION (frame.coded.get ()) = end - frame.time;
}

}  // namespace

bool CodedFrameFilter::is_unwanted (GstBuffer *frame)
{
  return gst_buffer_get_custom_meta (frame, kUnwanted) != nullptr;
}

std::vector<BufferPtr> CodedFrameFilter::add (CodedFrame frame)
{
  std::vector<BufferPtr> coded;
  if (!GST_CLOCK_TIME_IS_VALID (frame.time) && !is_off_) {
    coded = flush ();
    is_off_ = true;
  }
  if (is_off_) {
    coded.push_back (std::move (frame.coded));
    return coded;
  }
  const Cell cell = cell_at (frame.time, frame.slot);
  const State state = first_state (frame, cell);
  frame.is_kept |= is_kept (frame);
  held_bytes_ += gst_buffer_get_size (frame.coded.get ());
  held_.push_back ({std::move (frame), cell, state});
  decide_complete_cells ();
  release (count_decided (), coded);
  return coded;
}

std::vector<BufferPtr> CodedFrameFilter::end ()
{
  std::vector<BufferPtr> coded;
  while (const std::optional<Cell> cell = oldest_cell ())
    decide (*cell);
  release (held_.size (), coded);
  forget (held_.size ());
  return coded;
}

// What comes behind may need any of them.
std::vector<BufferPtr> CodedFrameFilter::flush ()
{
  std::vector<BufferPtr> coded;
  for (Held &held : held_) {
    if (held.state == State::kUnwanted)
      mark_unwanted (held.frame.coded);
    coded.push_back (std::move (held.frame.coded));
  }
  forget (held_.size ());
  return coded;
}

CodedFrameFilter::Cell CodedFrameFilter::cell_at (GstClockTime time,
                                                  std::optional<guint64> slot) const
{
  const guint64 period = rate_
                             ? gst_util_uint64_scale (time, static_cast<guint64> (rate_->n),
                                                      static_cast<guint64> (rate_->d) * GST_SECOND)
                             : 0;
  return {period, choice_ == Choice::kFirst ? slot.value_or (0) : 0};
}

// Such a frame may be meant to be the next period's.
bool CodedFrameFilter::is_near_next_period (GstClockTime time) const
{
  return cell_at (time, {}).period != cell_at (time + 2 * kTimestampTolerance, {}).period;
}

// What a decoder may not show is passed on, and others of its period are chosen from: those before
// the segment, and those at the beginning of the stream that need what was before.
CodedFrameFilter::State CodedFrameFilter::first_state (const CodedFrame &frame, const Cell &cell)
{
  if (frame.is_key_frame && !first_key_frame_)
    first_key_frame_ = frame.time;
  if (!frame.is_shown || !first_key_frame_ || frame.time < *first_key_frame_)
    return State::kWanted;
  // Those of the period before it may be coded behind a key frame.
  if (choice_ == Choice::kKeyFrame &&
      (served_period_ == cell.period || served_period_ == cell.period + 1))
    return State::kUnwanted;
  if (choice_ == Choice::kKeyFrame && frame.is_key_frame) {
    serve (cell);
    return State::kWanted;
  }
  return frame.time < decided_until_ ? State::kWanted : State::kUndecided;
}

bool CodedFrameFilter::is_kept (const CodedFrame &frame)
{
  return choice_ == Choice::kFirst && (seen_++ < kFirstFrames || is_near_next_period (frame.time));
}

// A key frame has come that decides about all of its period.
void CodedFrameFilter::serve (const Cell &cell)
{
  served_period_ = cell.period;
  for (Held &held : held_) {
    if (held.cell == cell && held.state == State::kUndecided)
      held.state = State::kUnwanted;
  }
}

void CodedFrameFilter::decide_complete_cells ()
{
  for (std::optional<Cell> cell = oldest_cell ();
       cell && (is_complete (*cell) || held_bytes_ > kMostHeld); cell = oldest_cell ())
    decide (*cell);
}

std::optional<CodedFrameFilter::Cell> CodedFrameFilter::oldest_cell () const
{
  const Held *oldest = nullptr;
  for (const Held &held : held_) {
    if (held.state == State::kUndecided && (!oldest || held.frame.time < oldest->frame.time))
      oldest = &held;
  }
  return oldest ? std::optional (oldest->cell) : std::nullopt;
}

bool CodedFrameFilter::is_complete (const Cell &cell) const
{
  GstClockTime last = 0;
  for (const Held &held : held_) {
    if (held.cell == cell)
      last = std::max (last, held.frame.time);
  }
  return std::count_if (held_.begin (), held_.end (),
                        [&] (const Held &held) { return held.frame.time > last; }) > kMostReordered;
}

void CodedFrameFilter::decide (const Cell &cell)
{
  std::vector<Held *> frames;
  for (Held &held : held_) {
    if (held.state == State::kUndecided && held.cell == cell)
      frames.push_back (&held);
  }
  std::sort (frames.begin (), frames.end (), [] (const Held *one, const Held *other) {
    return one->frame.time < other->frame.time;
  });
  for (Held *held : frames)
    held->state = State::kWanted;
  keep_first (frames);
  decided_until_ = std::max (decided_until_, frames.back ()->frame.time);
}

// The last one of those that are wanted stands for those that are not.
void CodedFrameFilter::keep_first (const std::vector<Held *> &frames)
{
  const std::size_t wanted = choice_ == Choice::kFirst ? kWantedInPeriod : 1;
  Held *last = frames.front ();
  for (std::size_t i = 0; i < frames.size (); ++i) {
    if (i < wanted || frames[i]->frame.is_kept)
      last = frames[i];
    else
      frames[i]->state = State::kUnwanted;
  }
  if (choice_ == Choice::kFirst)
    prolong (last->frame, end_of (frames.back ()->frame));
}

GstClockTime CodedFrameFilter::next_time (const CodedFrame &frame) const
{
  GstClockTime next = GST_CLOCK_TIME_NONE;
  for (const Held &held : held_) {
    if (held.frame.time > frame.time)
      next = std::min (next, held.frame.time);
  }
  return next;
}

// Lengths in files are from one frame to the next in the order of coding.
GstClockTime CodedFrameFilter::end_of (const CodedFrame &frame) const
{
  const GstClockTime next = next_time (frame);
  return frame.lasts && GST_CLOCK_TIME_IS_VALID (next) ? next : std::min (frame.end, next);
}

// Whether a decoder can begin with it, for the sake of what is wanted from there on.
bool CodedFrameFilter::may_start_at (const CodedFrame &frame) const
{
  return choice_ == Choice::kFirst ? frame.is_idr : frame.can_restart;
}

std::size_t CodedFrameFilter::count_decided () const
{
  const auto undecided = std::find_if (held_.begin (), held_.end (), [] (const Held &held) {
    return held.state == State::kUndecided;
  });
  return undecided - held_.begin ();
}

// Of the first frames, which are decided about, those that are needed: from a frame that a decoder
// can begin with to the last one that is wanted. Those behind it may be needed later.
void CodedFrameFilter::release (std::size_t count, std::vector<BufferPtr> &to)
{
  std::size_t begin = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (may_start_at (held_[i].frame) && i > begin) {
      leading_before_ = held_[i].frame.is_idr ? 0 : held_[i].frame.time;
      break_link (held_[i].frame);
      begin = i;
    }
    if (held_[i].state != State::kWanted)
      continue;
    for (; begin <= i; ++begin) {
      Held &held = held_[begin];
      if (held.frame.time < leading_before_)
        continue;
      if (held.state == State::kUnwanted) {
        if (held.frame.is_disposable)
          continue;
        mark_unwanted (held.frame.coded);
      }
      to.push_back (std::move (held.frame.coded));
    }
  }
  forget (begin);
}

void CodedFrameFilter::forget (std::size_t count)
{
  // Those that were passed on are gone already.
  held_.erase (held_.begin (), held_.begin () + static_cast<std::ptrdiff_t> (count));
  held_bytes_ = 0;
  for (const Held &held : held_)
    held_bytes_ += gst_buffer_get_size (held.frame.coded.get ());
}

}  // namespace numpro::media
