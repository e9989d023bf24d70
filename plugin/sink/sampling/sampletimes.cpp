/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sampletimes.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "lib/base/framelength.h"
#include "lib/base/runningtime.h"
#include "lib/base/timestamptolerance.h"

namespace numpro {

namespace {

// Stream time at which the stream is over, as far as its segment says.
GstClockTime end_of_stream (const GstSegment &segment, GstClockTime frame_length)
{
  if (segment.rate < 0) {
    // Backwards a number has frames up to its time, and so begins before the first of them.
    const GstClockTime start =
        gst_segment_to_stream_time (&segment, GST_FORMAT_TIME, segment.start);
    return GST_CLOCK_TIME_IS_VALID (frame_length) ? start - std::min (start, frame_length) : start;
  }
  if (GST_CLOCK_TIME_IS_VALID (segment.stop))
    return gst_segment_to_stream_time (&segment, GST_FORMAT_TIME, segment.stop);
  return segment.applied_rate > 0 ? segment.duration : GST_CLOCK_TIME_NONE;
}

// Whether a frame is in the slot of its number. Where it is not, its source jitters, or the slot is
// in the running time of another pipeline, whose frames come through unixfdsrc.
bool is_in_slot (const GstNumproMeta &meta, GstClockTime running_time)
{
  return running_time + kTimestampTolerance >= meta.slot_start &&
         running_time < meta.slot_start + meta.slot_duration;
}

// The number stays until the next one that is a sample; in running time.
GstClockTime nominal_duration (const GstNumproMeta &meta, GstClockTimeDiff shown_at,
                               const StreamPace &pace)
{
  if (!GST_CLOCK_TIME_IS_VALID (meta.slot_start) || !GST_CLOCK_TIME_IS_VALID (meta.slot_duration) ||
      shown_at < 0)
    return pace.sample_interval;
  const auto running_time = static_cast<GstClockTime> (shown_at);
  GstClockTime end =
      (is_in_slot (meta, running_time) ? meta.slot_start : running_time) + meta.slot_duration;
  const GstClockTime early = std::min (kTimestampTolerance, meta.slot_duration / 2);
  const GstClockTime due = GST_CLOCK_TIME_IS_VALID (pace.due) ? pace.due - early : 0;
  if (due > end && meta.slot_duration > 0) {
    const GstClockTime slots = (due - end + meta.slot_duration - 1) / meta.slot_duration;
    end += slots * meta.slot_duration;
  }
  // What is left of its slot may be less than a frame lasts.
  const GstClockTime least = std::min (pace.frame_interval, meta.slot_duration);
  return std::max (end - running_time, least);
}

// The longest of those that are known.
GstClockTime longest (std::initializer_list<GstClockTime> durations)
{
  GstClockTime most = GST_CLOCK_TIME_NONE;
  for (const GstClockTime duration : durations) {
    if (!GST_CLOCK_TIME_IS_VALID (most) || (GST_CLOCK_TIME_IS_VALID (duration) && duration > most))
      most = duration;
  }
  return most;
}

// What a frame lasts on its own; GST_CLOCK_TIME_NONE where nobody knows.
GstClockTime own_length (GstClockTime stated, GstClockTime frame_interval)
{
  return stated > 0 ? stated : frame_interval;
}

GstClockTime duration_of (const GstNumproSample &sample, GstBuffer *buffer,
                          const GstNumproMeta &meta, const GstSegment &segment,
                          const StreamPace &pace)
{
  const GstClockTime nominal =
      in_stream_time (nominal_duration (meta, running_time_of (segment, buffer), pace), segment);
  // The picture has the number as long as it is shown, whatever the slot was meant to be.
  const GstClockTime interval = in_stream_time (pace.frame_interval, segment);
  const GstClockTime stated = stated_length (buffer, segment, interval);
  const GstClockTime duration = stated > 0 ? longest ({nominal, stated}) : nominal;
  const GstClockTime end = end_of_stream (segment, interval);
  if (!GST_CLOCK_TIME_IS_VALID (duration) || !GST_CLOCK_TIME_IS_VALID (end) ||
      !GST_CLOCK_TIME_IS_VALID (sample.stream_time))
    return duration;
  const GstClockTimeDiff rest = is_backwards (segment) ? GST_CLOCK_DIFF (end, sample.stream_time)
                                                       : GST_CLOCK_DIFF (sample.stream_time, end);
  // A stream that goes on beyond its end is not taken at its word, nor one that ends within a
  // frame, such as a recording of which videorate makes longer ones.
  if (rest <= 0)
    return duration;
  const GstClockTime own = own_length (stated, interval);
  const GstClockTime left = static_cast<GstClockTime> (rest);
  return std::min (duration, GST_CLOCK_TIME_IS_VALID (own) ? std::max (left, own) : left);
}

}  // namespace

bool is_backwards (const GstSegment &segment)
{
  return segment.rate * segment.applied_rate < 0;
}

GstClockTime in_stream_time (GstClockTime duration, const GstSegment &segment)
{
  if (!GST_CLOCK_TIME_IS_VALID (duration))
    return GST_CLOCK_TIME_NONE;
  const double rate = std::abs (segment.rate * segment.applied_rate);
  return rate == 1 ? duration : static_cast<GstClockTime> (static_cast<double> (duration) * rate);
}

GstClockTime stream_time_of (GstBuffer *buffer, const GstSegment &segment)
{
  const GstClockTime pts = GST_BUFFER_PTS (buffer);
  if (segment.format != GST_FORMAT_TIME || !GST_CLOCK_TIME_IS_VALID (pts))
    return GST_CLOCK_TIME_NONE;
  return gst_segment_to_stream_time (&segment, GST_FORMAT_TIME, pts);
}

GstClockTime stated_length (GstBuffer *buffer, const GstSegment &segment,
                            GstClockTime frame_interval)
{
  const GstClockTime stated = frame_length_of (buffer);
  // A thousand frames a second are what recordings in milliseconds promise where they know no rate.
  if (is_backwards (segment) || !GST_CLOCK_TIME_IS_VALID (stated) || stated <= kTimestampTolerance)
    return 0;
  const double rate = std::abs (segment.applied_rate);
  const GstClockTime length =
      rate == 1 ? stated : static_cast<GstClockTime> (static_cast<double> (stated) * rate);
  if (GST_CLOCK_TIME_IS_VALID (frame_interval) && length <= frame_interval)
    return length;
  const GstClockTime end = end_of_stream (segment, 0), time = stream_time_of (buffer, segment);
  const bool is_within = GST_CLOCK_TIME_IS_VALID (end) && GST_CLOCK_TIME_IS_VALID (time) &&
                         GST_CLOCK_TIME_IS_VALID (frame_interval) && end > time;
  return is_within ? std::min (length, std::max (end - time, frame_interval)) : length;
}

void fill_in_times (SampledFrame &frame, GstBuffer *buffer, const GstNumproMeta &meta,
                    const GstSegment &segment, const PipelineTime &now, const StreamPace &pace)
{
  GstNumproSample &sample = *frame.sample;
  sample.pts = GST_BUFFER_PTS (buffer);
  sample.stream_time = stream_time_of (buffer, segment);
  if (segment.format == GST_FORMAT_TIME && GST_CLOCK_TIME_IS_VALID (sample.pts))
    sample.running_time = gst_segment_to_running_time (&segment, GST_FORMAT_TIME, sample.pts);
  sample.duration = duration_of (sample, buffer, meta, segment, pace);
  const GstClockTime period =
      longest ({meta.slot_duration, pace.sample_interval, pace.frame_interval});
  frame.pace = {segment.rate * segment.applied_rate, in_stream_time (pace.frame_interval, segment),
                in_stream_time (period, segment)};
  frame.clocks = {reference_utc (buffer), now.utc_at (sample.running_time)};
}

GstClockTime end_of_frame (GstClockTime time, GstClockTime stated, const GstSegment &segment,
                           GstClockTime frame_interval)
{
  const GstClockTime length = own_length (stated, frame_interval);
  if (!GST_CLOCK_TIME_IS_VALID (time) || !GST_CLOCK_TIME_IS_VALID (length))
    return GST_CLOCK_TIME_NONE;
  // Backwards a number has frames up to its time, and so begins before the last of them.
  return is_backwards (segment) ? time - std::min (time, length) : time + length;
}

}  // namespace numpro
