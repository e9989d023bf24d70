/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro.h>

#include <optional>

#include "lib/base/gstowned.h"
#include "lib/base/published.h"
#include "lib/base/wallclock.h"
#include "lib/recording/accessunit.h"

namespace numpro {

/** What numproseiinserter did since its start. Any thread may read it. */
struct SeiInserterStats {
  Published<guint64> frames;
  Published<guint64> inserted;       /**< given a message */
  Published<guint64> without_number; /**< that carry no number */
  Published<guint64> bytes;          /**< of all messages */

  void reset ()
  {
    for (Published<guint64> *count : {&frames, &inserted, &without_number, &bytes})
      *count = 0;
  }
};

/** Writes the number of each access unit into it. Belongs to the streaming thread. */
class SeiInserter
{
 public:
  /** @param element in whose name warnings are posted; outlives this, as do the stats */
  SeiInserter (GstElement *element, SeiInserterStats &stats) : element_ (element), stats_ (stats) {}

  /**
   * Access units are written so from now on.
   *
   * @param is_live whether they come as they are taken, so that the wall clock says when
   * @return false when the caps do not say how NAL units are told from each other
   */
  bool set_caps (GstCaps *caps, bool is_live);

  /**
   * An access unit with the message of its number before its first slice. Its memory is shared, not
   * copied.
   *
   * @return null where it carries no number, or has no slice, and stays as it is
   */
  BufferPtr insert (GstBuffer *unit, const GstSegment &segment);

 private:
  std::vector<guint8> message_of (GstBuffer *unit, const GstNumproMeta &meta,
                                  const GstSegment &segment) const;
  std::optional<SeiPlace> place_in (GstBuffer *unit) const;
  void tell_of_missing_slice ();

  GstElement *element_;
  SeiInserterStats &stats_;
  std::optional<NalFormat> format_;
  bool is_live_ = false;
  bool told_of_missing_slice_ = false;
};

}  // namespace numpro
