/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <memory>
#include <string_view>

#include "glyphatlas.h"
#include "placement.h"
#include "style.h"

namespace numpro {

/**
 * Draws labels on frames of one format and size, in one look.
 *
 * Made when either changes; a frame then costs what its ink costs.
 */
class Stamper
{
 public:
  /**
   * The stamper for frames that the CPU can reach.
   *
   * @param atlas of an earlier stamper; used again if it has what this one needs. May be null.
   */
  static std::unique_ptr<Stamper> make (const Style &style, const GstVideoInfo &info,
                                        std::shared_ptr<const GlyphAtlas> atlas);

  virtual ~Stamper () = default;

  /** Draws on a frame that is mapped for reading and writing, as far as the label fits on it. */
  virtual void stamp (const GstVideoFrame &frame, std::string_view label) = 0;

  const std::shared_ptr<const GlyphAtlas> &atlas () const { return atlas_; }

 protected:
  Stamper (const Style &style, const GstVideoInfo &info, std::shared_ptr<const GlyphAtlas> atlas,
           int x_step);

  Place place (std::string_view label) const;

 private:
  std::shared_ptr<const GlyphAtlas> atlas_;
  Placement placement_;
};

/** The atlas for a look on frames of a size: the given one if it fits, else a new one. */
std::shared_ptr<const GlyphAtlas> find_atlas (const Style &style, const GstVideoInfo &info,
                                              int width_step,
                                              std::shared_ptr<const GlyphAtlas> atlas);

}  // namespace numpro
