/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sampletimes.h"

#include <algorithm>

namespace numpro {

namespace {

// NTP counts from 1900 (RFC 5905), Unix from 1970: 70 years with 17 leap days.
constexpr GstClockTime kNtpToUnix = (70 * 365 + 17) * GstClockTime{24 * 3600} * GST_SECOND;

constexpr char kReferenceTimestamp[] = "reference-timestamp";
constexpr char kPipelineClock[] = "pipeline-clock";

GstCaps *make_clock_caps (const char *name)
{
  GstCaps *caps = gst_caps_new_empty_simple (name);
  GST_MINI_OBJECT_FLAG_SET (caps, GST_MINI_OBJECT_FLAG_MAY_BE_LEAKED);
  return caps;
}

GstClockTime reference_time (GstBuffer *buffer)
{
  static GstCaps *const unix_caps = make_clock_caps ("timestamp/x-unix");
  static GstCaps *const ntp_caps = make_clock_caps ("timestamp/x-ntp");
  if (const auto *meta = gst_buffer_get_reference_timestamp_meta (buffer, unix_caps))
    return meta->timestamp;
  const auto *meta = gst_buffer_get_reference_timestamp_meta (buffer, ntp_caps);
  if (meta && meta->timestamp >= kNtpToUnix)
    return meta->timestamp - kNtpToUnix;
  return GST_CLOCK_TIME_NONE;
}

GstClockTime pipeline_time (GstClockTime running_time, const PipelineTime &now)
{
  if (!GST_CLOCK_TIME_IS_VALID (running_time) || !GST_CLOCK_TIME_IS_VALID (now.clock) ||
      !GST_CLOCK_TIME_IS_VALID (now.base_time))
    return GST_CLOCK_TIME_NONE;
  return now.utc + (now.base_time + running_time) - now.clock;
}

// The number stays until its slot ends, or until the next sample is due, whichever is later.
GstClockTime duration_of (const GstNumproMeta &meta, GstClockTime running_time, GstClockTime period)
{
  GstClockTime duration = period;
  if (GST_CLOCK_TIME_IS_VALID (meta.slot_start) && GST_CLOCK_TIME_IS_VALID (meta.slot_duration) &&
      GST_CLOCK_TIME_IS_VALID (running_time)) {
    const GstClockTime end = meta.slot_start + meta.slot_duration;
    const GstClockTime rest = end > running_time ? end - running_time : 0;
    duration = GST_CLOCK_TIME_IS_VALID (period) ? std::max (rest, period) : rest;
  }
  return duration;
}

}  // namespace

PipelineTime PipelineTime::of (GstElement *element)
{
  PipelineTime now;
  now.utc = static_cast<GstClockTime> (g_get_real_time ()) * GST_USECOND;
  now.base_time = gst_element_get_base_time (element);
  if (GstClock *clock = gst_element_get_clock (element)) {
    now.clock = gst_clock_get_time (clock);
    gst_object_unref (clock);
  }
  return now;
}

void fill_in_times (GstNumproSample &sample, GstBuffer *buffer, const GstNumproMeta &meta,
                    const GstSegment &segment, const PipelineTime &now, GstClockTime period)
{
  sample.pts = GST_BUFFER_PTS (buffer);
  if (segment.format == GST_FORMAT_TIME && GST_CLOCK_TIME_IS_VALID (sample.pts)) {
    sample.stream_time = gst_segment_to_stream_time (&segment, GST_FORMAT_TIME, sample.pts);
    sample.running_time = gst_segment_to_running_time (&segment, GST_FORMAT_TIME, sample.pts);
  }
  sample.duration = duration_of (meta, sample.running_time, period);

  sample.utc = reference_time (buffer);
  const char *source = kReferenceTimestamp;
  if (!GST_CLOCK_TIME_IS_VALID (sample.utc)) {
    sample.utc = pipeline_time (sample.running_time, now);
    source = kPipelineClock;
  }
  if (GST_CLOCK_TIME_IS_VALID (sample.utc))
    sample.utc_source = g_strdup (source);
}

}  // namespace numpro
