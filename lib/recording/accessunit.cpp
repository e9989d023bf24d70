/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "accessunit.h"

#include <algorithm>
#include <string_view>

#include "lib/base/gstowned.h"

namespace numpro {

namespace {

// ITU-T H.264 table 7-1, H.265 table 7-1 and annex D.
constexpr guint8 kH264Sei = 6, kH264Prefix = 14;
constexpr guint8 kH265Sei = 39;
constexpr guint8 kUserDataUnregistered = 5;
constexpr guint8 kStopBit = 0x80;

// A NAL unit of an access unit.
struct NalUnit {
  gsize offset;                  // of its start code or length
  std::span<const guint8> data;  // from its header to the end of the access unit at most
};

bool is_start_code (std::span<const guint8> at)
{
  return at.size () >= 3 && at[0] == 0 && at[1] == 0 && at[2] == 1;
}

// The next one at or behind an offset, where start codes are between them.
std::optional<NalUnit> next_by_start_code (std::span<const guint8> unit, gsize from)
{
  for (gsize i = from; i + 3 < unit.size (); ++i) {
    if (!is_start_code (unit.subspan (i)))
      continue;
    // The byte of zero before it, where there is one, belongs to it.
    const gsize offset = i > from && unit[i - 1] == 0 ? i - 1 : i;
    return NalUnit{offset, unit.subspan (i + 3)};
  }
  return std::nullopt;
}

std::optional<NalUnit> next_by_length (std::span<const guint8> unit, gsize from, guint length_size)
{
  if (unit.size () < from + length_size)
    return std::nullopt;
  gsize length = 0;
  for (guint i = 0; i < length_size; ++i)
    length = length << 8 | unit[from + i];
  const std::span<const guint8> rest = unit.subspan (from + length_size);
  if (length == 0 || length > rest.size ())
    return std::nullopt;
  return NalUnit{from, rest.first (length)};
}

std::optional<NalUnit> next_unit (const NalFormat &format, std::span<const guint8> unit, gsize from)
{
  return format.length_size > 0 ? next_by_length (unit, from, format.length_size)
                                : next_by_start_code (unit, from);
}

guint8 type_of (NalFormat::Codec codec, guint8 header)
{
  return codec == NalFormat::Codec::kH264 ? header & 0x1f : header >> 1 & 0x3f;
}

// Whether it is a slice or, of H.264, what belongs to the slice behind it.
bool is_of_slice (NalFormat::Codec codec, guint8 type)
{
  return codec == NalFormat::Codec::kH264 ? (type >= 1 && type <= 5) || type == kH264Prefix
                                          : type < 32;
}

// So that no start code is found in what a NAL unit holds (H.264 7.4.1, H.265 7.4.2).
void append_escaped (std::vector<guint8> &to, std::span<const guint8> data)
{
  int zeros = 0;
  for (const guint8 byte : data) {
    if (zeros == 2 && byte <= 3) {
      to.push_back (3);
      zeros = 0;
    }
    to.push_back (byte);
    zeros = byte == 0 ? zeros + 1 : 0;
  }
}

std::optional<guint> length_size_of (const GstStructure *structure, NalFormat::Codec codec)
{
  // ISO/IEC 14496-15: lengthSizeMinusOne of the decoder configuration record.
  const gsize at = codec == NalFormat::Codec::kH264 ? 4 : 21;
  const GValue *value = gst_structure_get_value (structure, "codec_data");
  GstBuffer *record =
      value && GST_VALUE_HOLDS_BUFFER (value) ? gst_value_get_buffer (value) : nullptr;
  guint8 byte = 0;
  if (!record || gst_buffer_extract (record, at, &byte, 1) != 1)
    return std::nullopt;
  return (byte & 3) + 1;
}

}  // namespace

std::optional<NalFormat> NalFormat::from_caps (GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  const Codec codec =
      gst_structure_has_name (structure, "video/x-h264") ? Codec::kH264 : Codec::kH265;
  const char *format = gst_structure_get_string (structure, "stream-format");
  if (!format)
    return std::nullopt;
  if (std::string_view (format) == "byte-stream")
    return NalFormat{codec, 0};
  const std::optional<guint> length_size = length_size_of (structure, codec);
  return length_size ? std::optional (NalFormat{codec, *length_size}) : std::nullopt;
}

std::optional<SeiPlace> find_sei_place (const NalFormat &format, std::span<const guint8> unit)
{
  gsize from = 0;
  while (const std::optional<NalUnit> nal = next_unit (format, unit, from)) {
    if (is_of_slice (format.codec, type_of (format.codec, nal->data[0])))
      return SeiPlace{nal->offset, nal->data.size () > 1 ? nal->data[1] & 7 : 1};
    from = static_cast<gsize> (nal->data.data () - unit.data ());
    if (format.length_size > 0)
      from += nal->data.size ();
  }
  return std::nullopt;
}

std::vector<guint8> make_sei_unit (const NalFormat &format, const SeiPlace &place,
                                   std::span<const guint8> data)
{
  std::vector<guint8> message = {kUserDataUnregistered};
  message.insert (message.end (), data.size () / 255, 255);
  message.push_back (static_cast<guint8> (data.size () % 255));
  message.insert (message.end (), data.begin (), data.end ());
  message.push_back (kStopBit);

  const gsize before = format.length_size > 0 ? format.length_size : 4;
  std::vector<guint8> unit (before);
  unit.reserve (before + 2 + message.size () * 3 / 2);
  if (format.codec == NalFormat::Codec::kH264) {
    unit.push_back (kH264Sei);
  } else {
    unit.push_back (kH265Sei << 1);
    unit.push_back (std::max<guint8> (place.temporal_id, 1));
  }
  append_escaped (unit, message);
  if (format.length_size == 0) {
    unit[before - 1] = 1;
    return unit;
  }
  gsize length = unit.size () - before;
  for (gsize i = before; i-- > 0; length >>= 8)
    unit[i] = static_cast<guint8> (length);
  return unit;
}

}  // namespace numpro
