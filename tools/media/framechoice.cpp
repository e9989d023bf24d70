/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framechoice.h"

#include <utility>

#include "lib/recording/recordedmessage.h"
#include "lib/recording/recordednumber.h"

namespace numpro::media {

namespace {

using Choice = CodedFrameFilter::Choice;

// Running time of a frame; less than 0 before the segment.
std::optional<GstClockTimeDiff> running_time_of (GstBuffer *frame, GstPad *pad)
{
  const MiniObjectPtr<GstEvent> event (gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0));
  if (!event || !GST_BUFFER_PTS_IS_VALID (frame))
    return std::nullopt;
  const GstSegment *segment = nullptr;
  gst_event_parse_segment (event.get (), &segment);
  guint64 time = 0;
  const int sign =
      gst_segment_to_running_time_full (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (frame), &time);
  if (sign == 0)
    return std::nullopt;
  return sign * static_cast<GstClockTimeDiff> (time);
}

std::optional<guint64> recorded_slot_of (GstBuffer *frame)
{
  const auto message = recorded_message_of (frame);
  const auto number = message ? from_bytes (*message) : std::nullopt;
  return number ? std::optional (number->meta.slot) : std::nullopt;
}

bool is_progressive (const GstStructure *structure)
{
  const char *mode = gst_structure_get_string (structure, "interlace-mode");
  const char *pictures = gst_structure_get_string (structure, "coded-picture-structure");
  return (!mode || g_str_equal (mode, "progressive")) &&
         (!pictures || g_str_equal (pictures, "frame"));
}

}  // namespace

Fraction fraction_of (GstElement *element, const char *property)
{
  GValue value = G_VALUE_INIT;
  g_object_get_property (G_OBJECT (element), property, &value);
  const Fraction fraction{gst_value_get_fraction_numerator (&value),
                          gst_value_get_fraction_denominator (&value)};
  g_value_unset (&value);
  return fraction;
}

FrameChoice::FrameChoice (GstPad *coded, GstPad *decoded, std::optional<Fraction> rate,
                          Choice choice)
    : choice_ (choice), filter_ (rate, choice)
{
  gst_pad_add_probe (
      // Where the end of the stream is not noted before the frames left are passed on.
      coded,
      static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BUFFER |
                                    GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
      [] (GstPad *pad, GstPadProbeInfo *info, gpointer self) {
        return static_cast<FrameChoice *> (self)->on_coded (pad, info);
      },
      this, nullptr);
  gst_pad_add_probe (
      decoded, GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *pad, GstPadProbeInfo *info, gpointer self) {
        const bool is_dropped =
            static_cast<FrameChoice *> (self)->is_dropped (pad, GST_PAD_PROBE_INFO_BUFFER (info));
        return is_dropped ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
      },
      this, nullptr);
}

GstPadProbeReturn FrameChoice::on_coded (GstPad *pad, GstPadProbeInfo *info)
{
  if (is_pushing_)
    return GST_PAD_PROBE_OK;
  if (GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) {
    on_event (pad, GST_PAD_PROBE_INFO_EVENT (info));
    return GST_PAD_PROBE_OK;
  }
  push (pad, filter_.add (describe (pad, GST_PAD_PROBE_INFO_BUFFER (info))));
  return GST_PAD_PROBE_DROP;
}

void FrameChoice::on_event (GstPad *pad, GstEvent *event)
{
  GstCaps *caps = nullptr;
  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_EOS:
      push (pad, filter_.end ());
      break;
    case GST_EVENT_SEGMENT:
      push (pad, filter_.flush ());
      break;
    case GST_EVENT_CAPS:
      push (pad, filter_.flush ());
      gst_event_parse_caps (event, &caps);
      set_caps (caps);
      break;
    default:
      break;
  }
}

void FrameChoice::set_caps (GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  format_ = Format::kUnknown;
  uses_.reset ();
  if (!is_progressive (structure))
    return;
  if (gst_structure_has_name (structure, "video/x-h264") ||
      gst_structure_has_name (structure, "video/x-h265")) {
    if (const auto nal_format = NalFormat::from_caps (caps)) {
      uses_.emplace (*nal_format, caps);
      format_ = Format::kNal;
    }
  } else if (gst_structure_has_name (structure, "video/x-vp9")) {
    format_ = Format::kClosedGroups;
  } else if (gst_structure_has_name (structure, "image/jpeg")) {
    format_ = Format::kPictures;
  }
}

CodedFrame FrameChoice::describe (GstPad *pad, GstBuffer *coded)
{
  CodedFrame frame;
  frame.coded.reset (gst_buffer_ref (coded));
  if (const auto time = running_time_of (coded, pad)) {
    frame.is_shown = *time >= 0;
    frame.time = frame.is_shown ? *time : 0;
    frame.end =
        frame.time + (GST_BUFFER_DURATION_IS_VALID (coded) ? GST_BUFFER_DURATION (coded) : 0);
  }
  frame.slot = recorded_slot_of (coded);
  frame.lasts = do_frames_last_ && !frame.slot;
  // Of VP8 and others there are frames that are never shown, and that must not be the chosen ones.
  frame.is_kept = format_ == Format::kUnknown;
  frame.is_key_frame = !GST_BUFFER_FLAG_IS_SET (coded, GST_BUFFER_FLAG_DELTA_UNIT);
  tell_use (frame);
  return frame;
}

void FrameChoice::tell_use (CodedFrame &frame)
{
  frame.can_restart = frame.is_key_frame;
  frame.is_disposable = format_ == Format::kPictures;
  frame.is_idr =
      format_ == Format::kPictures || (format_ == Format::kClosedGroups && frame.is_key_frame);
  GstMapInfo map;
  if (!uses_ || !gst_buffer_map (frame.coded.get (), &map, GST_MAP_READ))
    return;
  const std::span<const guint8> unit (map.data, map.size);
  if (const auto use = uses_->read (unit)) {
    frame.is_disposable = !use->is_reference;
    frame.is_idr = use->is_idr;
    // Parsers say of each frame without references that it is one.
    frame.is_key_frame = is_random_access_point (uses_->format (), unit);
    // Of H.264 decoders count pictures on from those that were left out.
    const bool is_h265 = uses_->format ().codec == NalFormat::Codec::kH265;
    frame.can_restart = frame.is_idr || (frame.is_key_frame && is_h265);
    if (frame.can_restart && !frame.is_idr)
      frame.nal_format = uses_->format ();
  }
  gst_buffer_unmap (frame.coded.get (), &map);
}

// What is wrong with one of them is wrong with the next frame too.
void FrameChoice::push (GstPad *pad, std::vector<BufferPtr> frames)
{
  is_pushing_ = true;
  for (BufferPtr &frame : frames)
    gst_pad_chain (pad, frame.release ());
  is_pushing_ = false;
}

// Where the frame that was chosen cannot be decoded one is passed on that was decoded for others.
bool FrameChoice::is_dropped (GstPad *pad, GstBuffer *decoded)
{
  const auto time = running_time_of (decoded, pad);
  if (!time || *time < 0)
    return false;
  const CodedFrameFilter::Cell cell = filter_.cell_at (*time, recorded_slot_of (decoded));
  if (CodedFrameFilter::is_unwanted (decoded) && (choice_ == Choice::kKeyFrame || seen_ == cell))
    return true;
  seen_ = cell;
  return false;
}

}  // namespace numpro::media
