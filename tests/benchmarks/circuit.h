/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>

#include "cputime.h"
#include "framekind.h"
#include "framering.h"
#include "lib/base/gstowned.h"

namespace numpro::bench {

/**
 * A running element with nothing but a pad on either side: frames go in at one and are taken back
 * at the other, so that what is measured is the element.
 */
class Circuit
{
 public:
  Circuit (ElementPtr element, const FrameKind &kind, Handling handling);
  ~Circuit ();
  Circuit (const Circuit &) = delete;
  Circuit &operator= (const Circuit &) = delete;

  /** Whether the element takes such frames. */
  static bool takes (GstElement *element, const FrameKind &kind);

  /** @return whether the element runs */
  bool start ();

  /**
   * Sends one frame through the element.
   *
   * @return what came out, to be given back to the ring; null when nothing did
   */
  BufferPtr pass_one (FrameRing &ring);

  /** Sends a frame of whoever calls. @return what came out, null when nothing did */
  BufferPtr push (BufferPtr frame);

  /** Sends so many frames through the element that it has drawn every digit. @return whether it
   *  went well */
  bool warm_up (FrameRing &ring);

  /** The longest lap(): a new number for each frame, all of two digits. */
  static constexpr std::size_t kMaxLap = 90;

  /** @return the CPU time of sending frames through the element, nothing when it failed */
  std::optional<Microseconds> lap (FrameRing &ring, std::size_t frames);

 private:
  static GstFlowReturn take_back (GstPad *pad, GstObject *, GstBuffer *buffer);
  void keep_digits (std::size_t frames);
  BufferPtr pass (FrameRing &ring);

  FrameKind kind_;
  Handling handling_;
  guint reset_signal_ = 0;
  std::size_t numbers_used_ = 0;
  GstClockTime next_pts_ = 0;
  BufferPtr returned_;

  ElementPtr element_;
  PadPtr feed_;  // upstream of the element
  PadPtr home_;  // downstream of it
};

}  // namespace numpro::bench
