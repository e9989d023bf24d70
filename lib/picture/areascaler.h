/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <vector>

namespace numpro {

/**
 * Makes planes of 8-bit samples smaller: each sample becomes the mean of all that it covers, to a
 * fraction of a sample. Small digits stay readable, and fine patterns do not flicker.
 *
 * libyuv's own box filter (ScalePlane with kFilterBox) will not do: it takes whole samples, so that
 * edges shift, and rounds down, so that colours come out 2.5 levels off in the mean against 0.9.
 */
class AreaScaler
{
 public:
  struct Size {
    int width = 0, height = 0;
    bool operator== (const Size &) const = default;
  };

  AreaScaler () = default;

  /** @param to not larger than from in any direction */
  AreaScaler (Size from, Size to);

  void scale (const guint8 *from, int from_stride, guint8 *to, int to_stride);

  /** Takes two planes whose samples take turns apart, the one that comes first being the first. */
  void scale_pairs (const guint8 *from, int from_stride, guint8 *first, guint8 *second,
                    int to_stride);

 private:
  /** What samples along an axis are made of: as many neighbours for each, with weights. */
  struct Axis {
    Axis () = default;
    Axis (int from, int to);

    const guint16 *weights (int i) const { return all_weights.data () + i * taps; }

    int taps = 0;
    std::vector<int> first;
    std::vector<guint16> all_weights;  // of each sample 256 together
  };

  bool is_copy () const { return from_ == to_; }
  void average_lines (const guint8 *from, int stride, int bytes, int begin, int end);
  void average_columns (const guint8 *lines, guint8 *to, int to_stride, int begin, int end);

  Size from_, to_;
  Axis across_, down_;
  // Lines at work: as averaged, a plane of them, turned by a quarter, and averaged again
  std::vector<guint8> lines_, halves_, columns_, turned_;
};

}  // namespace numpro
