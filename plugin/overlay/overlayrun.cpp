/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlayrun.h"

#include <gst/numpro/numpro.h>

#include "lib/picture/mappedframe.h"
#include "overlaycaps.h"
#include "overlaydebug.h"

namespace numpro {

namespace {

bool can_draw_on (GstBuffer *buffer)
{
  return gst_buffer_is_writable (buffer) && gst_buffer_is_all_memory_writable (buffer);
}

void add_meta (GstBuffer *buffer, const Slot &slot, const Style &style)
{
  GstNumproMeta *meta =
      gst_buffer_add_numpro_meta (buffer, slot.number, slot.slot, slot.start, slot.duration);
  meta->look = {style.color, style.halign, style.valign, {}};
}

}  // namespace

OverlayRun::OverlayRun (GstElement *element, const OverlaySettings &settings, OverlayStats &stats)
    : element_ (element),
      stats_ (stats),
      settings_ (settings),
      numbering_ (settings.numbering),
      atlases_ (element)
{
  GST_DEBUG_OBJECT (
      element_, "starts; other than by default:%s",
      differences (overlay_properties (), default_settings (overlay_properties ()), settings)
          .c_str ());
}

bool OverlayRun::set_caps (GstCaps *caps)
{
  GstVideoInfo info;
  if (!gst_video_info_from_caps (&info, caps))
    return false;

  stream_.emplace (info);
  stream_->in_system_memory = is_system_memory (gst_caps_get_features (caps, 0));
  if (info.fps_n > 0)
    stream_->frame_duration = gst_util_uint64_scale_int (GST_SECOND, info.fps_d, info.fps_n);
  GST_DEBUG_OBJECT (element_, "%s: %" GST_PTR_FORMAT,
                    stream_->in_system_memory
                        ? "draws on frames"
                        : "attaches compositions, as the CPU does not reach frames",
                    caps);
  return true;
}

void OverlayRun::change_settings (OverlaySettings settings)
{
  settings.numbering = settings_.numbering;
  GST_DEBUG_OBJECT (element_, "changed:%s",
                    differences (overlay_properties (), settings_, settings).c_str ());
  if (stream_ && settings.style != settings_.style) {
    stream_->stamper.reset ();
    stream_->attacher.reset ();
  }
  settings_ = std::move (settings);
}

void OverlayRun::reset_numbers ()
{
  GST_DEBUG_OBJECT (element_, "numbers start again");
  numbering_.reset ();
}

GstBuffer *OverlayRun::make_writable (GstBuffer *input)
{
  const bool draws = !settings_.silent && stream_->in_system_memory;
  if (!draws || can_draw_on (input))
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

void OverlayRun::warn_of_missing_font ()
{
  const GlyphAtlas &atlas = *atlases_.last ();
  const std::string &wanted = atlas.spec ().font_desc;
  if (atlas.font_substituted () && fonts_missed_.insert (wanted).second) {
    GST_ELEMENT_WARNING (element_, RESOURCE, NOT_FOUND,
                         ("Font \"%s\" is not installed; drawing with \"%s\". Install it or set "
                          "font-desc.",
                          wanted.c_str (), atlas.family ().c_str ()),
                         (nullptr));
  }
}

std::optional<Box> OverlayRun::draw (GstBuffer *buffer, std::string_view text)
{
  if (!stream_->stamper) {
    stream_->stamper = Stamper::make (settings_.style, stream_->info, atlases_);
    GST_DEBUG_OBJECT (element_, "draws on %s %dx%d: %s", stream_->info.finfo->name,
                      stream_->info.width, stream_->info.height, stream_->stamper->method ());
    warn_of_missing_font ();
  }

  MappedFrame mapped (stream_->info, buffer, GST_MAP_READWRITE);
  if (!mapped)
    return std::nullopt;
  return stream_->stamper->stamp (mapped.frame (), text);
}

Box OverlayRun::attach (GstBuffer *buffer, std::string_view text)
{
  if (!stream_->attacher) {
    stream_->attacher =
        std::make_unique<CompositionAttacher> (settings_.style, stream_->info, atlases_);
    warn_of_missing_font ();
  }
  return stream_->attacher->attach (buffer, text);
}

GstFlowReturn OverlayRun::fail_without_time (const char *property)
{
  GST_ELEMENT_ERROR (element_, STREAM, FORMAT,
                     ("%s needs timestamps, and a buffer has none.", property),
                     ("use numbering=count with stamp=number, or timestamp the stream upstream"));
  return GST_FLOW_ERROR;
}

GstFlowReturn OverlayRun::stamp (GstBuffer *buffer, GstClockTimeDiff running_time)
{
  const GstClockTime frame_duration = GST_CLOCK_TIME_IS_VALID (stream_->frame_duration)
                                          ? stream_->frame_duration
                                          : GST_BUFFER_DURATION (buffer);
  const std::optional<Slot> slot = numbering_.next (running_time, frame_duration);
  if (!slot)
    return fail_without_time ("numbering=time");

  const Style &style = settings_.style;
  std::optional<Box> box;
  if (!settings_.silent) {
    if (style.stamp != StampKind::kNumber && !GST_CLOCK_TIME_IS_VALID (slot->start))
      return fail_without_time ("stamp=seconds and stamp=clock");
    const StampText text (style.stamp, *slot);
    if (!stream_->in_system_memory) {
      box = attach (buffer, text.text ());
      ++stats_.attached;
    } else if ((box = draw (buffer, text.text ()))) {
      ++stats_.stamped;
    } else {
      GST_ELEMENT_ERROR (element_, RESOURCE, WRITE, ("Could not map a frame to draw on it."),
                         ("the buffer is smaller than its caps say, or cannot be mapped"));
      return GST_FLOW_ERROR;
    }
  }

  add_meta (buffer, *slot, style);
  stats_.number = slot->number;
  ++stats_.frames;
  const Box at = box.value_or (Box{});
  GST_LOG_OBJECT (element_,
                  "number %" G_GUINT64_FORMAT ", slot %" G_GUINT64_FORMAT ", pts %" GST_TIME_FORMAT
                  ", box %dx%d at %d,%d",
                  slot->number, slot->slot, GST_TIME_ARGS (GST_BUFFER_PTS (buffer)), at.width,
                  at.height, at.x, at.y);
  return GST_FLOW_OK;
}

}  // namespace numpro
