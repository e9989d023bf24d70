/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "directstamper.h"

#include "lib/picture/mappedframe.h"

namespace numpro {

namespace {

bool is_interlaced (const GstVideoInfo &info)
{
  return GST_VIDEO_INFO_INTERLACE_MODE (&info) == GST_VIDEO_INTERLACE_MODE_INTERLEAVED ||
         GST_VIDEO_INFO_INTERLACE_MODE (&info) == GST_VIDEO_INTERLACE_MODE_FIELDS;
}

// Where cells follow one another down the frame, all of them begin with a chroma row. Where they
// stand side by side, they begin at any row, and how it lies is the same for all.
PixelSteps pixel_steps (const FrameView &view, const SampleLayout &layout)
{
  return {layout.x_step (),
          view.orientation.swaps_axes ? layout.y_step (is_interlaced (view.info)) : 1};
}

RowPhase row_phase (const GstVideoInfo &info, const SampleLayout &layout, int y)
{
  RowPhase phase;
  phase.interlaced = is_interlaced (info);
  phase.offset = y & (layout.y_step (phase.interlaced) - 1);
  return phase;
}

}  // namespace

DirectStamper::DirectStamper (const Style &style, const FrameView &view, const SampleLayout &layout,
                              AtlasPtr &last_atlas)
    : Stamper (style, view, last_atlas, pixel_steps (view, layout)),
      painter_ (atlas (), style, layout, view.info.colorimetry,
                row_phase (view.info, layout, place ({}).y)),
      colors_ (style, view.info.finfo, view.info.colorimetry),
      ground_ (layout, view.info),
      n_planes_ (GST_VIDEO_FORMAT_INFO_N_PLANES (view.info.finfo))
{
  for (guint p = 0; p < n_planes_; ++p) {
    const PlaneLayout &group = layout.planes ()[p];
    sizes_[p].width =
        GST_VIDEO_SUB_SCALE (group.w_sub, GST_VIDEO_INFO_WIDTH (&view.info)) * group.bytes;
    sizes_[p].height = GST_VIDEO_SUB_SCALE (group.h_sub, GST_VIDEO_INFO_FIELD_HEIGHT (&view.info));
  }
}

std::optional<Box> DirectStamper::stamp (GstBuffer *buffer, std::string_view text,
                                         Legibility &legibility)
{
  MappedFrame mapped (info (), buffer, GST_MAP_READWRITE);
  if (!mapped)
    return std::nullopt;
  const GstVideoFrame &frame = mapped.frame ();
  std::array<Plane, GST_VIDEO_MAX_PLANES> planes = sizes_;
  for (guint p = 0; p < n_planes_; ++p) {
    planes[p].data = static_cast<guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, p));
    planes[p].stride = GST_VIDEO_FRAME_PLANE_STRIDE (&frame, p);
  }
  const Box at = place (text);
  if (legibility.due ()) {
    legibility.judge (colors_,
                      ground_.read (at, planes, GST_VIDEO_INFO_WIDTH (&info ()),
                                    GST_VIDEO_INFO_FIELD_HEIGHT (&info ()), colors_.shade));
  }
  painter_.paint ({planes.data (), n_planes_}, text, at.x, at.y, legibility.outline ());
  return at;
}

}  // namespace numpro
