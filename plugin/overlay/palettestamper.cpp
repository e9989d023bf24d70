/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "palettestamper.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "ground.h"
#include "lib/picture/mappedframe.h"

namespace numpro {

namespace {

constexpr int kPaletteSize = 256;
constexpr guint32 kHalfCovered = 128;
constexpr guint32 kOpaque = 0xff000000;

// The format whose pixels are ARGB words of this machine.
const GstVideoFormatInfo *picture_format ()
{
  return gst_video_format_get_info (
      std::endian::native == std::endian::little ? GST_VIDEO_FORMAT_BGRA : GST_VIDEO_FORMAT_ARGB);
}

int channel (guint32 argb, int shift)
{
  return static_cast<int> (argb >> shift & 0xff);
}

guint32 argb_of (const Rgb &color)
{
  const auto bits = [] (double value, int shift) {
    return static_cast<guint32> (std::lround (std::clamp (value, 0.0, 1.0) * 255)) << shift;
  };
  return 0xff000000u | bits (color[0], 16) | bits (color[1], 8) | bits (color[2], 0);
}

guint32 unpremultiply (guint32 argb)
{
  const int alpha = channel (argb, 24);
  const auto restore = [&] (int shift) {
    return static_cast<guint32> (std::min (255, (channel (argb, shift) * 255 + alpha / 2) / alpha))
           << shift;
  };
  return 0xff000000u | restore (16) | restore (8) | restore (0);
}

guint8 nearest_index (const guint32 *palette, guint32 argb)
{
  int best = 0;
  int best_distance = std::numeric_limits<int>::max ();
  for (int i = 0; i < kPaletteSize; ++i) {
    const auto squared = [&] (int shift) {
      const int d = channel (palette[i], shift) - channel (argb, shift);
      return d * d;
    };
    const int distance = squared (24) + squared (16) + squared (8) + squared (0);
    if (distance < best_distance) {
      best_distance = distance;
      best = i;
    }
  }
  return static_cast<guint8> (best);
}

// What the palette makes of a colour: a pixel is covered or not.
StampColors::Paint in_palette (const StampColors::Paint &paint, const guint32 *palette)
{
  return {rgb_of (palette[nearest_index (palette, argb_of (paint.color))]),
          std::round (paint.opacity)};
}

}  // namespace

PaletteStamper::PaletteStamper (const Style &style, const FrameView &view, AtlasPtr &last_atlas)
    : Stamper (style, view, last_atlas, {}),
      painter_ (atlas (), style, *SampleLayout::of (picture_format ()), kFullRangeRgb),
      colors_ (style, picture_format (), kFullRangeRgb),
      wanted_ (color () >> 24 < kHalfCovered ? 0 : color () | kOpaque)
{
}

void PaletteStamper::judge (Legibility &legibility, const GstVideoFrame &frame, const Box &at) const
{
  const auto *palette = static_cast<const guint32 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, 1));
  StampColors colors = colors_;
  colors.fill = in_palette (colors.fill, palette);
  for (StampColors::Paint &outline : colors.outlines)
    outline = in_palette (outline, palette);
  colors.shade = std::round (colors.shade);
  const auto *indices = static_cast<const guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0));
  const std::ptrdiff_t stride = GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
  const auto color_at = [&] (int x, int y) { return rgb_of (palette[indices[y * stride + x]]); };
  legibility.judge (colors,
                    Ground::read (at, GST_VIDEO_INFO_WIDTH (&info ()),
                                  GST_VIDEO_INFO_FIELD_HEIGHT (&info ()), colors.shade, color_at));
}

std::optional<Box> PaletteStamper::stamp (GstBuffer *buffer, std::string_view text,
                                          Legibility &legibility)
{
  MappedFrame mapped (info (), buffer, GST_MAP_READWRITE);
  if (!mapped)
    return std::nullopt;
  const GstVideoFrame &frame = mapped.frame ();
  const Box at = place (text);
  if (legibility.due ())
    judge (legibility, frame, at);
  picture_.assign (static_cast<std::size_t> (at.width) * at.height, 0);
  const int row_bytes = at.width * static_cast<int> (sizeof (guint32));
  const Plane picture = {reinterpret_cast<guint8 *> (picture_.data ()), row_bytes, row_bytes,
                         at.height};
  painter_.paint ({&picture, 1}, text, 0, 0, legibility.outline ());

  const auto *palette = static_cast<const guint32 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, 1));
  auto *indices = static_cast<guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0));
  guint32 color = wanted_;
  guint8 index = nearest_index (palette, color);
  set_color (wanted_ == 0 ? 0 : palette[index] | kOpaque);
  const int right = std::min (at.width, GST_VIDEO_INFO_WIDTH (&info ()) - at.x);
  const int bottom = std::min (at.height, GST_VIDEO_INFO_FIELD_HEIGHT (&info ()) - at.y);
  for (int y = std::max (0, -at.y); y < bottom; ++y) {
    guint8 *row =
        indices + static_cast<std::ptrdiff_t> (at.y + y) * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
    for (int x = std::max (0, -at.x); x < right; ++x) {
      const guint32 pixel = picture_[static_cast<std::size_t> (y) * at.width + x];
      if (pixel >> 24 < kHalfCovered)
        continue;
      const guint32 wanted = unpremultiply (pixel);
      if (wanted != color) {
        color = wanted;
        index = nearest_index (palette, color);
      }
      row[at.x + x] = index;
    }
  }
  return at;
}

}  // namespace numpro
