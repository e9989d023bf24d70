/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "glyphpainter.h"

#include <bit>

namespace numpro {

namespace {

constexpr guint32 kBlack = 0xff000000;

bool is_native_word (const GstVideoFormatInfo *format)
{
  const GstVideoFormat id = GST_VIDEO_FORMAT_INFO_FORMAT (format);
  if (id == GST_VIDEO_FORMAT_AYUV64 || id == GST_VIDEO_FORMAT_ARGB64)
    return true;
  const bool little = GST_VIDEO_FORMAT_INFO_IS_LE (format);
  return little == (std::endian::native == std::endian::little);
}

}  // namespace

bool GlyphPainter::can_paint (const GstVideoFormatInfo *format)
{
  if (GST_VIDEO_FORMAT_INFO_IS_COMPLEX (format) || GST_VIDEO_FORMAT_INFO_IS_TILED (format) ||
      GST_VIDEO_FORMAT_INFO_HAS_PALETTE (format))
    return false;
  const bool words = GST_VIDEO_FORMAT_INFO_DEPTH (format, 0) > 8;
  for (guint c = 0; c < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (format); ++c) {
    const guint depth = GST_VIDEO_FORMAT_INFO_DEPTH (format, c);
    const guint shift = GST_VIDEO_FORMAT_INFO_SHIFT (format, c);
    const gint stride = GST_VIDEO_FORMAT_INFO_PSTRIDE (format, c);
    if (stride <= 0 || (depth > 8) != words)
      return false;
    if (!words && (depth != 8 || shift != 0))
      return false;
    if (words && (depth + shift > 16 || stride % 2 || GST_VIDEO_FORMAT_INFO_POFFSET (format, c) % 2))
      return false;
  }
  return !words || is_native_word (format);
}

GlyphPainter::GlyphPainter (std::shared_ptr<const GlyphAtlas> atlas, const Style &style,
                            const GstVideoFormatInfo *format,
                            const GstVideoColorimetry &colorimetry, RowPhase phase)
    : atlas_ (std::move (atlas)), format_ (format), phase_ (phase)
{
  palette_.fill = Ink (style.color, format, colorimetry);
  palette_.outline = Ink (style.outline_color, format, colorimetry);
  palette_.shade = Ink (kBlack, format, colorimetry);
  palette_.shade.opacity = style.shaded_background ? style.shading_value / 255.0 : 0;
  for (guint p = 0; p < GST_VIDEO_FORMAT_INFO_N_PLANES (format); ++p)
    layouts_.emplace_back (format, p);
}

template <typename Sample>
GlyphPainter::Planes<Sample> GlyphPainter::make_planes (const Glyph &glyph) const
{
  Planes<Sample> planes;
  for (guint p = 0; p < layouts_.size (); ++p)
    planes.emplace_back (glyph, atlas_->height (), phase_, palette_, format_, p);
  return planes;
}

const GlyphPainter::Prepared &GlyphPainter::prepare (char c)
{
  Prepared &prepared = prepared_[static_cast<unsigned char> (c) % prepared_.size ()];
  if (std::holds_alternative<std::monostate> (prepared)) {
    const Glyph &glyph = atlas_->glyph (c);
    if (GST_VIDEO_FORMAT_INFO_DEPTH (format_, 0) > 8)
      prepared = make_planes<guint16> (glyph);
    else
      prepared = make_planes<guint8> (glyph);
  }
  return prepared;
}

void GlyphPainter::paint (std::span<const Plane> planes, std::string_view text, int x, int y)
{
  for (char c : text) {
    std::visit (
        [&] (const auto &glyph_planes) {
          if constexpr (!std::is_same_v<decltype (glyph_planes), const std::monostate &>) {
            for (std::size_t p = 0; p < glyph_planes.size (); ++p) {
              const PlaneLayout &layout = layouts_[p];
              glyph_planes[p].paint (planes[p], (x >> layout.w_sub) * layout.bytes,
                                     (y - phase_.offset) >> layout.h_sub);
            }
          }
        },
        prepare (c));
    x += atlas_->glyph (c).width;
  }
}

}  // namespace numpro
