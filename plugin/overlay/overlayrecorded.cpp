/* SPDX-License-Identifier: LGPL-2.1-or-later */

// numbering=recorded: numbers that are in the recording already.

#include <gst/base/gstbasetransform.h>

#include <utility>

#include "lib/base/wallclock.h"
#include "overlaydebug.h"
#include "overlayrun.h"

namespace numpro {

namespace {

// The slot of a recorded number, in the running time of this pipeline.
Slot slot_of (const RecordedNumber &recorded, GstClockTimeDiff running_time)
{
  Slot slot;
  slot.number = recorded.meta.number;
  slot.slot = recorded.meta.slot;
  slot.duration = recorded.meta.slot_duration;
  if (GST_CLOCK_STIME_IS_VALID (running_time) && GST_CLOCK_STIME_IS_VALID (recorded.into_slot) &&
      running_time >= recorded.into_slot)
    slot.start = static_cast<GstClockTime> (running_time - recorded.into_slot);
  return slot;
}

// What the recording shows of its number, and where: all but what belongs to this pipeline.
void describe_recorded (GstNumproMeta &meta, const GstNumproMeta &recorded)
{
  GstNumproMeta described = recorded;
  described.meta = meta.meta;
  described.slot_start = meta.slot_start;
  meta = described;
}

}  // namespace

void OverlayRun::fail_without_numbers ()
{
  GST_ELEMENT_ERROR (element_, STREAM, WRONG_TYPE,
                     ("This recording carries no numbers. Record it with numproverlay ! ENCODER ! "
                      "numproseiinserter, or set numbering=count or numbering=time to number it "
                      "now."),
                     ("no SEI message of numproseiinserter on decoded frames; h264parse or "
                      "h265parse has to be before the decoder"));
}

void OverlayRun::tell_of_frame_left_out ()
{
  ++stats_.without_number;
  GST_LOG_OBJECT (element_, "no number is recorded for this frame");
  if (std::exchange (told_of_frame_left_out_, true))
    return;
  GST_ELEMENT_WARNING (element_, STREAM, FORMAT,
                       ("The recording has no number for one of its frames. Those before its first "
                        "number are left out, others count as the frame before."),
                       (nullptr));
}

GstFlowReturn OverlayRun::take_recorded (GstBuffer *buffer, GstClockTimeDiff running_time)
{
  const std::optional<RecordedNumber> &recorded = recorded_.next (buffer, running_time);
  if (recorded_.are_missing ()) {
    fail_without_numbers ();
    return GST_FLOW_ERROR;
  }
  if (recorded_.is_left_out ())
    tell_of_frame_left_out ();
  if (!recorded)
    return GST_BASE_TRANSFORM_FLOW_DROPPED;

  const Slot slot = slot_of (*recorded, running_time);
  if (GST_CLOCK_TIME_IS_VALID (slot.start))
    last_start_ = slot.start;
  std::optional<Drawn> drawn;
  if (!is_drawn (*recorded) && !draw (buffer, slot, running_time, drawn))
    return GST_FLOW_ERROR;
  GstNumproMeta &meta =
      *gst_buffer_add_numpro_meta (buffer, slot.number, slot.slot, slot.start, slot.duration);
  if (is_drawn (*recorded))
    describe_recorded (meta, recorded->meta);
  else
    describe (meta, drawn);
  if (GST_CLOCK_TIME_IS_VALID (recorded->utc) && !recorded_.is_left_out ())
    set_reference_utc (buffer, recorded->utc);
  tell_of_frame (
      buffer, slot,
      Box{meta.x, meta.y, static_cast<gint> (meta.width), static_cast<gint> (meta.height)});
  return GST_FLOW_OK;
}

}  // namespace numpro
