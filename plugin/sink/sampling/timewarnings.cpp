/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "timewarnings.h"

#include <cmath>
#include <cstdlib>

namespace numpro {

namespace {

// Clocks that are set by the network differ by milliseconds; a stream is under way for less.
constexpr GstClockTimeDiff kClocksDisagree = GST_SECOND;

}  // namespace

void TimeWarnings::look_at (const SampledFrame &frame, const GstSegment &segment)
{
  if (!has_told_time_)
    look_for_time (*frame.sample, segment);
  // Of a recording it is no wonder.
  if (is_live_ && !has_told_clocks_)
    compare (frame.clocks);
}

void TimeWarnings::look_for_time (const GstNumproSample &sample, const GstSegment &segment)
{
  if (GST_CLOCK_TIME_IS_VALID (sample.running_time))
    return;
  has_told_time_ = true;
  if (segment.format != GST_FORMAT_TIME)
    GST_ELEMENT_WARNING (element_, STREAM, FORMAT,
                         ("The stream has no times: its segment is in %s. Answers name frames and "
                          "no times. Have the source timestamp its buffers (appsrc: format=time "
                          "do-timestamp=true).",
                          gst_format_get_name (segment.format)),
                         ("told once"));
  else
    GST_ELEMENT_WARNING (element_, STREAM, FORMAT,
                         ("Number %" G_GUINT64_FORMAT
                          " has no timestamp, and answers do not know when it was to be seen. Have "
                          "the source timestamp all frames.",
                          sample.number),
                         ("told once"));
}

void TimeWarnings::compare (const SampleClocks &clocks)
{
  if (!GST_CLOCK_TIME_IS_VALID (clocks.reference) || !GST_CLOCK_TIME_IS_VALID (clocks.pipeline))
    return;
  const GstClockTimeDiff difference = GST_CLOCK_DIFF (clocks.pipeline, clocks.reference);
  if (std::abs (difference) <= kClocksDisagree)
    return;
  has_told_clocks_ = true;
  const double seconds = static_cast<double> (difference) / GST_SECOND;
  GST_ELEMENT_WARNING (element_, STREAM, FAILED,
                       ("The stream's own clock is %.1f s %s this machine's. UTC times are by the "
                        "stream's; set both by NTP.",
                        std::abs (seconds), seconds > 0 ? "ahead of" : "behind"),
                       ("told once"));
}

}  // namespace numpro
