/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "samplelayout.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace numpro {

namespace {

// A small frame in a format under examination, written by the format's own pack function.
class Probe
{
 public:
  static constexpr int kWidth = 8, kHeight = 4;

  explicit Probe (const GstVideoFormatInfo *format) : format_ (format)
  {
    gst_video_info_set_format (&info_, GST_VIDEO_FORMAT_INFO_FORMAT (format), kWidth, kHeight);
    pixels_.resize (info_.size);
  }

  // Bits of the components that pack functions take.
  int packed_depth () const
  {
    return GST_VIDEO_FORMAT_INFO_DEPTH (gst_video_format_get_info (format_->unpack_format), 0);
  }

  // Writes one value to every pixel. Alpha comes first in unpacked pixels.
  void fill (const std::array<guint16, 4> &components)
  {
    const std::array<guint16, 4> pixel = {components[3], components[0], components[1],
                                          components[2]};
    std::vector<guint8> line8;
    std::vector<guint16> line16;
    for (int x = 0; x < kWidth; ++x) {
      for (guint16 value : pixel) {
        line8.push_back (static_cast<guint8> (value));
        line16.push_back (value);
      }
    }
    gpointer data[GST_VIDEO_MAX_PLANES] = {};
    for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (&info_); ++p)
      data[p] = pixels_.data () + GST_VIDEO_INFO_PLANE_OFFSET (&info_, p);
    const gpointer line = packed_depth () == 8 ? static_cast<gpointer> (line8.data ())
                                               : static_cast<gpointer> (line16.data ());
    for (int y = 0; y < kHeight; ++y) {
      format_->pack_func (format_, GST_VIDEO_PACK_FLAG_NONE, line, 0, data, info_.stride,
                          GST_VIDEO_CHROMA_SITE_NONE, y, kWidth);
    }
  }

  bool holds (const ComponentLayout &component, int sample_bytes, guint16 value) const
  {
    for (int y = 0; y < kHeight >> component.h_sub; ++y) {
      for (int x = 0; x < kWidth >> component.w_sub; ++x) {
        const std::size_t at = GST_VIDEO_INFO_PLANE_OFFSET (&info_, component.plane) +
                               y * GST_VIDEO_INFO_PLANE_STRIDE (&info_, component.plane) +
                               component.offset + x * component.step;
        guint16 sample = 0;
        if (sample_bytes == 1)
          sample = pixels_[at];
        else
          std::memcpy (&sample, &pixels_[at], sizeof (sample));
        if (sample != value)
          return false;
      }
    }
    return true;
  }

 private:
  const GstVideoFormatInfo *format_;
  GstVideoInfo info_;
  std::vector<guint8> pixels_;
};

}  // namespace

std::optional<SampleLayout> SampleLayout::of (const GstVideoFormatInfo *format)
{
  SampleLayout layout (format);
  if (layout.describe () && layout.agrees_with_pack_function ())
    return layout;
  return std::nullopt;
}

bool SampleLayout::describe ()
{
  if (GST_VIDEO_FORMAT_INFO_IS_COMPLEX (format_) || GST_VIDEO_FORMAT_INFO_IS_TILED (format_) ||
      GST_VIDEO_FORMAT_INFO_HAS_PALETTE (format_))
    return false;

  sample_bytes_ = GST_VIDEO_FORMAT_INFO_DEPTH (format_, 0) > 8 ? 2 : 1;
  planes_.resize (GST_VIDEO_FORMAT_INFO_N_PLANES (format_));
  bool offsets_in_samples = false;
  for (guint c = 0; c < GST_VIDEO_FORMAT_INFO_N_COMPONENTS (format_); ++c) {
    ComponentLayout component;
    component.plane = GST_VIDEO_FORMAT_INFO_PLANE (format_, c);
    component.offset = GST_VIDEO_FORMAT_INFO_POFFSET (format_, c);
    component.step = GST_VIDEO_FORMAT_INFO_PSTRIDE (format_, c);
    component.w_sub = GST_VIDEO_FORMAT_INFO_W_SUB (format_, c);
    component.h_sub = GST_VIDEO_FORMAT_INFO_H_SUB (format_, c);
    component.depth = GST_VIDEO_FORMAT_INFO_DEPTH (format_, c);
    component.shift = GST_VIDEO_FORMAT_INFO_SHIFT (format_, c);
    if (component.step <= 0 || component.step % sample_bytes_ != 0)
      return false;
    if (component.depth <= 8 * (sample_bytes_ - 1) ||
        component.depth + component.shift > 8 * sample_bytes_)
      return false;
    offsets_in_samples |= component.offset % sample_bytes_ != 0;
    components_.push_back (component);

    PlaneLayout &plane = planes_[component.plane];
    plane.bytes = std::max (plane.bytes, component.step);
    plane.w_sub = std::max (plane.w_sub, component.w_sub);
    plane.h_sub = std::max (plane.h_sub, component.h_sub);
  }
  // GStreamer's descriptions of P010 and its kin count offsets in samples, all others in bytes.
  if (offsets_in_samples) {
    for (ComponentLayout &component : components_)
      component.offset *= sample_bytes_;
  }
  return true;
}

bool SampleLayout::agrees_with_pack_function () const
{
  Probe probe (format_);
  const int depth = probe.packed_depth ();
  // Both bytes of a word differ, so that a swapped word does not go unnoticed.
  const guint16 low = depth == 8 ? 0x41 : 0x4180;
  const guint16 high = depth == 8 ? 0xc3 : 0xc300;
  for (std::size_t marked = 0; marked < components_.size (); ++marked) {
    std::array<guint16, 4> values;
    values.fill (low);
    values[marked] = high;
    probe.fill (values);
    for (std::size_t c = 0; c < components_.size (); ++c) {
      const ComponentLayout &component = components_[c];
      if (component.depth > depth)
        return false;
      const int stored = values[c] >> (depth - component.depth) << component.shift;
      if (!probe.holds (component, sample_bytes_, static_cast<guint16> (stored)))
        return false;
    }
  }
  return true;
}

std::optional<int> SampleLayout::padding_offset () const
{
  constexpr int kBytesOfPixel = 4;
  if (planes_.size () != 1 || components_.size () != 3 || sample_bytes_ != 1)
    return std::nullopt;
  int offset = 0 + 1 + 2 + 3;
  for (const ComponentLayout &component : components_) {
    if (component.step != kBytesOfPixel)
      return std::nullopt;
    offset -= component.offset;
  }
  return offset;
}

int SampleLayout::x_step () const
{
  int w_sub = 0;
  for (const PlaneLayout &plane : planes_)
    w_sub = std::max (w_sub, plane.w_sub);
  return 1 << w_sub;
}

int SampleLayout::y_step (bool interlaced) const
{
  int h_sub = 0;
  for (const PlaneLayout &plane : planes_)
    h_sub = std::max (h_sub, plane.h_sub);
  return (interlaced && h_sub > 0 ? 2 : 1) << h_sub;
}

}  // namespace numpro
