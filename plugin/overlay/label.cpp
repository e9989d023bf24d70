/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "label.h"

#include <charconv>

namespace numpro {

namespace {

// A slot's start may be rounded down to whole milliseconds by its container: 11.999 is 12.0.
constexpr GstClockTime kRounding = GST_MSECOND;

class Writer
{
 public:
  explicit Writer (std::array<char, 24> &text) : begin_ (text.data ()), end_ (begin_ + text.size ())
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

}  // namespace

std::string_view label_characters (LabelKind kind)
{
  switch (kind) {
    case LabelKind::kSeconds:
      return "0123456789.s";
    case LabelKind::kClock:
      return "0123456789:";
    case LabelKind::kNumber:
      break;
  }
  return "0123456789";
}

Label::Label (LabelKind kind, const Slot &slot)
{
  Writer writer (text_);
  switch (kind) {
    case LabelKind::kNumber:
      writer.number (slot.number);
      break;
    case LabelKind::kSeconds: {
      const guint64 tenths = (slot.start + kRounding) / (GST_SECOND / 10);
      writer.number (tenths / 10).character ('.').number (tenths % 10).character ('s');
      break;
    }
    case LabelKind::kClock: {
      const guint64 seconds = (slot.start + kRounding) / GST_SECOND;
      if (seconds >= 3600)
        writer.number (seconds / 3600).character (':');
      writer.two_digits (seconds / 60 % 60).character (':').two_digits (seconds % 60);
      break;
    }
  }
  length_ = writer.length ();
}

}  // namespace numpro
