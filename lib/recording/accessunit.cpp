/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "accessunit.h"

#include <algorithm>
#include <string_view>

#include "lib/base/gstowned.h"

namespace numpro {

namespace {

// ITU-T H.264 table 7-1, H.265 table 7-1 and annex D.
constexpr guint8 kH264Idr = 5, kH264Sei = 6, kH264Prefix = 14;
constexpr guint8 kH265LastSubLayer = 15, kH265FirstIrap = 16, kH265FirstIdr = 19, kH265LastIdr = 20,
                 kH265LastIrap = 23, kH265Vps = 32, kH265Sei = 39;
// Byte of the decoder configuration record of H.265, with numTemporalLayers as well.
constexpr gsize kH265LengthSize = 21;
constexpr guint8 kUserDataUnregistered = 5, kRecoveryPoint = 6;
constexpr guint8 kStopBit = 0x80;

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

bool is_sei (NalFormat::Codec codec, guint8 type)
{
  return type == (codec == NalFormat::Codec::kH264 ? kH264Sei : kH265Sei);
}

// Offset of the next start code of three bytes, or the size.
gsize find_start_code (std::span<const guint8> data, gsize from)
{
  for (gsize i = from; i + 3 <= data.size (); ++i) {
    if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1)
      return i;
  }
  return data.size ();
}

// A NAL unit of an access unit.
struct NalUnit {
  gsize offset;                  // of its start code or length
  std::span<const guint8> data;  // from its header on; by start codes, to the access unit's end
  guint8 type;
};

// The NAL units of an access unit, one after the other.
class NalUnits
{
 public:
  NalUnits (const NalFormat &format, std::span<const guint8> unit) : format_ (format), unit_ (unit)
  {
  }

  // None where there are no more, or what comes is none.
  std::optional<NalUnit> next ()
  {
    NalUnit nal = {};
    const bool is_there = format_.length_size > 0 ? go_by_length (nal) : go_by_start_code (nal);
    if (!is_there)
      return std::nullopt;
    nal.type = type_of (format_.codec, nal.data[0]);
    return nal;
  }

  // Without what is behind it.
  std::span<const guint8> whole (const NalUnit &nal) const
  {
    return format_.length_size > 0 ? nal.data : nal.data.first (find_start_code (nal.data, 0));
  }

 private:
  bool go_by_start_code (NalUnit &nal)
  {
    const gsize at = find_start_code (unit_, from_);
    if (at + 3 >= unit_.size ())
      return false;
    // The byte of zero before it, where there is one, belongs to it.
    nal.offset = at > from_ && unit_[at - 1] == 0 ? at - 1 : at;
    from_ = at + 3;
    nal.data = unit_.subspan (from_);
    return true;
  }

  bool go_by_length (NalUnit &nal)
  {
    gsize length = 0;
    if (unit_.size () < from_ + format_.length_size)
      return false;
    nal.offset = from_;
    for (guint i = 0; i < format_.length_size; ++i)
      length = length << 8 | unit_[from_++];
    if (length == 0 || length > unit_.size () - from_)
      return false;
    nal.data = unit_.subspan (from_, length);
    from_ += length;
    return true;
  }

