/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "glyphpainter.h"

namespace numpro {

namespace {

constexpr guint32 kBlack = 0xff000000;

}  // namespace

GlyphPainter::GlyphPainter (std::shared_ptr<const GlyphAtlas> atlas, const Style &style,
                            const SampleLayout &layout, const GstVideoColorimetry &colorimetry,
                            RowPhase phase)
    : atlas_ (std::move (atlas)), layout_ (layout), phase_ (phase)
{
  const GstVideoFormatInfo *format = layout.format ();
  StampInks inks;
  inks.fill = Ink (style.color, format, colorimetry);
  inks.shade = Ink (kBlack, format, colorimetry);
  inks.shade.opacity = style.shade ();
  for (const guint32 argb : style.outline_colors ()) {
    inks.outline = Ink (argb, format, colorimetry);
    inks_.push_back (inks);
  }
  if (inks_.empty ())
    inks_.push_back (inks);
}

template <typename Sample>
GlyphPainter::Outlines<Sample> GlyphPainter::make_outlines (const Glyph &glyph) const
{
  Outlines<Sample> outlines;
  for (const StampInks &inks : inks_) {
    Planes<Sample> &planes = outlines.emplace_back ();
    for (guint p = 0; p < layout_.planes ().size (); ++p)
      planes.emplace_back (glyph, glyph.height, phase_, inks, layout_, p);
  }
  return outlines;
}

const GlyphPainter::Prepared &GlyphPainter::prepare (char c)
{
  Prepared &prepared = prepared_[static_cast<unsigned char> (c) % prepared_.size ()];
  if (std::holds_alternative<std::monostate> (prepared)) {
    const Glyph &glyph = atlas_->glyph (c);
    if (layout_.sample_bytes () == 2)
      prepared = make_outlines<guint16> (glyph);
    else
      prepared = make_outlines<guint8> (glyph);
  }
  return prepared;
}

void GlyphPainter::paint (std::span<const Plane> planes, std::string_view text, int x, int y,
                          std::size_t outline)
{
  const Orientation &orientation = atlas_->spec ().orientation;
  const bool goes_down = orientation.swaps_axes;
  const bool ends_first = goes_down ? orientation.reverses_y : orientation.reverses_x;
  for (std::size_t i = 0; i < text.size (); ++i) {
    const char c = ends_first ? text[text.size () - 1 - i] : text[i];
    std::visit (
        [&] (const auto &outlines) {
          if constexpr (!std::is_same_v<decltype (outlines), const std::monostate &>) {
            const auto &glyph_planes = outlines[outline];
            for (std::size_t p = 0; p < glyph_planes.size (); ++p) {
              const PlaneLayout &group = layout_.planes ()[p];
              glyph_planes[p].paint (planes[p], (x >> group.w_sub) * group.bytes,
                                     (y - phase_.offset) >> group.h_sub);
            }
          }
        },
        prepare (c));
    const Glyph &glyph = atlas_->glyph (c);
    if (goes_down)
      y += glyph.height;
    else
      x += glyph.width;
  }
}

}  // namespace numpro
