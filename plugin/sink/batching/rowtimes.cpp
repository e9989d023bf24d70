/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rowtimes.h"

#include <algorithm>
#include <optional>

#include "plugin/sink/sampling/framerhythm.h"

namespace numpro {

namespace {

constexpr char kReferenceTimestamp[] = "reference-timestamp";
constexpr char kPipelineClock[] = "pipeline-clock";

// From a sample to a later stream time, in the direction in which the stream is played.
std::optional<GstClockTime> time_until (const SampledFrame &frame, GstClockTime stream_time)
{
  GstClockTime from = frame.sample->stream_time, to = stream_time;
  if (!GST_CLOCK_TIME_IS_VALID (from) || !GST_CLOCK_TIME_IS_VALID (to))
    return std::nullopt;
  if (frame.pace.rate < 0)
    std::swap (from, to);
  return to >= from ? std::optional (to - from) : std::nullopt;
}

// How much later than its number's end the next sample comes.
GstClockTime lateness (const SampledFrame &sample, const SampledFrame &next)
{
  const auto distance = time_until (sample, next.sample->stream_time);
  const GstClockTime duration = shown_time (sample, next.shown_before);
  if (!distance || !GST_CLOCK_TIME_IS_VALID (duration))
    return 0;
  return *distance - std::min (*distance, duration);
}

// The hole between two samples, where frames are so far apart.
GstClockTime gap_between (const SampledFrame &sample, const SampledFrame &next,
                          GstClockTime interval)
{
  const GstClockTime late = lateness (sample, next);
  return FrameRhythm::is_hole (late, interval) ? late : 0;
}

// How long a number is to be seen if there is such a hole after it. A number that is left out was
// never seen: its slot does not belong to the one before, unless frames say so, or samples are
// further apart than slots anyway.
GstClockTime visible_time (const SampledFrame &sample, const SampledFrame &next, GstClockTime gap)
{
  const auto distance = time_until (sample, next.sample->stream_time);
  const GstClockTime duration = shown_time (sample, next.shown_before);
  if (!distance)
    return duration;
  const bool is_next_number = next.sample->slot == sample.sample->slot + 1;
  const bool follows = gap == 0 && (is_next_number || lateness (sample, next) < duration);
  return follows ? *distance : std::min (*distance, duration);
}

// How far frames were apart, or turned out to be: a stream that became slower has no hole there.
GstClockTime interval_between (const SampledFrame &sample, const SampledFrame &later)
{
  const GstClockTime before = sample.pace.frame_interval;
  const GstClockTime after = later.pace.frame_interval;
  if (!GST_CLOCK_TIME_IS_VALID (before) || !GST_CLOCK_TIME_IS_VALID (after))
    return before;
  return std::max (before, after);
}

// As far as the samples of a batch tell.
GstClockTime interval_after (std::span<const SampledFramePtr> frames, std::size_t index)
{
  const std::size_t later = std::min (index + FrameRhythm::kFramesToFollow, frames.size () - 1);
  return std::max (interval_between (*frames[index], *frames[index + 1]),
                   interval_between (*frames[index], *frames[later]));
}

struct Clock {
  GstClockTime SampleClocks::*time;
  const char *name;
};

// The last frame that has a time by this clock.
const SampledFrame *last_with (const Clock &clock, std::span<const SampledFramePtr> frames)
{
  const auto has_time = [&] (const SampledFramePtr &frame) {
    return GST_CLOCK_TIME_IS_VALID (frame->clocks.*clock.time);
  };
  const auto last = std::find_if (frames.rbegin (), frames.rend (), has_time);
  return last == frames.rend () ? nullptr : last->get ();
}

// By the clock as it was at a frame; where stream times are not known, a frame has its own.
GstClockTime utc_of (const SampledFrame &frame, const Clock &clock, const SampledFrame &last)
{
  const GstClockTime time = frame.sample->stream_time, last_time = last.sample->stream_time;
  if (!GST_CLOCK_TIME_IS_VALID (time) || !GST_CLOCK_TIME_IS_VALID (last_time))
    return frame.clocks.*clock.time;
  // Before 1970 there are none: of a camera's clock that began to count there.
  const GstClockTime then = last.clocks.*clock.time + time;
  return then >= last_time ? then - last_time : GST_CLOCK_TIME_NONE;
}

void set_clock (std::span<const SampledFramePtr> frames, std::span<const SamplePtr> rows)
{
  constexpr Clock kClocks[] = {{&SampleClocks::reference, kReferenceTimestamp},
                               {&SampleClocks::pipeline, kPipelineClock}};
  for (const Clock &clock : kClocks) {
    const SampledFrame *last = last_with (clock, frames);
    if (!last)
      continue;
    for (std::size_t i = 0; i < rows.size (); ++i) {
      rows[i]->utc = utc_of (*frames[i], clock, *last);
      if (GST_CLOCK_TIME_IS_VALID (rows[i]->utc))
        rows[i]->utc_source = g_strdup (clock.name);
    }
    return;
  }
}

}  // namespace

GstClockTime shown_time (const SampledFrame &sample, const ShownStretch &shown)
{
  const GstClockTime duration = sample.sample->duration;
  // Of another sample where this one is not the last: the next one may have been lost.
  const auto stretch =
      shown.from == sample.sample->stream_time ? time_until (sample, shown.until) : std::nullopt;
  return stretch && GST_CLOCK_TIME_IS_VALID (duration) ? std::max (duration, *stretch) : duration;
}

GstClockTime gap_between (const SampledFrame &sample, const SampledFrame &next)
{
  return gap_between (sample, next, interval_between (sample, next));
}

GstClockTime fallback_between (const SampledFrame &sample, const SampledFrame &next)
{
  return time_until (next, sample.sample->stream_time).value_or (0);
}

GstClockTime visible_time (const SampledFrame &sample, const SampledFrame &next)
{
  return visible_time (sample, next, gap_between (sample, next));
}

void settle_times (std::span<const SampledFramePtr> frames, std::span<const SamplePtr> rows,
                   const StreamEnd &stream_end)
{
  for (std::size_t i = 0; i + 1 < rows.size (); ++i) {
    const SampledFrame &frame = *frames[i], &next = *frames[i + 1];
    const GstClockTime gap = gap_between (frame, next, interval_after (frames, i));
    rows[i]->duration = visible_time (frame, next, gap);
    rows[i + 1]->gap_before = gap;
  }
  const SampledFrame &last = *frames.back ();
  const auto rest = time_until (last, stream_end.time);
  if (rest && *rest > 0)
    rows.back ()->duration = std::min (shown_time (last, stream_end.shown), *rest);
  set_clock (frames, rows);
}

}  // namespace numpro
