/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "glyphpainter.h"
#include "ground.h"
#include "stamper.h"

namespace numpro {

/** Draws straight into the frame: formats with samples of whole bytes or words. */
class DirectStamper final : public Stamper
{
 public:
  /** @param layout of the frames' format */
  DirectStamper (const Style &style, const FrameView &view, const SampleLayout &layout,
                 AtlasPtr &last_atlas);

  std::optional<Box> stamp (GstBuffer *buffer, std::string_view text,
                            Legibility &legibility) override;
  const char *method () const override { return "in place, as each sample has bytes of its own"; }

 private:
  GlyphPainter painter_;
  StampColors colors_;
  GroundReader ground_;
  guint n_planes_;
  std::array<Plane, GST_VIDEO_MAX_PLANES> sizes_;  // of the planes; data and stride are the frame's
};

}  // namespace numpro