  const NalFormat &format_;
  const std::span<const guint8> unit_;
  gsize from_ = 0;
};

// A number of an SEI message: bytes that are added up until one is not 255.
std::optional<gsize> take_number (std::span<const guint8> &from)
{
  gsize number = 0;
  while (!from.empty ()) {
    const guint8 byte = from.front ();
    from = from.subspan (1);
    number += byte;
    if (byte != 255)
      return number;
  }
  return std::nullopt;
}

// Visits type and payload of each message in what is in an SEI NAL unit.
template <typename Visit>
void visit_messages (std::span<const guint8> messages, Visit &&visit)
{
  // What is left at the end is the stop bit.
  while (messages.size () > 2) {
    const std::optional<gsize> type = take_number (messages), size = take_number (messages);
    if (!type || !size || *size > messages.size ())
      return;
    visit (*type, messages.first (*size));
    messages = messages.subspan (*size);
  }
}

// What append_escaped() did not write.
std::vector<guint8> unescaped (std::span<const guint8> data)
{
  std::vector<guint8> bytes;
  bytes.reserve (data.size ());
  int zeros = 0;
  for (const guint8 byte : data) {
    const bool is_escape = zeros >= 2 && byte == 3;
    zeros = byte == 0 ? zeros + 1 : 0;
    if (!is_escape)
      bytes.push_back (byte);
  }
  return bytes;
}

// Visits the messages before the first slice of an access unit.
template <typename Visit>
void visit_messages_of (const NalFormat &format, std::span<const guint8> unit, Visit &&visit)
{
  const gsize header_size = format.codec == NalFormat::Codec::kH264 ? 1 : 2;
  NalUnits units (format, unit);
  for (std::optional<NalUnit> nal = units.next (); nal && !is_of_slice (format.codec, nal->type);
       nal = units.next ()) {
    const std::span<const guint8> sei =
        is_sei (format.codec, nal->type) ? units.whole (*nal) : std::span<const guint8> ();
    if (sei.size () > header_size)
      visit_messages (unescaped (sei.subspan (header_size)), visit);
  }
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

// A byte of the decoder configuration record in the caps (ISO/IEC 14496-15).
std::optional<guint8> byte_of_codec_data (const GstStructure *structure, gsize at)
{
  const GValue *value = gst_structure_get_value (structure, "codec_data");
  GstBuffer *record =
      value && GST_VALUE_HOLDS_BUFFER (value) ? gst_value_get_buffer (value) : nullptr;
  guint8 byte = 0;
  if (!record || gst_buffer_extract (record, at, &byte, 1) != 1)
    return std::nullopt;
  return byte;
}

std::optional<guint> length_size_of (const GstStructure *structure, NalFormat::Codec codec)
{
  // lengthSizeMinusOne
  const std::optional<guint8> byte =
      byte_of_codec_data (structure, codec == NalFormat::Codec::kH264 ? 4 : kH265LengthSize);
  return byte ? std::optional<guint> ((*byte & 3) + 1) : std::nullopt;
}

// Of what the video parameter set tells of (H.265 7.3.2.1: vps_max_sub_layers_minus1).
std::optional<guint8> highest_temporal_id_of (std::span<const guint8> parameters)
{
  constexpr gsize kHeader = 2;
  if (parameters.size () < kHeader + 2)
    return std::nullopt;
  return parameters[kHeader + 1] >> 1 & 7;
}

PictureUse use_in_h264 (const NalUnit &slice)
{
  constexpr guint8 kRefIdc = 0x60;
  return {.is_idr = slice.type == kH264Idr, .is_reference = (slice.data[0] & kRefIdc) != 0};
}

// A picture that no other of its sub-layer needs may be needed by one of a higher sub-layer
// (H.265 table 7-1: the even types up to RSV_VCL_N14).
PictureUse use_in_h265 (const NalUnit &slice, std::optional<guint8> highest_temporal_id)
{
  const bool is_needed_in_sub_layer = slice.type >= kH265LastSubLayer || slice.type % 2 == 1;
  const bool is_highest = highest_temporal_id && slice.data.size () > 1 &&
                          (slice.data[1] & 7) == *highest_temporal_id + 1;
  return {.is_idr = slice.type >= kH265FirstIdr && slice.type <= kH265LastIdr,
          .is_reference = is_needed_in_sub_layer || !is_highest};
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

void turn_into_broken_link (const NalFormat &format, std::span<guint8> unit)
{
  constexpr guint8 kBlaWithLeading = 16, kCra = 21, kType = 0x3f << 1;
  NalUnits units (format, unit);
  while (const std::optional<NalUnit> nal = units.next ()) {
    guint8 &header = unit[static_cast<gsize> (nal->data.data () - unit.data ())];
    if (nal->type == kCra)
      header = static_cast<guint8> ((header & ~kType) | kBlaWithLeading << 1);
  }
}

PictureUseReader::PictureUseReader (const NalFormat &format, GstCaps *caps) : format_ (format)
{
  const std::optional<guint8> byte =
      byte_of_codec_data (gst_caps_get_structure (caps, 0), kH265LengthSize);
  // 0 where it is not known, and else one more than the highest TemporalId.
  const int layers = format.codec == NalFormat::Codec::kH265 && byte ? *byte >> 3 & 7 : 0;
  if (layers > 0)
    highest_temporal_id_ = layers - 1;
}

std::optional<PictureUse> PictureUseReader::read (std::span<const guint8> unit)
{
  NalUnits units (format_, unit);
  while (const std::optional<NalUnit> nal = units.next ()) {
    if (format_.codec == NalFormat::Codec::kH265 && nal->type == kH265Vps) {
      highest_temporal_id_ = highest_temporal_id_of (nal->data);
    } else if (is_of_slice (format_.codec, nal->type)) {
      return format_.codec == NalFormat::Codec::kH264 ? use_in_h264 (*nal)
                                                      : use_in_h265 (*nal, highest_temporal_id_);
    }
  }
  return std::nullopt;
}

std::optional<SeiPlace> find_sei_place (const NalFormat &format, std::span<const guint8> unit)
{
  NalUnits units (format, unit);
  while (const std::optional<NalUnit> nal = units.next ()) {
    if (!is_of_slice (format.codec, nal->type))
      continue;
    const guint8 temporal_id = nal->data.size () > 1 ? nal->data[1] & 7 : 0;
    return SeiPlace{nal->offset, std::max<guint8> (temporal_id, 1)};
  }
  return std::nullopt;
}

std::optional<std::vector<guint8>> find_user_data (const NalFormat &format,
                                                   std::span<const guint8> unit, const Uuid &uuid)
{
  std::optional<std::vector<guint8>> found;
  visit_messages_of (format, unit, [&] (gsize type, std::span<const guint8> payload) {
    if (type == kUserDataUnregistered && payload.size () >= uuid.size () &&
        std::equal (uuid.begin (), uuid.end (), payload.begin ()))
      found.emplace (payload.begin () + std::ssize (uuid), payload.end ());
  });
  return found;
}

bool is_random_access_point (const NalFormat &format, std::span<const guint8> unit)
{
  const bool is_h264 = format.codec == NalFormat::Codec::kH264;
  NalUnits units (format, unit);
  std::optional<NalUnit> nal = units.next ();
  while (nal && (!is_of_slice (format.codec, nal->type) || (is_h264 && nal->type == kH264Prefix)))
    nal = units.next ();
  if (!nal)
    return false;
  if (!is_h264)
    return nal->type >= kH265FirstIrap && nal->type <= kH265LastIrap;
  bool is_recovered = false;
  // Its first bit is set where no more frames are needed before all is right.
  visit_messages_of (format, unit, [&] (gsize type, std::span<const guint8> payload) {
    is_recovered |= type == kRecoveryPoint && !payload.empty () && payload[0] >= 0x80;
  });
  return nal->type == kH264Idr || is_recovered;
}

std::vector<guint8> make_sei_unit (const NalFormat &format, const SeiPlace &place,
                                   std::span<const guint8> data)
{
  std::vector<guint8> message (1 + data.size () / 255, 255);
  message[0] = kUserDataUnregistered;
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
    unit.push_back (place.temporal_id);
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
