/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "seiinserter.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "lib/base/runningtime.h"
#include "lib/recording/recordednumber.h"
#include "recorddebug.h"

namespace numpro {

namespace {

// Where no other clock is on the frame, that of a live pipeline says when it was taken. What is not
// live was taken at another time, which nobody knows.
void fill_in_utc (RecordedNumber &recorded, GstBuffer *unit, GstClockTimeDiff running_time,
                  const std::optional<PipelineTime> &now)
{
  recorded.utc = reference_utc (unit);
  recorded.utc_source = UtcSource::kReferenceTimestamp;
  if (!GST_CLOCK_TIME_IS_VALID (recorded.utc) && now && running_time >= 0) {
    recorded.utc = now->utc_at (static_cast<GstClockTime> (running_time));
    recorded.utc_source = UtcSource::kPipelineClock;
  }
  if (!GST_CLOCK_TIME_IS_VALID (recorded.utc))
    recorded.utc_source = UtcSource::kNone;
}

RecordedNumber recorded_number (GstBuffer *unit, const GstNumproMeta &meta,
                                const GstSegment &segment, const std::optional<PipelineTime> &now)
{
  RecordedNumber recorded;
  recorded.meta = meta;
  const GstClockTimeDiff running_time = running_time_of (segment, unit);
  if (GST_CLOCK_TIME_IS_VALID (meta.slot_start) && GST_CLOCK_STIME_IS_VALID (running_time))
    recorded.into_slot = running_time - static_cast<GstClockTimeDiff> (meta.slot_start);
  if (segment.format == GST_FORMAT_TIME)
    recorded.stream_time =
        gst_segment_to_stream_time (&segment, GST_FORMAT_TIME, GST_BUFFER_PTS (unit));
  fill_in_utc (recorded, unit, running_time, now);
  return recorded;
}

GstMemory *memory_of (const std::vector<guint8> &bytes)
{
  GstMemory *memory = gst_allocator_alloc (nullptr, bytes.size (), nullptr);
  GstMapInfo map;
  gst_memory_map (memory, &map, GST_MAP_WRITE);
  std::copy (bytes.begin (), bytes.end (), map.data);
  gst_memory_unmap (memory, &map);
  return memory;
}

}  // namespace

bool SeiInserter::set_caps (GstCaps *caps, bool is_live)
{
  format_ = NalFormat::from_caps (caps);
  is_live_ = is_live;
  GST_DEBUG_OBJECT (element_, "%s, %" GST_PTR_FORMAT, is_live ? "live" : "not live", caps);
  return format_.has_value ();
}

std::vector<guint8> SeiInserter::message_of (GstBuffer *unit, const GstNumproMeta &meta,
                                             const GstSegment &segment) const
{
  const std::optional<PipelineTime> now =
      is_live_ ? std::optional (PipelineTime::of (element_)) : std::nullopt;
  std::vector<guint8> message = to_bytes (recorded_number (unit, meta, segment, now));
  message.insert (message.begin (), kRecordedNumberUuid.begin (), kRecordedNumberUuid.end ());
  return message;
}

std::optional<SeiPlace> SeiInserter::place_in (GstBuffer *unit) const
{
  GstMapInfo map;
  if (!gst_buffer_map (unit, &map, GST_MAP_READ))
    return std::nullopt;
  const std::optional<SeiPlace> place = find_sei_place (*format_, {map.data, map.size});
  gst_buffer_unmap (unit, &map);
  return place;
}

void SeiInserter::tell_of_missing_slice ()
{
  if (std::exchange (told_of_missing_slice_, true))
    return;
  GST_ELEMENT_WARNING (element_, STREAM, FORMAT,
                       ("A frame has a number and no picture: no slice was found in it, and it "
                        "stays as it is. Have a parser (h264parse, h265parse) before this element "
                        "if its source makes no whole access units."),
                       (nullptr));
}

BufferPtr SeiInserter::insert (GstBuffer *unit, const GstSegment &segment)
{
  ++stats_.frames;
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (unit);
  if (!meta) {
    ++stats_.without_number;
    return nullptr;
  }
  const std::optional<SeiPlace> place = place_in (unit);
  if (!place) {
    tell_of_missing_slice ();
    return nullptr;
  }
  const std::vector<guint8> sei =
      make_sei_unit (*format_, *place, message_of (unit, *meta, segment));

  constexpr auto kAllButMemory = static_cast<GstBufferCopyFlags> (GST_BUFFER_COPY_METADATA);
  BufferPtr result (gst_buffer_new ());
  gst_buffer_copy_into (result.get (), unit, kAllButMemory, 0, -1);
  if (place->offset > 0)
    gst_buffer_copy_into (result.get (), unit, GST_BUFFER_COPY_MEMORY, 0, place->offset);
  gst_buffer_append_memory (result.get (), memory_of (sei));
  gst_buffer_copy_into (result.get (), unit, GST_BUFFER_COPY_MEMORY, place->offset, -1);
  ++stats_.inserted;
  stats_.bytes += sei.size ();
  GST_LOG_OBJECT (element_, "number %" G_GUINT64_FORMAT ", %" G_GSIZE_FORMAT " bytes", meta->number,
                  sei.size ());
  return result;
}

}  // namespace numpro
