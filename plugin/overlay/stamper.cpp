/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stamper.h"

#include "directstamper.h"
#include "linestamper.h"
#include "palettestamper.h"

namespace numpro {

std::unique_ptr<Stamper> Stamper::make (const Style &style, const GstVideoInfo &info,
                                        AtlasCache &atlases)
{
  if (const std::optional<SampleLayout> layout = SampleLayout::of (info.finfo))
    return std::make_unique<DirectStamper> (style, info, *layout, atlases);
  if (GST_VIDEO_FORMAT_INFO_HAS_PALETTE (info.finfo))
    return std::make_unique<PaletteStamper> (style, info, atlases);
  return std::make_unique<LineStamper> (style, info, atlases);
}

Stamper::Stamper (const Style &style, const GstVideoInfo &info, AtlasCache &atlases, int x_step)
    : atlas_ (atlases.find (GlyphSpec (style, info, x_step))),
      placement_ (style, info, atlas_->height (), x_step)
{
}

}  // namespace numpro
