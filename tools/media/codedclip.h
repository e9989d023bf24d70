/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>
#include <vector>

#include "lib/base/gstowned.h"

namespace numpro::media {

/** A coded frame of a recording, and what is to be known of it without decoding. */
struct CodedPicture {
  BufferPtr buffer;
  GstClockTimeDiff time; /**< at which it is to be seen */
  GstClockTimeDiff dts;  /**< no frame behind it is to be seen before; GST_CLOCK_STIME_NONE */
  bool is_key;           /**< decoding can begin with it */
};

/**
 * Chooses the coded frames of a clip: from the last key frame at or before its start on, until all
 * that is to be seen before its end can be decoded.
 */
class CodedClip
{
 public:
  /** @param start, end that are asked for; end is GST_CLOCK_STIME_NONE where there is none */
  CodedClip (GstClockTimeDiff start, GstClockTimeDiff end);

  /** @param frame the next one in decoding order. @return frames that are next in the clip */
  std::vector<CodedPicture> add (CodedPicture frame);

  /** No more frames come. @return the last ones of the clip */
  std::vector<CodedPicture> finish ();

  /** When the first frame is to be seen. None until it is known. */
  std::optional<GstClockTimeDiff> start () const { return is_begun_ ? first_ : std::nullopt; }

  /** Whether no more frames are wanted. */
  bool is_over () const { return is_over_; }

 private:
  bool may_begin_with (const CodedPicture &frame) const;
  bool shows_start (const CodedPicture &frame);
  std::vector<CodedPicture> begin ();
  void choose (CodedPicture frame, std::vector<CodedPicture> &chosen);

  const GstClockTimeDiff asked_start_;
  GstClockTimeDiff end_;  // no earlier than the last frame that is in the clip
  std::optional<GstClockTimeDiff> first_;
  std::vector<CodedPicture> held_;  // before it is known whether a key frame follows in time
  std::vector<CodedPicture>
      waiting_;             // behind the end; in the clip where one before the end follows
  guint behind_start_ = 0;  // frames held that are to be seen behind the start
  bool is_begun_ = false, is_over_ = false;
};

}  // namespace numpro::media
