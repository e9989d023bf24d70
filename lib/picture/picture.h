/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <vector>

#include "orientation.h"

namespace numpro {

/** A small 4:2:0 picture in memory of its own, for an image to be made of. */
struct Picture {
  int width = 0, height = 0;         /**< pixels */
  GstVideoColorimetry colorimetry{}; /**< what its samples mean */
  Orientation orientation{};         /**< how it lies, until it is turned as it is to be seen */
  std::vector<guint8> samples;       /**< Y, U, V planes, one after the other */

  /** The same planes in 10 bits, which take the place of samples while the picture is deep. */
  std::vector<guint16> deep_samples;
  bool is_deep = false; /**< high dynamic range needs more than 8 bits, until it is mapped */
  double peak = 0;      /**< as content_peak(), for PQ */

  /** Sets the size; samples are undefined then. */
  void resize (int new_width, int new_height);

  int chroma_width () const { return (width + 1) / 2; }
  int chroma_height () const { return (height + 1) / 2; }

  /** Bytes from row to row. Luma rows have room for whole pairs of pixels, as JPEG takes them. */
  int luma_stride () const { return 2 * chroma_width (); }
  int chroma_stride () const { return chroma_width (); }

  guint8 *y () { return samples.data (); }
  guint8 *u () { return y () + luma_stride () * 2 * chroma_height (); }
  guint8 *v () { return u () + chroma_stride () * chroma_height (); }
  const guint8 *y () const { return samples.data (); }
  const guint8 *u () const { return y () + luma_stride () * 2 * chroma_height (); }
  const guint8 *v () const { return u () + chroma_stride () * chroma_height (); }
};

/**
 * Repeats the last column and row of a picture of odd size, whose chroma they share with nobody, in
 * the room that is beside them.
 */
void fill_up_pairs (Picture &picture);

/** What JFIF files hold: BT.601, full range. */
GstVideoColorimetry jfif_colorimetry ();

/** Converts samples of standard range to what JFIF files hold. */
void convert_to_jfif (Picture &picture);

}  // namespace numpro
