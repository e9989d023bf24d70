/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <memory>
#include <optional>
#include <string_view>

#include "frameview.h"
#include "glyphatlas.h"
#include "legibility.h"
#include "placement.h"

namespace numpro {

/**
 * Puts stamps on frames of one format, size and orientation, in one look.
 *
 * Made when any of them changes; a frame then costs what its ink costs.
 */
class Stamper
{
 public:
  /** @param last_atlas used where it fits, replaced where not */
  static std::unique_ptr<Stamper> make (const Style &style, const FrameView &view,
                                        bool in_system_memory, AtlasPtr &last_atlas);

  virtual ~Stamper () = default;

  /**
   * Stamps a writable buffer, as far as the text fits on its frame.
   *
   * @param legibility says which outline; judges the frame where that is due
   * @return where; nothing when the frame cannot be mapped
   */
  virtual std::optional<Box> stamp (GstBuffer *buffer, std::string_view text,
                                    Legibility &legibility) = 0;

  /**
   * The colour of the digits of the last stamp as the frame shows it, 0xAARRGGBB; 0 where nothing
   * of them is to be seen.
   */
  guint32 color () const { return color_; }

  /** Height of the ink of digits in pixels. */
  int digit_height () const { return atlas_->digit_height (); }

  /** Where the ink of the characters of a text is, without outlines, whose stamp is there. */
  Box ink (std::string_view text, const Box &at) const
  {
    const Box ink =
        atlas_->ink (text, atlas_->spec ().orientation.swaps_axes ? at.height : at.width);
    return {at.x + ink.x, at.y + ink.y, ink.width, ink.height};
  }

  /** How it draws, and why so, for the log. */
  virtual const char *method () const = 0;

 protected:
  Stamper (const Style &style, const FrameView &view, AtlasPtr &last_atlas,
           const PixelSteps &steps);

  const GstVideoInfo &info () const { return info_; }
  const AtlasPtr &atlas () const { return atlas_; }
  Box place (std::string_view text) const { return placement_.of (atlas_->width (text)); }
  void set_color (guint32 argb) { color_ = argb; }

 private:
  GstVideoInfo info_;
  AtlasPtr atlas_;
  Placement placement_;
  guint32 color_;
};

}  // namespace numpro
