/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "glyphpainter.h"
#include "stamper.h"

namespace numpro {

/** Draws straight into the frame: formats with samples of whole bytes or words. */
class PlainStamper final : public Stamper
{
 public:
  /** @param layout of the info's format */
  PlainStamper (const Style &style, const GstVideoInfo &info, const SampleLayout &layout,
                std::shared_ptr<const GlyphAtlas> atlas);

  void stamp (const GstVideoFrame &frame, std::string_view label) override;

 private:
  GlyphPainter painter_;
  guint n_planes_;
  std::array<Plane, GST_VIDEO_MAX_PLANES> sizes_;  // of the planes; data and stride are the frame's
};

}  // namespace numpro
