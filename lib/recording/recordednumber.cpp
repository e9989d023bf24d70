/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recordednumber.h"

namespace numpro {

namespace {

constexpr guint8 kVersion = 1;

// What is written after the version, in this order. Others may be added at the end without another
// version.
template <typename Number, typename Fields>
void transfer (Number &number, Fields &&fields)
{
  auto &meta = number.meta;
  fields.count (meta.number);
  fields.count (meta.slot);
  fields.time (number.stream_time);
  fields.difference (number.into_slot);
  fields.time (meta.slot_duration);
  fields.time (number.utc);
  fields.choice (number.utc_source, UtcSource::kPipelineClock);
  fields.choice (meta.look.stamp, GST_NUMPRO_STAMP_NONE);
  fields.choice (meta.look.halign, GST_NUMPRO_HALIGN_RIGHT);
  fields.choice (meta.look.valign, GST_NUMPRO_VALIGN_BOTTOM);
  fields.count (meta.look.color);
  fields.place (meta.x);
  fields.place (meta.y);
  fields.count (meta.width);
  fields.count (meta.height);
  fields.place (meta.ink_x);
  fields.place (meta.ink_y);
  fields.count (meta.ink_width);
  fields.count (meta.ink_height);
  fields.count (meta.digit_height);
  fields.count (meta.frame_width);
  fields.count (meta.frame_height);
  fields.count (meta.frame_par_n);
  fields.count (meta.frame_par_d);
  fields.count (meta.frame_orientation);
}

// 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
guint64 zigzag (gint64 value)
{
  return (static_cast<guint64> (value) << 1) ^ static_cast<guint64> (value >> 63);
}

gint64 unzigzag (guint64 value)
{
  return static_cast<gint64> ((value >> 1) ^ (~(value & 1) + 1));
}

// Seven bits a byte, the lowest first, as in LEB128. Small numbers are short so, and few bytes are
// zero, of which an SEI message takes no three in a row without another one.
class Writer
{
 public:
  explicit Writer (std::vector<guint8> &bytes) : bytes_ (bytes) {}

  void count (guint64 value)
  {
    for (; value >= 0x80; value >>= 7)
      bytes_.push_back (static_cast<guint8> (value | 0x80));
    bytes_.push_back (static_cast<guint8> (value));
  }

  // One more than it is: what is not known is all ones, and becomes zero.
  void time (GstClockTime value) { count (value + 1); }
  void difference (GstClockTimeDiff value) { count (zigzag (value) + 1); }
  void place (gint value) { count (zigzag (value)); }

  template <typename Choice>
  void choice (Choice value, Choice)
  {
    count (static_cast<guint64> (value));
  }

 private:
  std::vector<guint8> &bytes_;
};

class Reader
{
 public:
  explicit Reader (std::span<const guint8> bytes) : rest_ (bytes) {}

  /** Whether all that was asked for was there, and within its range. */
  bool is_sound () const { return is_sound_; }

  template <typename Unsigned>
  void count (Unsigned &value)
  {
    const guint64 read = next ();
    value = static_cast<Unsigned> (read);
    is_sound_ = is_sound_ && value == read;
  }

  void time (GstClockTime &value) { value = next () - 1; }
  void difference (GstClockTimeDiff &value) { value = unzigzag (next () - 1); }

  void place (gint &value)
  {
    const gint64 read = unzigzag (next ());
    value = static_cast<gint> (read);
    is_sound_ = is_sound_ && value == read;
  }

  template <typename Choice>
  void choice (Choice &value, Choice last)
  {
    const guint64 read = next ();
    is_sound_ = is_sound_ && read <= static_cast<guint64> (last);
    if (is_sound_)
      value = static_cast<Choice> (read);
  }

 private:
  guint64 next ()
  {
    guint64 value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty (); shift += 7) {
      const guint8 byte = rest_.front ();
      rest_ = rest_.subspan (1);
      const guint64 bits = byte & 0x7f;
      value |= bits << shift;
      if (bits << shift >> shift != bits)
        break;
      if (byte < 0x80)
        return value;
    }
    is_sound_ = false;
    return 0;
  }

  std::span<const guint8> rest_;
  bool is_sound_ = true;
};

}  // namespace

std::vector<guint8> to_bytes (const RecordedNumber &number)
{
  std::vector<guint8> bytes = {kVersion};
  bytes.reserve (64);
  transfer (number, Writer (bytes));
  return bytes;
}

std::optional<RecordedNumber> from_bytes (std::span<const guint8> bytes)
{
  if (bytes.empty () || bytes[0] != kVersion)
    return std::nullopt;
  RecordedNumber number;
  Reader reader (bytes.subspan (1));
  transfer (number, reader);
  return reader.is_sound () ? std::optional (number) : std::nullopt;
}

}  // namespace numpro
