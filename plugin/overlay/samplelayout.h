/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <optional>
#include <vector>

namespace numpro {

/** Where a format keeps the samples of one component. */
struct ComponentLayout {
  guint plane = 0;
  int offset = 0; /**< bytes from the start of a row to its first sample */
  int step = 0;   /**< bytes from sample to sample */
  int w_sub = 0;  /**< a sample stands for 1 << w_sub pixels across */
  int h_sub = 0;  /**< and 1 << h_sub down */
  int depth = 0;  /**< bits */
  int shift = 0;  /**< of the value in its byte or word */
};

/** How the planes of a format divide pixels. */
struct PlaneLayout {
  int bytes = 0; /**< of one group of pixels */
  int w_sub = 0; /**< a group is 1 << w_sub pixels wide */
  int h_sub = 0; /**< and 1 << h_sub rows high */
};

/** The sample positions of a format that keeps each sample in a byte or word of its own. */
class SampleLayout
{
 public:
  /**
   * @return nothing when samples share bytes, are tiled, indexed or of the other byte order, or
   *   when the format's own pack function puts them elsewhere than its description says (as for
   *   VYUY in GStreamer 1.22)
   */
  static std::optional<SampleLayout> of (const GstVideoFormatInfo *format);

  const GstVideoFormatInfo *format () const { return format_; }
  int sample_bytes () const { return sample_bytes_; }

  /** Index is the component's: R G B A, Y U V A or Y. */
  const std::vector<ComponentLayout> &components () const { return components_; }
  const std::vector<PlaneLayout> &planes () const { return planes_; }

  /** Byte of each pixel that carries nothing (the x of RGBx), if there is one. */
  std::optional<int> padding_offset () const;

  /** Largest chroma subsampling: pixels across that share a sample. */
  int x_step () const;

  /** Rows after which the pattern of chroma rows repeats. */
  int y_step (bool interlaced) const;

 private:
  explicit SampleLayout (const GstVideoFormatInfo *format) : format_ (format) {}

  bool describe ();
  bool agrees_with_pack_function () const;

  const GstVideoFormatInfo *format_;
  int sample_bytes_ = 1;
  std::vector<ComponentLayout> components_;
  std::vector<PlaneLayout> planes_;
};

}  // namespace numpro
