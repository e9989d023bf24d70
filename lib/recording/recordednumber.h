/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro.h>

#include <optional>
#include <span>
#include <vector>

#include "accessunit.h"

namespace numpro {

/** How it is known at what wall-clock time a frame was taken. */
enum class UtcSource : guint8 {
  kNone,               /**< it is not */
  kReferenceTimestamp, /**< the frame brought it along */
  kPipelineClock,      /**< by the clock of the pipeline that recorded it */
};

/** The message of a frame's number is told by it from those of others. */
inline constexpr Uuid kRecordedNumberUuid = {0x14, 0x74, 0x34, 0x2e, 0x4a, 0xcc, 0x40, 0x07,
                                             0x92, 0x51, 0xe9, 0x26, 0x6b, 0x20, 0xbb, 0x5b};

/**
 * What a recording tells of one frame: its number, when it was to be seen, and what it looks like.
 * Times are in ns, GST_CLOCK_TIME_NONE where they are not known.
 */
struct RecordedNumber {
  GstNumproMeta meta = {}; /**< but for slot_start, which is of the pipeline that recorded */
  GstClockTimeDiff into_slot = GST_CLOCK_STIME_NONE; /**< from the start of the slot to the frame */
  GstClockTime stream_time = GST_CLOCK_TIME_NONE;
  GstClockTime utc = GST_CLOCK_TIME_NONE;
  UtcSource utc_source = UtcSource::kNone;
};

/** As bytes, without the UUID; docs/formats.md has the layout. */
std::vector<guint8> to_bytes (const RecordedNumber &number);

/** Reads what to_bytes() wrote. @return none where it did not, or of a later version */
std::optional<RecordedNumber> from_bytes (std::span<const guint8> bytes);

}  // namespace numpro
