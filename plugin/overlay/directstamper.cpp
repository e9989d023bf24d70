/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "directstamper.h"

#include "lib/picture/mappedframe.h"

namespace numpro {

namespace {

RowPhase row_phase (const GstVideoInfo &info, const SampleLayout &layout, int y)
{
  RowPhase phase;
  phase.interlaced =
      GST_VIDEO_INFO_INTERLACE_MODE (&info) == GST_VIDEO_INTERLACE_MODE_INTERLEAVED ||
      GST_VIDEO_INFO_INTERLACE_MODE (&info) == GST_VIDEO_INTERLACE_MODE_FIELDS;
  phase.offset = y & (layout.y_step (phase.interlaced) - 1);
  return phase;
}

}  // namespace

DirectStamper::DirectStamper (const Style &style, const GstVideoInfo &info,
                              const SampleLayout &layout, AtlasPtr &last_atlas)
    : Stamper (style, info, last_atlas, layout.x_step ()),
      painter_ (atlas (), style, layout, info.colorimetry, row_phase (info, layout, place ({}).y)),
      colors_ (style, info.finfo, info.colorimetry),
      ground_ (layout, info),
      n_planes_ (GST_VIDEO_FORMAT_INFO_N_PLANES (info.finfo))
{
  for (guint p = 0; p < n_planes_; ++p) {
    const PlaneLayout &group = layout.planes ()[p];
    sizes_[p].width = GST_VIDEO_SUB_SCALE (group.w_sub, GST_VIDEO_INFO_WIDTH (&info)) * group.bytes;
    sizes_[p].height = GST_VIDEO_SUB_SCALE (group.h_sub, GST_VIDEO_INFO_FIELD_HEIGHT (&info));
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
