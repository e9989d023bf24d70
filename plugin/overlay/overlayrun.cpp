/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlayrun.h"

#include "lib/base/framelength.h"
#include "overlaycaps.h"
#include "overlaydebug.h"

namespace numpro {

namespace {

bool can_draw_on (GstBuffer *buffer)
{
  return gst_buffer_is_writable (buffer) && gst_buffer_is_all_memory_writable (buffer);
}

GstNumproStamp stamp_of (StampKind kind)
{
  switch (kind) {
    case StampKind::kSeconds:
      return GST_NUMPRO_STAMP_SECONDS;
    case StampKind::kClock:
      return GST_NUMPRO_STAMP_CLOCK;
    case StampKind::kNumber:
      break;
  }
  return GST_NUMPRO_STAMP_NUMBER;
}

}  // namespace

OverlayRun::OverlayRun (GstElement *element, const OverlaySettings &settings, OverlayStats &stats)
    : element_ (element),
      stats_ (stats),
      settings_ (settings),
      numbering_ (settings.numbering),
      time_check_ (element)
{
  GST_DEBUG_OBJECT (element_, "starts; other than by default:%s",
                    differences (initial_settings (), settings).c_str ());
  tell_of_refused_outline ();
}

bool OverlayRun::set_caps (GstCaps *caps)
{
  GstVideoInfo info;
  if (!gst_video_info_from_caps (&info, caps))
    return false;

  stream_.emplace (info);
  stream_->in_system_memory = is_system_memory (gst_caps_get_features (caps, 0));
  stream_->frame_duration = frame_length_of_rate (info.fps_n, info.fps_d);
  GST_DEBUG_OBJECT (element_, "%s: %" GST_PTR_FORMAT,
                    stream_->in_system_memory
                        ? "draws on frames"
                        : "attaches compositions, as the CPU does not reach frames",
                    caps);
  return true;
}

void OverlayRun::note_orientation (GstPad *pad, GstEvent *event)
{
  if (!orientation_.note (pad, event))
    return;
  GST_DEBUG_OBJECT (element_, "frames lie in another way");
  if (stream_)
    stream_->stamper.reset ();
}

void OverlayRun::change_settings (OverlaySettings settings)
{
  settings.numbering = settings_.numbering;
  GST_DEBUG_OBJECT (element_, "changed:%s", differences (settings_, settings).c_str ());
  if (stream_ && settings.style != settings_.style)
    stream_->stamper.reset ();
  const bool refused_another = settings.refused_outline != settings_.refused_outline;
  settings_ = std::move (settings);
  if (refused_another)
    tell_of_refused_outline ();
}

void OverlayRun::reset_numbers ()
{
  GST_DEBUG_OBJECT (element_, "numbers start again");
  numbering_.reset ();
}

void OverlayRun::note (Numbering::Break time_line)
{
  numbering_.note (time_line);
  recorded_.forget ();
}

void OverlayRun::end ()
{
  if (recorded_.none_seen ())
    fail_without_numbers ();
}

// Whether the pixels of a buffer will be drawn on.
bool OverlayRun::draws_on (GstBuffer *buffer) const
{
  if (settings_.silent || !stream_->in_system_memory)
    return false;
  if (settings_.numbering.mode != NumberingOptions::Mode::kRecorded)
    return true;
  const std::optional<RecordedNumber> recorded = recorded_number_of (buffer);
  return recorded && !is_drawn (*recorded);
}

GstBuffer *OverlayRun::make_writable (GstBuffer *input)
{
  if (!draws_on (input) || can_draw_on (input))
    return gst_buffer_is_writable (input) ? input : gst_buffer_copy (input);

  if (!stream_->copies)
    GST_DEBUG_OBJECT (element_, "copies frames whose pixels others hold");
  stream_->copies = true;
  GstBuffer *copied = stream_->copier.copy (input);
  if (!copied)
    GST_ELEMENT_ERROR (element_, RESOURCE, NO_SPACE_LEFT, ("Could not copy a frame to draw on it."),
                       ("no memory, or the buffer is smaller than its caps say"));
  return copied;
}

void OverlayRun::make_stamper ()
{
  const gint64 begin = g_get_monotonic_time ();
  const AtlasPtr before = atlas_;
  legibility_.look_again ();
  const GstVideoInfo &info = stream_->info;
  stream_->orientation = orientation_.now ().method ();
  stream_->stamper = Stamper::make (settings_.style.on (info), {info, orientation_.now ()},
                                    stream_->in_system_memory, atlas_);
  if (atlas_ != before)
    tell_of_new_atlas (begin);
  GST_DEBUG_OBJECT (element_, "draws on %s %dx%d: %s", info.finfo->name, info.width, info.height,
                    stream_->stamper->method ());
}

void OverlayRun::tell_of_new_atlas (gint64 begin)
{
  const GlyphSpec &spec = atlas_->spec ();
  const char *family = atlas_->family ().c_str ();
  GST_DEBUG_OBJECT (element_,
                    "drew the characters in \"%s\" at %.1f px, cells %d rows high, in %.1f ms",
                    family, spec.pixel_size, atlas_->height (),
                    static_cast<double> (g_get_monotonic_time () - begin) / 1000);
  if (atlas_->font_substituted () && fonts_missed_.insert (spec.font_desc).second)
    GST_ELEMENT_WARNING (element_, RESOURCE, NOT_FOUND,
                         ("Font \"%s\" is not installed; drawing with \"%s\". Install it or set "
                          "font-desc.",
                          spec.font_desc.c_str (), family),
                         (nullptr));
}

void OverlayRun::tell_of_refused_outline ()
{
  if (!settings_.refused_outline)
    return;
  GST_ELEMENT_WARNING (element_, RESOURCE, SETTINGS,
                       ("outline=\"%s\" is no outline; it stays \"%s\". Set it to auto, none or a "
                        "width in pixels, 0 to %d.",
                        settings_.refused_outline->c_str (),
                        outline_text (settings_.style).c_str (), kMaxOutlineWidth),
                       (nullptr));
}

void OverlayRun::tell_of_contrast ()
{
  // What is not drawn has none.
  const std::optional<double> contrast =
      stream_->stamper->color () == 0 ? std::nullopt : legibility_.contrast ();
  stats_.contrast = contrast.value_or (0);
  GST_LOG_OBJECT (element_, "contrast %.2f:1", contrast.value_or (0));
  if (!contrast || !legibility_.is_poor () || warned_of_contrast_)
    return;
  warned_of_contrast_ = true;
  GST_ELEMENT_WARNING (element_, STREAM, FORMAT,
                       ("The number can hardly be read: its contrast with what is around it is "
                        "%.1f:1. Set outline=auto or another color.",
                        *contrast),
                       (nullptr));
}

// What the pixels show of the number, and where, for a new meta: nothing where there is no box.
void OverlayRun::describe (GstNumproMeta &meta, const std::optional<Drawn> &drawn) const
{
  const Style &style = settings_.style;
  const bool is_drawn = drawn && stream_->stamper->color () != 0;
  meta.look = {style.color, style.halign, style.valign, GST_NUMPRO_STAMP_NONE, {}};
  if (!is_drawn)
    return;
  meta.look.color = stream_->stamper->color ();
  meta.look.stamp = stamp_of (style.stamp);
  const auto &[box, ink] = *drawn;
  meta.x = box.x;
  meta.y = box.y;
  meta.width = static_cast<guint> (box.width);
  meta.height = static_cast<guint> (box.height);
  meta.ink_x = ink.x;
  meta.ink_y = ink.y;
  meta.ink_width = static_cast<guint> (ink.width);
  meta.ink_height = static_cast<guint> (ink.height);
  meta.digit_height = static_cast<guint> (stream_->stamper->digit_height ());
  meta.frame_width = stream_->shape.width;
  meta.frame_height = stream_->shape.height;
  meta.frame_par_n = stream_->shape.par_n;
  meta.frame_par_d = stream_->shape.par_d;
  meta.frame_orientation = stream_->orientation;
}

void OverlayRun::fail_without_time (const char *property)
{
  GST_ELEMENT_ERROR (element_, STREAM, FORMAT,
                     ("%s needs timestamps, and a buffer has none. Have the source timestamp its "
                      "buffers (appsrc: format=time do-timestamp=true), or set numbering=count and "
                      "stamp=number.",
                      property),
                     ("no PTS, or a segment that is not in time"));
}

std::optional<Slot> OverlayRun::next_slot (GstBuffer *buffer, GstClockTimeDiff running_time)
{
  const GstClockTime frame_duration = GST_CLOCK_TIME_IS_VALID (stream_->frame_duration)
                                          ? stream_->frame_duration
                                          : frame_length_of (buffer);
  time_check_.note (running_time);
  const guint time_lines = numbering_.time_lines ();
  const std::optional<Slot> slot = numbering_.next (running_time, frame_duration);
  if (slot && time_lines > 0 && numbering_.time_lines () > time_lines)
    GST_DEBUG_OBJECT (element_, "times start again, numbers go on with %" G_GUINT64_FORMAT,
                      slot->number);
  if (slot && GST_CLOCK_TIME_IS_VALID (slot->start))
    last_start_ = slot->start;

  const bool shows_time = !settings_.silent && settings_.style.stamp != StampKind::kNumber;
  const bool follows_time = settings_.numbering.mode == NumberingOptions::Mode::kTime;
  const bool are_times_lost = time_check_.are_lost ();
  if (!slot || (follows_time && are_times_lost))
    fail_without_time ("numbering=time");
  else if (shows_time && (are_times_lost || !GST_CLOCK_TIME_IS_VALID (last_start_)))
    fail_without_time ("stamp=seconds and stamp=clock");
  else {
    if (shows_time || follows_time)
      time_check_.check_presence ();
    if (follows_time)
      time_check_.check_number (slot->number, slot->slot == settings_.numbering.start);
    return slot;
  }
  return std::nullopt;
}

bool OverlayRun::draw (GstBuffer *buffer, const Slot &slot, GstClockTimeDiff running_time,
                       std::optional<Drawn> &drawn)
{
  const Style &style = settings_.style;
  if (settings_.silent)
    return true;
  if (!stream_->stamper)
    make_stamper ();
  legibility_.begin_frame (running_time, style.outline_auto);
  const bool judged = legibility_.due ();
  Slot shown = slot;
  shown.start = last_start_;
  const StampText text (style.stamp, shown);
  const std::optional<Box> box = stream_->stamper->stamp (buffer, text.text (), legibility_);
  if (!box) {
    GST_ELEMENT_ERROR (element_, RESOURCE, WRITE, ("Could not map a frame to draw on it."),
                       ("the buffer is smaller than its caps say, or cannot be mapped"));
    return false;
  }
  drawn = {*box, stream_->stamper->ink (text.text (), *box)};
  if (judged)
    tell_of_contrast ();
  ++(stream_->in_system_memory ? stats_.stamped : stats_.attached);
  return true;
}

GstFlowReturn OverlayRun::stamp (GstBuffer *buffer, GstClockTimeDiff running_time)
{
  if (settings_.numbering.mode == NumberingOptions::Mode::kRecorded)
    return take_recorded (buffer, running_time);

  const std::optional<Slot> slot = next_slot (buffer, running_time);
  std::optional<Drawn> drawn;
  if (!slot || !draw (buffer, *slot, running_time, drawn))
    return GST_FLOW_ERROR;
  describe (
      *gst_buffer_add_numpro_meta (buffer, slot->number, slot->slot, slot->start, slot->duration),
      drawn);
  tell_of_frame (buffer, *slot, drawn.value_or (Drawn{}).box);
  return GST_FLOW_OK;
}

void OverlayRun::tell_of_frame (GstBuffer *buffer, const Slot &slot, const Box &box)
{
  stats_.number = slot.number;
  ++stats_.frames;
  GST_LOG_OBJECT (element_,
                  "number %" G_GUINT64_FORMAT ", slot %" G_GUINT64_FORMAT ", pts %" GST_TIME_FORMAT
                  ", box %dx%d at %d,%d",
                  slot.number, slot.slot, GST_TIME_ARGS (GST_BUFFER_PTS (buffer)), box.width,
                  box.height, box.x, box.y);
}

}  // namespace numpro
