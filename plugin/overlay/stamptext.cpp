/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stamptext.h"

#include <charconv>

#include "lib/base/timestamptolerance.h"

namespace numpro {

std::string_view stamp_characters (StampKind kind)
{
  switch (kind) {
    case StampKind::kSeconds:
      return "0123456789.s";
    case StampKind::kClock:
      return "0123456789:";
    case StampKind::kNumber:
      break;
  }
  return "0123456789";
}

StampText::StampText (StampKind kind, const Slot &slot)
{
  char *at = text_.data ();
  const auto number = [&] (guint64 value) {
    at = std::to_chars (at, text_.data () + text_.size (), value).ptr;
  };
  const auto two_digits = [&] (guint64 value) {
    if (value < 10)
      *at++ = '0';
    number (value);
  };
  // A container may have rounded the start down: 11.999 is 12.0.
  const GstClockTime start = slot.start + kTimestampTolerance;
  if (kind == StampKind::kNumber) {
    number (slot.number);
  } else if (kind == StampKind::kSeconds) {
    const guint64 tenths = start / (GST_SECOND / 10);
    number (tenths / 10);
    *at++ = '.';
    number (tenths % 10);
    *at++ = 's';
  } else {
    const guint64 seconds = start / GST_SECOND;
    if (seconds >= 3600) {
      number (seconds / 3600);
      *at++ = ':';
    }
    two_digits (seconds / 60 % 60);
    *at++ = ':';
    two_digits (seconds % 60);
  }
  length_ = static_cast<std::size_t> (at - text_.data ());
}

}  // namespace numpro
