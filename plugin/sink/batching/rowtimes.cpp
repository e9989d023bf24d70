/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rowtimes.h"

#include <algorithm>
#include <optional>

namespace numpro {

namespace {

constexpr char kReferenceTimestamp[] = "reference-timestamp";
constexpr char kPipelineClock[] = "pipeline-clock";

// A number whose next frame is more intervals late than this is followed by a hole. One frame that
// is lost makes none, nor does jitter.
constexpr GstClockTime kLateIntervals = 2;

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
  const GstClockTime duration = sample.sample->duration;
  if (!distance || !GST_CLOCK_TIME_IS_VALID (duration))
    return 0;
  return *distance - std::min (*distance, duration);
}

// Whether a number lasts until the next sample. A number that is left out was never seen: its slot
// does not belong to the one before, unless samples are further apart than slots anyway.
bool follows (const SampledFrame &sample, const SampledFrame &next)
{
  const bool is_next_number = next.sample->slot == sample.sample->slot + 1;
  return gap_between (sample, next) == 0 &&
         (is_next_number || lateness (sample, next) < sample.sample->duration);
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
  return last.clocks.*clock.time + time - last_time;
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

GstClockTime gap_between (const SampledFrame &sample, const SampledFrame &next)
{
  const GstClockTime late = lateness (sample, next);
  const GstClockTime interval = sample.pace.frame_interval;
  return GST_CLOCK_TIME_IS_VALID (interval) && late > kLateIntervals * interval ? late : 0;
}

GstClockTime fallback_between (const SampledFrame &sample, const SampledFrame &next)
{
  return time_until (next, sample.sample->stream_time).value_or (0);
}

GstClockTime visible_time (const SampledFrame &sample, const SampledFrame &next)
{
  const auto distance = time_until (sample, next.sample->stream_time);
  const GstClockTime duration = sample.sample->duration;
  if (!distance)
    return duration;
  return follows (sample, next) ? *distance : std::min (*distance, duration);
}

void settle_times (std::span<const SampledFramePtr> frames, std::span<const SamplePtr> rows,
                   GstClockTime stream_end)
{
  for (std::size_t i = 0; i + 1 < rows.size (); ++i) {
    rows[i]->duration = visible_time (*frames[i], *frames[i + 1]);
    rows[i + 1]->gap_before = gap_between (*frames[i], *frames[i + 1]);
  }
  const auto rest = time_until (*frames.back (), stream_end);
  if (rest && *rest > 0)
    rows.back ()->duration = std::min (rows.back ()->duration, *rest);
  set_clock (frames, rows);
}

}  // namespace numpro
