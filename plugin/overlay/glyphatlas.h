/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "frameview.h"
#include "stamptext.h"
#include "style.h"

namespace numpro {

/** One character, drawn as it lies in the frame. Both masks are rows of bytes, 255 = covered. */
struct Glyph {
  int width = 0, height = 0;   /**< of the cell, in pixels of the frame */
  std::vector<guint8> fill;    /**< coverage by the character itself */
  std::vector<guint8> outline; /**< coverage by its outline, fill included; empty without one */
  Box ink; /**< of the character itself in its cell, as they are seen; empty where there is none */
};

/** What decides how characters are drawn, and nothing else: equal specs give equal atlases. */
struct GlyphSpec {
  std::string font_desc;
  double pixel_size;    /**< of the font, in rows of the frame */
  double outline_width; /**< in rows of the frame */
  StampKind stamp;
  double x_density, y_density; /**< as FrameView has them */
  Orientation orientation;
  PixelSteps steps; /**< cells are as large as multiples of these (chroma subsampling) */

  GlyphSpec (const Style &style, const FrameView &view, const PixelSteps &steps);

  bool operator== (const GlyphSpec &) const = default;
};

/**
 * The characters that stamps are made of, drawn once per look and size.
 *
 * As they are seen, characters stand in cells of equal height on one baseline. Digits have cells of
 * equal width, so that a digit does not move when its neighbour changes. A cell holds all ink of
 * its character, cells do not overlap, and above and below the tallest ink is a margin.
 */
class GlyphAtlas
{
 public:
  explicit GlyphAtlas (const GlyphSpec &spec);

  const GlyphSpec &spec () const { return spec_; }

  /** Height of every cell in pixels, as it is seen. */
  int height () const { return height_; }

  /** Height of the ink of the tallest digit in pixels, without its outline. */
  int digit_height () const { return digit_height_; }

  /** @pre c is one of stamp_characters (spec ().stamp) */
  const Glyph &glyph (char c) const { return glyphs_[slot_of (c)]; }

  /** Width of a text in pixels, as it is seen. */
  int width (std::string_view text) const;

  /**
   * Where the ink of a text is, without outlines, in the text's box as it lies in the frame: as
   * high as the tallest digit's.
   *
   * @param width of the text, as that of width()
   */
  Box ink (std::string_view text, int width) const;

  /** The font family that was really used. */
  const std::string &family () const { return family_; }

  /** Whether family() is another than the spec asks for. */
  bool font_substituted () const { return font_substituted_; }

 private:
  static std::size_t slot_of (char c) { return static_cast<unsigned char> (c) % 128; }

  GlyphSpec spec_;
  int height_ = 0, digit_height_ = 0;
  int digit_top_ = 0;  // of the tallest digit's ink in its cell, as it is seen
  std::array<Glyph, 128> glyphs_;
  std::string family_;
  bool font_substituted_ = false;
};

using AtlasPtr = std::shared_ptr<const GlyphAtlas>;

/**
 * The atlas of a spec: the last one if it is the same, else a new one, which is the last one then.
 * A new colour, place or frame size may have use for it.
 */
AtlasPtr find_atlas (const GlyphSpec &spec, AtlasPtr &last);

}  // namespace numpro
