/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vector>

#include "glyphpainter.h"
#include "ground.h"
#include "stamper.h"

namespace numpro {

/**
 * Draws on formats that pack samples into less or other than whole bytes: unpacks the lines under
 * the stamp with the format's own functions, draws, and packs them again.
 */
class LineStamper final : public Stamper
{
 public:
  LineStamper (const Style &style, const FrameView &view, AtlasPtr &last_atlas);

  std::optional<Box> stamp (GstBuffer *buffer, std::string_view text,
                            Legibility &legibility) override;
  const char *method () const override
  {
    return "on unpacked lines, as samples share bytes or are tiled";
  }

 private:
  const GstVideoFormatInfo *unpacked_;
  GlyphPainter painter_;
  StampColors colors_;
  GroundReader ground_;
  std::vector<guint16> lines_;  // under the tallest stamp yet, unpacked; aligned for words
};

}  // namespace numpro
