/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "compositionattacher.h"

namespace numpro {

CompositionAttacher::CompositionAttacher (const Style &style, const FrameView &view,
                                          AtlasPtr &last_atlas)
    : Stamper (style, view, last_atlas, {}),
      painter_ (
          atlas (), style,
          *SampleLayout::of (gst_video_format_get_info (GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB)),
          kFullRangeRgb),
      colors_ (style, gst_video_format_get_info (GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB),
               kFullRangeRgb)
{
}

CompositionAttacher::Rectangle CompositionAttacher::draw (std::string_view text,
                                                          std::size_t outline)
{
  const Box at = place (text);
  const int stride = at.width * 4;
  GstBuffer *pixels =
      gst_buffer_new_allocate (nullptr, static_cast<gsize> (stride) * at.height, nullptr);
  gst_buffer_add_video_meta (pixels, GST_VIDEO_FRAME_FLAG_NONE,
                             GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, at.width, at.height);

  // Painted on nothing at all, colours come out multiplied with their alpha.
  GstMapInfo map;
  gst_buffer_map (pixels, &map, GST_MAP_READWRITE);
  std::fill_n (map.data, map.size, 0);
  const Plane plane = {map.data, stride, stride, at.height};
  painter_.paint ({&plane, 1}, text, 0, 0, outline);
  gst_buffer_unmap (pixels, &map);

  Rectangle rectangle (gst_video_overlay_rectangle_new_raw (
      pixels, at.x, at.y, at.width, at.height, GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA));
  gst_buffer_unref (pixels);
  return rectangle;
}

std::optional<Box> CompositionAttacher::stamp (GstBuffer *buffer, std::string_view text,
                                               Legibility &legibility)
{
  // The frame cannot be read: the outline depends on the colour alone, and stays.
  if (legibility.due ())
    legibility.judge (colors_, std::nullopt);
  if (!rectangle_ || drawn_ != text) {
    rectangle_ = draw (text, legibility.outline ());
    drawn_ = text;
  }

  // What others attached stays as it is, below. Its rectangles go along as they are, so that who
  // shows them knows them from the frame before.
  GstVideoOverlayCompositionMeta *meta = gst_buffer_get_video_overlay_composition_meta (buffer);
  const guint below = meta ? gst_video_overlay_composition_n_rectangles (meta->overlay) : 0;
  const auto rectangle_at = [&] (guint i) {
    return i < below ? gst_video_overlay_composition_get_rectangle (meta->overlay, i)
                     : rectangle_.get ();
  };
  GstVideoOverlayComposition *composition = gst_video_overlay_composition_new (rectangle_at (0));
  for (guint i = 1; i <= below; ++i)
    gst_video_overlay_composition_add_rectangle (composition, rectangle_at (i));

  if (meta)
    gst_buffer_remove_meta (buffer, &meta->meta);
  gst_buffer_add_video_overlay_composition_meta (buffer, composition);
  gst_video_overlay_composition_unref (composition);
  return place (text);
}

}  // namespace numpro
