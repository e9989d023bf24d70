/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stamper.h"

#include "linestamper.h"
#include "palettestamper.h"
#include "plainstamper.h"

namespace numpro {

std::shared_ptr<const GlyphAtlas> find_atlas (const Style &style, const GstVideoInfo &info,
                                              int width_step,
                                              std::shared_ptr<const GlyphAtlas> atlas)
{
  const GlyphSpec spec (style, GST_VIDEO_INFO_WIDTH (&info), GST_VIDEO_INFO_FIELD_HEIGHT (&info),
                        width_step);
  if (atlas && atlas->spec () == spec)
    return atlas;
  return std::make_shared<const GlyphAtlas> (spec);
}

std::unique_ptr<Stamper> Stamper::make (const Style &style, const GstVideoInfo &info,
                                        std::shared_ptr<const GlyphAtlas> atlas)
{
  if (const std::optional<SampleLayout> layout = SampleLayout::of (info.finfo))
    return std::make_unique<PlainStamper> (style, info, *layout, std::move (atlas));
  if (GST_VIDEO_FORMAT_INFO_HAS_PALETTE (info.finfo))
    return std::make_unique<PaletteStamper> (style, info, std::move (atlas));
  return std::make_unique<LineStamper> (style, info, std::move (atlas));
}

Stamper::Stamper (const Style &style, const GstVideoInfo &info,
                  std::shared_ptr<const GlyphAtlas> atlas, int x_step)
    : atlas_ (find_atlas (style, info, x_step, std::move (atlas))),
      placement_ (style, GST_VIDEO_INFO_WIDTH (&info), GST_VIDEO_INFO_FIELD_HEIGHT (&info),
                  atlas_->height (), x_step)
{
}

Place Stamper::place (std::string_view label) const
{
  return placement_.of (atlas_->width (label));
}

}  // namespace numpro
