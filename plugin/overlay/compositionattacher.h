/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <memory>
#include <string>

#include "atlascache.h"
#include "glyphpainter.h"
#include "placement.h"
#include "style.h"

namespace numpro {

/** Attaches numbers to buffers that the CPU cannot reach, for whoever shows them to blend. */
class CompositionAttacher
{
 public:
  CompositionAttacher (const Style &style, const GstVideoInfo &info, AtlasCache &atlases);

  /** Adds the number to the composition of a buffer that is writable. @return where it will be */
  Box attach (GstBuffer *buffer, std::string_view text);

 private:
  struct Unref {
    void operator() (GstVideoOverlayRectangle *rectangle) const
    {
      gst_video_overlay_rectangle_unref (rectangle);
    }
  };
  using Rectangle = std::unique_ptr<GstVideoOverlayRectangle, Unref>;

  Rectangle draw (std::string_view text);

  std::shared_ptr<const GlyphAtlas> atlas_;
  Placement placement_;
  GlyphPainter painter_;
  std::string drawn_;    // the text of rectangle_
  Rectangle rectangle_;  // used again while the text stays the same
};

}  // namespace numpro
