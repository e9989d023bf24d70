/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <cstddef>
#include <optional>

#include "ground.h"
#include "stampcolors.h"

namespace numpro {

/**
 * How well numbers can be told from what is around them, and which outline they get where there is
 * a choice. The frame is looked at now and then. Belongs to the streaming thread.
 */
class Legibility
{
 public:
  /** A number is about to be drawn. @param running_time GST_CLOCK_STIME_NONE when unknown */
  void begin_frame (GstClockTimeDiff running_time, bool chooses_outline);

  /** The next frame is to be judged: what is drawn changed, or where. */
  void look_again () { due_ = true; }

  /** Whether judge() is to be called before the number is drawn on this frame. */
  bool due () const { return due_; }

  /**
   * Chooses the outline, and works out the contrast.
   *
   * An outline has to contrast 3:1 with the fill, as otherwise nobody reads the number in it. Of
   * those that do, the one is taken that contrasts more with the ground; it stays as long as that
   * is 3:1, so that it does not flicker. Where nothing is known of the ground, it is the one that
   * contrasts more with the fill.
   *
   * @param ground with the shade of the colors; nothing when it cannot be read
   */
  void judge (const StampColors &colors, const std::optional<Ground> &ground);

  /** Which of StampColors::outlines is drawn. */
  std::size_t outline () const { return outline_.value_or (0); }

  /**
   * The fill's contrast with the outline or, without one or where that is more, with the ground.
   * Nothing when it is not known.
   */
  std::optional<double> contrast () const { return contrast_; }

  /**
   * Whether it is known that the number can hardly be told from what is around it: neither by its
   * lightness nor by its hue.
   */
  bool is_poor () const;

 private:
  bool due_ = true;
  guint frames_ = 0;  // since the last judge()
  GstClockTimeDiff now_ = GST_CLOCK_STIME_NONE, judged_at_ = GST_CLOCK_STIME_NONE;
  std::optional<std::size_t> outline_;  // there is one as long as there is a choice
  std::optional<double> contrast_;
  double chroma_distance_ = 0;  // where the contrast is known
};

}  // namespace numpro
