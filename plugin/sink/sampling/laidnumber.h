/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include "lib/picture/colorsearch.h"
#include "lib/picture/frameshape.h"
#include "lib/picture/orientation.h"

namespace numpro {

/** How the frame lay that a number was drawn on. */
Orientation orientation_of (const GstNumproMeta &meta);

/** The frame that a number was drawn on. */
inline FrameShape shape_of (const GstNumproMeta &meta)
{
  return {meta.frame_width, meta.frame_height, meta.frame_par_n, meta.frame_par_d};
}

/** A number on the frame that it was drawn on, or on that frame turned since. */
struct LaidNumber {
  FrameShape frame;
  PictureArea ink; /**< in pixels of the frame */
  Orientation orientation;

  /** @param orientation how the number lies then; turned as the frame was, it is where it was */
  LaidNumber (const GstNumproMeta &meta, const Orientation &orientation);
};

}  // namespace numpro
