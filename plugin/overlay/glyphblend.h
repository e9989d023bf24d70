/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <type_traits>
#include <vector>

#include "glyphatlas.h"
#include "ink.h"
#include "samplelayout.h"

namespace numpro {

/** A plane of pixels in memory. Does not own it. */
struct Plane {
  guint8 *data = nullptr;
  int stride = 0; /**< bytes from row to row; may be negative */
  int width = 0;  /**< bytes of a row that belong to the frame */
  int height = 0; /**< rows */
};

/** The colours of a stamp as the frame's format stores them. */
struct StampInks {
  Ink fill, outline, shade;
};

/** The cell of a character, seen as the share that each ink has in each pixel. */
class Cell;

/** Where the rows of a cell lie relative to the chroma rows of its frame. */
struct RowPhase {
  int offset = 0;          /**< rows from the top of the first chroma row to the top of the cell */
  bool interlaced = false; /**< chroma rows belong to the two fields in turn */
};

/**
 * What one character does to one plane, worked out ahead.
 *
 * A sample under the character becomes (sample x keep + add) / 256. Rows are cut into two kinds of
 * pieces: fills, where nothing of the frame shows through and bytes are copied, and blocks of 16
 * bytes, where it does. Samples without ink are in neither, except where they share a block with
 * ink: there keep is 256 and add 0, and nothing changes.
 *
 * @tparam Sample guint8 or guint16
 */
template <typename Sample>
class GlyphBlend
{
 public:
  GlyphBlend (const Glyph &glyph, int cell_height, RowPhase phase, const StampInks &inks,
              const SampleLayout &layout, guint plane);

  /**
   * Paints with the first byte of the cell (of the chroma row that it starts in) at byte x of row
   * y. Whatever lies outside the plane is cut off.
   */
  void paint (const Plane &plane, int x, int y) const;

  /** Bytes from this cell to the next one. */
  int width () const { return width_ * static_cast<int> (sizeof (Sample)); }

 private:
  using Sum = std::conditional_t<sizeof (Sample) == 1, guint16, guint32>;
  static constexpr int kBlock = 16 / sizeof (Sample);

  struct Piece {
    int y, x;   // x in samples
    int count;  // samples
  };

  struct Samples {
    Sample fill, outline, shade;
  };

  class Coefficients;
  void add_component (Coefficients &coefficients, const Cell &cell, RowPhase phase,
                      int rows_covered, const ComponentLayout &component, const Samples &inks);
  void cut (const Coefficients &coefficients, int y);
  void add_block (const Coefficients &coefficients, int y, int from, int to);
  void paint_inside (guint8 *origin, int stride) const;
  void paint_clipped (const Plane &plane, int x, int y) const;

  int width_ = 0;    // samples
  int height_ = 0;   // rows
  int reach_ = 0;    // samples; where blocks may start, negative in cells narrower than a block
  Sample mask_ = 0;  // the bits of a sample that the format uses

  std::vector<Piece> fills_;
  std::vector<Sample> ink_row_;  // a row of nothing but ink: what fills copy from
  std::vector<Piece> blocks_;
  std::vector<guint16> keep_;  // kBlock values a block
  std::vector<Sum> add_;       // the same
};

extern template class GlyphBlend<guint8>;
extern template class GlyphBlend<guint16>;

}  // namespace numpro
