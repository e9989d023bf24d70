/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stamptext.h"

#include <charconv>

#include "lib/base/timestamptolerance.h"

namespace numpro {

class StampText::Writer
{
 public:
  explicit Writer (Characters &text) : begin_ (text.data ()), end_ (begin_ + text.size ())
  {
    at_ = begin_;
  }

  Writer &number (guint64 value)
  {
    at_ = std::to_chars (at_, end_, value).ptr;
    return *this;
  }

  Writer &two_digits (guint64 value)
  {
    if (value < 10)
      character ('0');
    return number (value);
  }

  Writer &character (char c)
  {
    *at_++ = c;
    return *this;
  }

  std::size_t length () const { return static_cast<std::size_t> (at_ - begin_); }

 private:
  char *begin_, *end_, *at_;
};

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
  // A container may have rounded the start down: 11.999 is 12.0.
  const GstClockTime start = slot.start + kTimestampTolerance;
  Writer writer (text_);
  switch (kind) {
    case StampKind::kNumber:
      writer.number (slot.number);
      break;
    case StampKind::kSeconds: {
      const guint64 tenths = start / (GST_SECOND / 10);
      writer.number (tenths / 10).character ('.').number (tenths % 10).character ('s');
      break;
    }
    case StampKind::kClock: {
      const guint64 seconds = start / GST_SECOND;
      if (seconds >= 3600)
        writer.number (seconds / 3600).character (':');
      writer.two_digits (seconds / 60 % 60).character (':').two_digits (seconds % 60);
      break;
    }
  }
  length_ = writer.length ();
}

}  // namespace numpro
