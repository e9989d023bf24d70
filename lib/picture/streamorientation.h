/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>

#include "orientation.h"

namespace numpro {

/**
 * The orientation of a stream, as its tags "image-orientation" tell. A tag of the stream counts
 * more than one of the whole medium, and both hold until the next stream starts.
 */
class StreamOrientation
{
 public:
  /** Whether there is anything to take note of in an event. */
  static bool is_told_by (GstEvent *event);

  /**
   * Takes note of an event.
   *
   * @param pad that the event came to
   * @return whether frames from now on lie in another way
   */
  bool note (GstPad *pad, GstEvent *event);

  /** Of the frames that come now. */
  Orientation now () const { return stream_.value_or (medium_.value_or (Orientation{})); }

 private:
  void note_tags (GstPad *pad, const GstTagList *tags);

  std::optional<Orientation> stream_, medium_;
};

}  // namespace numpro
