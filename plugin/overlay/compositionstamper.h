/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <memory>
#include <string>

#include "glyphatlas.h"
#include "glyphpainter.h"
#include "placement.h"
#include "style.h"

namespace numpro {

/** Attaches labels to buffers that the CPU cannot reach, for whoever shows them to blend. */
class CompositionStamper
{
 public:
  /** @param atlas of an earlier stamper, used again if it fits; may be null */
  CompositionStamper (const Style &style, const GstVideoInfo &info,
                      std::shared_ptr<const GlyphAtlas> atlas);

  /** Adds the label to the buffer's composition. @pre the buffer is writable */
  void attach (GstBuffer *buffer, std::string_view label);

  const std::shared_ptr<const GlyphAtlas> &atlas () const { return atlas_; }

 private:
  struct Unref {
    void operator() (GstVideoOverlayRectangle *rectangle) const
    {
      gst_video_overlay_rectangle_unref (rectangle);
    }
  };
  using Rectangle = std::unique_ptr<GstVideoOverlayRectangle, Unref>;

  Rectangle draw (std::string_view label);

  std::shared_ptr<const GlyphAtlas> atlas_;
  Placement placement_;
  GlyphPainter painter_;
  std::string drawn_;    // the label of rectangle_
  Rectangle rectangle_;  // used again while the label stays the same
};

}  // namespace numpro
