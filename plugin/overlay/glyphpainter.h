/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "glyphatlas.h"
#include "glyphblend.h"
#include "style.h"

namespace numpro {

/** Paints text into the planes of frames of one format, one colorimetry and one look. */
class GlyphPainter
{
 public:
  /**
   * @param style gives the colours
   * @param phase of the rows that paint() will be asked for
   */
  GlyphPainter (std::shared_ptr<const GlyphAtlas> atlas, const Style &style,
                const SampleLayout &layout, const GstVideoColorimetry &colorimetry,
                RowPhase phase = {});

  /**
   * Paints text with the top left corner of its box in the frame at pixel (x, y). Characters stand
   * as the atlas was drawn for: side by side or below one another, the first or the last one first.
   *
   * @param planes of the frame, in the format's order
   * @pre x is a multiple of the atlas's step across, y minus the phase's offset of the layout's y
   *   step
   */
  void paint (std::span<const Plane> planes, std::string_view text, int x, int y);

 private:
  template <typename Sample>
  using Planes = std::vector<GlyphBlend<Sample>>;
  using Prepared = std::variant<std::monostate, Planes<guint8>, Planes<guint16>>;

  const Prepared &prepare (char c);
  template <typename Sample>
  Planes<Sample> make_planes (const Glyph &glyph) const;

  std::shared_ptr<const GlyphAtlas> atlas_;
  SampleLayout layout_;
  RowPhase phase_;
  StampInks inks_;
  std::array<Prepared, 128> prepared_;
};

}  // namespace numpro
