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
   * @param style gives the colours; each of its outlines is prepared
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
   * @param outline which of Style::outline_colors(); 0 where there are none
   * @pre x is a multiple of the atlas's step across, y minus the phase's offset of the layout's y
   *   step
   */
  void paint (std::span<const Plane> planes, std::string_view text, int x, int y,
              std::size_t outline);

 private:
  template <typename Sample>
  using Planes = std::vector<GlyphBlend<Sample>>;
  // One for each outline, made together: to draw with another then takes nothing.
  template <typename Sample>
  using Outlines = std::vector<Planes<Sample>>;
  using Prepared = std::variant<std::monostate, Outlines<guint8>, Outlines<guint16>>;

  const Prepared &prepare (char c);
  template <typename Sample>
  Outlines<Sample> make_outlines (const Glyph &glyph) const;

  std::shared_ptr<const GlyphAtlas> atlas_;
  SampleLayout layout_;
  RowPhase phase_;
  std::vector<StampInks> inks_;  // one for each outline
  std::array<Prepared, 128> prepared_;
};

}  // namespace numpro
