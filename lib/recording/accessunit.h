/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace numpro {

/** By this messages of user data are told from those of others (ISO/IEC 11578). */
using Uuid = std::array<guint8, 16>;

/** How the NAL units of a video stream are written. */
struct NalFormat {
  enum class Codec { kH264, kH265 };

  Codec codec;
  /** Bytes of the length before each NAL unit, 1 to 4; 0: start codes are between them. */
  guint length_size;

  /**
   * @param caps video/x-h264 or video/x-h265
   * @return none where the caps do not say how, or with lengths of which codec_data tells no size
   */
  static std::optional<NalFormat> from_caps (GstCaps *caps);
};

/** What else a decoder needs for a picture, and for what it needs the picture. */
struct PictureUse {
  /** No picture from this one on, in the order of decoding, needs one before it (IDR). */
  bool is_idr;
  /** Other pictures may need it; true where that is not known. */
  bool is_reference;
};

/**
 * Turns a clean random access picture of H.265 into one of a broken link (BLA), as is done where
 * streams are cut: a decoder then counts pictures anew (H.265 8.1.3, 8.3.1). Slice headers of both
 * are alike.
 */
void turn_into_broken_link (const NalFormat &format, std::span<guint8> unit);

/** Tells the use of each picture of a stream, in the order of decoding. */
class PictureUseReader
{
 public:
  /** @param caps that the format is of: codec_data tells of sub-layers */
  PictureUseReader (const NalFormat &format, GstCaps *caps);

  const NalFormat &format () const { return format_; }

  /** @return none where there is no slice, or what is there is no access unit */
  std::optional<PictureUse> read (std::span<const guint8> unit);

 private:
  NalFormat format_;
  std::optional<guint8> highest_temporal_id_;  // of H.265, as far as the stream has told
};

/** Where an SEI message goes into an access unit. */
struct SeiPlace {
  gsize offset;       /**< of the NAL unit before which it goes, with its start code or length */
  guint8 temporal_id; /**< nuh_temporal_id_plus1 of the slice behind it; H.265 */
};

/**
 * Finds the first slice of an access unit: SEI messages stand before it, behind parameter sets and
 * other SEI messages (ITU-T H.264 7.4.1.2.3, H.265 7.4.2.4.4).
 *
 * @return none where there is no slice, or what is there is no access unit
 */
std::optional<SeiPlace> find_sei_place (const NalFormat &format, std::span<const guint8> unit);

/**
 * Finds user data (SEI payload type 5, user_data_unregistered) before the first slice of an access
 * unit; where several messages have the UUID, the last one's.
 *
 * @return what follows the UUID; none where there is no such message
 */
std::optional<std::vector<guint8>> find_user_data (const NalFormat &format,
                                                   std::span<const guint8> unit, const Uuid &uuid);

/**
 * Whether decoding can begin with an access unit: H.264 with IDR slices, or with a message that
 * says so; H.265 with slices of an IRAP picture. Frames shown before it may need others all the
 * same.
 */
bool is_random_access_point (const NalFormat &format, std::span<const guint8> unit);

/**
 * An SEI NAL unit with one message of user data (payload type 5, user_data_unregistered), with what
 * stands before a NAL unit in this format.
 *
 * @param data UUID and what follows it
 */
std::vector<guint8> make_sei_unit (const NalFormat &format, const SeiPlace &place,
                                   std::span<const guint8> data);

}  // namespace numpro
