/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/timeline.h>

#include "textevent.h"
#include "timelinedata.h"

namespace numpro {

/** @throw UnsuitableError */
std::string timeline_to_text (const TimelineData &timeline, GstNumproTimelineFormat format,
                              FrameRate rate);

/** @throw FormatError, UnsuitableError, JsonError */
void read_timeline_text (GstNumproTimelineFormat format, std::string_view text, FrameRate rate,
                         TimelineData &timeline);

}  // namespace numpro
