/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stamper.h"

#include "compositionattacher.h"
#include "directstamper.h"
#include "lib/picture/showncolor.h"
#include "linestamper.h"
#include "palettestamper.h"

namespace numpro {

std::unique_ptr<Stamper> Stamper::make (const Style &style, const FrameView &view,
                                        bool in_system_memory, AtlasPtr &last_atlas)
{
  const GstVideoFormatInfo *format = view.info.finfo;
  if (!in_system_memory)
    return std::make_unique<CompositionAttacher> (style, view, last_atlas);
  if (const std::optional<SampleLayout> layout = SampleLayout::of (format))
    return std::make_unique<DirectStamper> (style, view, *layout, last_atlas);
  if (GST_VIDEO_FORMAT_INFO_HAS_PALETTE (format))
    return std::make_unique<PaletteStamper> (style, view, last_atlas);
  return std::make_unique<LineStamper> (style, view, last_atlas);
}

Stamper::Stamper (const Style &style, const FrameView &view, AtlasPtr &last_atlas,
                  const PixelSteps &steps)
    : info_ (view.info),
      atlas_ (find_atlas (GlyphSpec (style, view, steps), last_atlas)),
      placement_ (style, view, atlas_->height (), steps),
      color_ (shown_color (style.digit_color (), view.info))
{
}

}  // namespace numpro
