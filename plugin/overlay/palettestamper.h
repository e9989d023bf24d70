/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vector>

#include "glyphpainter.h"
#include "stamper.h"

namespace numpro {

/** Draws on frames whose pixels are indices into a palette, with the nearest of its colours. */
class PaletteStamper final : public Stamper
{
 public:
  PaletteStamper (const Style &style, const FrameView &view, AtlasPtr &last_atlas);

  std::optional<Box> stamp (GstBuffer *buffer, std::string_view text,
                            Legibility &legibility) override;
  const char *method () const override { return "with the nearest colours of the palette"; }

 private:
  void judge (Legibility &legibility, const GstVideoFrame &frame, const Box &at) const;

  GlyphPainter painter_;
  StampColors colors_;            // as asked for; the palette has what is like them
  const guint32 wanted_;          // the digits' colour; 0 where it is too faint to be drawn
  std::vector<guint32> picture_;  // the text as ARGB words, colours premultiplied
};

}  // namespace numpro
