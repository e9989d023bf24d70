/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "glyphpainter.h"
#include "lib/base/gstowned.h"
#include "stamper.h"

namespace numpro {

/** Attaches numbers to buffers that the CPU cannot reach, for whoever shows them to blend. */
class CompositionAttacher final : public Stamper
{
 public:
  CompositionAttacher (const Style &style, const FrameView &view, AtlasPtr &last_atlas);

  std::optional<Box> stamp (GstBuffer *buffer, std::string_view text,
                            Legibility &legibility) override;
  const char *method () const override { return "as a composition that others blend"; }

 private:
  using Rectangle = MiniObjectPtr<GstVideoOverlayRectangle>;

  Rectangle draw (std::string_view text, std::size_t outline);

  GlyphPainter painter_;
  StampColors colors_;
  std::string drawn_;    // the text of rectangle_
  Rectangle rectangle_;  // used again while the text stays the same
};

}  // namespace numpro
