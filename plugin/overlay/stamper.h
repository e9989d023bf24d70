/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <memory>
#include <string_view>

#include "atlascache.h"
#include "placement.h"
#include "style.h"

namespace numpro {

/**
 * Draws stamps on frames of one format and size, in one look.
 *
 * Made when either changes; a frame then costs what its ink costs.
 */
class Stamper
{
 public:
  /** The stamper for frames that the CPU can reach. */
  static std::unique_ptr<Stamper> make (const Style &style, const GstVideoInfo &info,
                                        AtlasCache &atlases);

  virtual ~Stamper () = default;

  /**
   * Draws on a frame that is mapped for reading and writing, as far as the text fits on it.
   *
   * @return where
   */
  virtual Box stamp (const GstVideoFrame &frame, std::string_view text) = 0;

  /** How it draws, and why so, for the log. */
  virtual const char *method () const = 0;

 protected:
  Stamper (const Style &style, const GstVideoInfo &info, AtlasCache &atlases, int x_step);

  const std::shared_ptr<const GlyphAtlas> &atlas () const { return atlas_; }
  Box place (std::string_view text) const { return placement_.of (atlas_->width (text)); }

 private:
  std::shared_ptr<const GlyphAtlas> atlas_;
  Placement placement_;
};

}  // namespace numpro
