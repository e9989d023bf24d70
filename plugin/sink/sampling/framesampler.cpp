/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framesampler.h"

#include "lib/base/framelength.h"
#include "lib/base/runningtime.h"
#include "lib/picture/mappedframe.h"

namespace numpro {

namespace {

// Zero where it is early, or nobody knows.
GstClockTime lateness_of (GstClockTime running_time, const PipelineTime &now)
{
  if (!GST_CLOCK_TIME_IS_VALID (running_time) || !GST_CLOCK_TIME_IS_VALID (now.clock) ||
      !GST_CLOCK_TIME_IS_VALID (now.base_time))
    return 0;
  const GstClockTime due = now.base_time + running_time;
  return now.clock > due ? now.clock - due : 0;
}

}  // namespace

void FrameSampler::set_info (const GstVideoInfo &info, double peak)
{
  info_ = info;
  peak_ = peak;
  scaler_ = std::make_unique<Scaler> (info_, max_edge_);
  look_check_.set_info (info_);
  frames_ = FrameRhythm (frame_length_of_rate (info.fps_n, info.fps_d));
}

void FrameSampler::reset ()
{
  sampler_.reset ();
  frames_.reset ();
  samples_.reset ();
  run_.reset ();
}

StreamEnd FrameSampler::stream_end () const
{
  return {frame_end_, run_.stretch (frame_interval_)};
}

bool FrameSampler::wants (GstBuffer *buffer, const GstNumproMeta &meta, const GstSegment &segment)
{
  const GstClockTimeDiff shown_at = running_time_of (segment, buffer);
  const GstClockTime running_time =
      shown_at >= 0 ? static_cast<GstClockTime> (shown_at) : GST_CLOCK_TIME_NONE;
  frames_.note (running_time);
  frame_interval_ = in_stream_time (frames_.interval (), segment);
  const GstClockTime time = stream_time_of (buffer, segment);
  const GstClockTime length = stated_length (buffer, segment, frame_interval_);
  frame_end_ = end_of_frame (time, length, segment, frame_interval_);
  const bool is_sample = sampler_.take (meta.slot, running_time, meta.slot_duration);
  if (is_sample) {
    samples_.note (running_time);
    shown_before_ = run_.stretch (frame_interval_);
    run_.reset ();
  }
  // Backwards a number stands for the time before its frame, of which that says nothing.
  if (!is_backwards (segment))
    run_.note (time, length, frame_interval_);
  return is_sample;
}

std::unique_ptr<SampledFrame> FrameSampler::take (GstBuffer *buffer, const GstNumproMeta &meta,
                                                  const GstSegment &segment,
                                                  const PipelineTime &now)
{
  MappedFrame mapped (info_, buffer, GST_MAP_READ);
  if (!mapped)
    return nullptr;
  auto frame = std::make_unique<SampledFrame> ();
  frame->sample.reset (gst_numpro_sample_new (meta.number));
  frame->sample->slot = meta.slot;
  frame->shown_before = shown_before_;
  fill_in_times (*frame, buffer, meta, segment, now,
                 {frames_.interval (), samples_.interval (), sampler_.due ()});
  frame->lateness = lateness_of (frame->sample->running_time, now);
  frame->sample->source = g_strdup (source_.c_str ());
  frame->picture = pictures_.take ();
  scaler_->scale (mapped.frame (), *frame->picture);
  frame->picture->orientation = orientation_;
  frame->picture->peak = peak_;
  frame->look = look_check_.look_in (*frame->picture, meta);
  return frame;
}

}  // namespace numpro
