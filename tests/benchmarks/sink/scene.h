/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <array>
#include <vector>

#include "tests/benchmarks/framekind.h"

namespace numpro::bench {

/** A picture with detail at every scale, as a camera's has, larger than a frame: the frame is a
 *  window in it that moves. Without detail a JPEG would cost less than in real life. */
class Scene
{
 public:
  explicit Scene (const FrameKind &kind);

  /** @return the frame of a place in time, I420 */
  BufferPtr frame (unsigned time) const;

 private:
  struct Texture {
    int width = 0, height = 0;
    std::vector<guint8> samples;
  };
  static Texture make_texture (int width, int height, int coarsest, int finest, double amplitude,
                               guint32 seed);

  FrameKind kind_;
  std::array<Texture, 3> planes_;
};

/** Colours of the chart. */
inline constexpr guint32 kChartColors[] = {0xffffff, 0xffff00, 0x00ffff, 0x00ff00,
                                           0xff00ff, 0xff0000, 0x0000ff, 0x000000,
                                           0x808080, 0xc04020, 0x2040c0, 0x40c020};

/** A frame of vertical stripes in the chart's colours, in the frame's colorimetry. */
BufferPtr make_chart (const FrameKind &kind);

}  // namespace numpro::bench
