/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include "sampledframe.h"

namespace numpro {

/** Warns, once each, of what is wrong with the times of a stream. Belongs to the streaming thread.
 */
class TimeWarnings
{
 public:
  /** @param element in whose name warnings are posted; outlives this */
  explicit TimeWarnings (GstElement *element) : element_ (element) {}

  /** Whether frames come whether they are taken or not. */
  void set_live (bool is_live) { is_live_ = is_live; }

  /** To be called for every sample. @param segment of the stream */
  void look_at (const SampledFrame &frame, const GstSegment &segment);

 private:
  void look_for_time (const GstNumproSample &sample, const GstSegment &segment);
  void compare (const SampleClocks &clocks);

  GstElement *const element_;
  bool is_live_ = false;
  bool has_told_time_ = false, has_told_clocks_ = false;
};

}  // namespace numpro
