/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stamper.h"

#include "compositionattacher.h"
#include "directstamper.h"
#include "lib/picture/showncolor.h"
#include "linestamper.h"
#include "palettestamper.h"

namespace numpro {

std::unique_ptr<Stamper> Stamper::make (const Style &style, const GstVideoInfo &info,
                                        bool in_system_memory, AtlasPtr &last_atlas)
{
  if (!in_system_memory)
    return std::make_unique<CompositionAttacher> (style, info, last_atlas);
  if (const std::optional<SampleLayout> layout = SampleLayout::of (info.finfo))
    return std::make_unique<DirectStamper> (style, info, *layout, last_atlas);
  if (GST_VIDEO_FORMAT_INFO_HAS_PALETTE (info.finfo))
    return std::make_unique<PaletteStamper> (style, info, last_atlas);
  return std::make_unique<LineStamper> (style, info, last_atlas);
}

Stamper::Stamper (const Style &style, const GstVideoInfo &info, AtlasPtr &last_atlas, int x_step)
    : info_ (info),
      atlas_ (find_atlas (GlyphSpec (style, info, x_step), last_atlas)),
      placement_ (style, info, atlas_->height (), x_step),
      color_ (shown_color (style.digit_color (), info))
{
}

}  // namespace numpro
