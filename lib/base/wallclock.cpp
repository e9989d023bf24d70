/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wallclock.h"

namespace numpro {

namespace {

// NTP counts from 1900 (RFC 5905), Unix from 1970: 70 years with 17 leap days.
constexpr GstClockTime kNtpToUnix = (70 * 365 + 17) * GstClockTime{24 * 3600} * GST_SECOND;

GstCaps *make_clock_caps (const char *name)
{
  GstCaps *caps = gst_caps_new_empty_simple (name);
  GST_MINI_OBJECT_FLAG_SET (caps, GST_MINI_OBJECT_FLAG_MAY_BE_LEAKED);
  return caps;
}

GstCaps *unix_clock ()
{
  static GstCaps *const caps = make_clock_caps ("timestamp/x-unix");
  return caps;
}

GstCaps *ntp_clock ()
{
  static GstCaps *const caps = make_clock_caps ("timestamp/x-ntp");
  return caps;
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

GstClockTime PipelineTime::utc_at (GstClockTime running_time) const
{
  if (!GST_CLOCK_TIME_IS_VALID (running_time) || !GST_CLOCK_TIME_IS_VALID (clock) ||
      !GST_CLOCK_TIME_IS_VALID (base_time))
    return GST_CLOCK_TIME_NONE;
  return utc + (base_time + running_time) - clock;
}

GstClockTime reference_utc (GstBuffer *buffer)
{
  if (const auto *meta = gst_buffer_get_reference_timestamp_meta (buffer, unix_clock ()))
    return meta->timestamp;
  const auto *meta = gst_buffer_get_reference_timestamp_meta (buffer, ntp_clock ());
  if (meta && meta->timestamp >= kNtpToUnix)
    return meta->timestamp - kNtpToUnix;
  return GST_CLOCK_TIME_NONE;
}

void set_reference_utc (GstBuffer *buffer, GstClockTime utc)
{
  if (auto *meta = gst_buffer_get_reference_timestamp_meta (buffer, unix_clock ()))
    meta->timestamp = utc;
  else
    gst_buffer_add_reference_timestamp_meta (buffer, unix_clock (), utc, GST_CLOCK_TIME_NONE);
}

}  // namespace numpro
