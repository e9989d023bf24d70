/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "turner.h"

#include <libyuv.h>

#include <cstddef>
#include <utility>

namespace numpro {

namespace {

// Rows go upwards where stride is negative.
template <typename Byte>
struct Rows {
  Byte *first;
  int stride;

  void reverse (int rows)
  {
    first += static_cast<std::ptrdiff_t> (rows - 1) * stride;
    stride = -stride;
  }
};

void turn_plane (Rows<const guint8> from, int width, int height, const Orientation &orientation,
                 Rows<guint8> to)
{
  if (orientation.reverses_y)
    from.reverse (height);
  if (orientation.swaps_axes) {
    // What were columns are rows.
    if (orientation.reverses_x)
      to.reverse (width);
    libyuv::TransposePlane (from.first, from.stride, to.first, to.stride, width, height);
  } else if (orientation.reverses_x) {
    libyuv::MirrorPlane (from.first, from.stride, to.first, to.stride, width, height);
  } else {
    libyuv::CopyPlane (from.first, from.stride, to.first, to.stride, width, height);
  }
}

}  // namespace

void Turner::turn (Picture &picture)
{
  const Orientation orientation = picture.orientation;
  if (orientation.is_upright ())
    return;
  if (orientation.swaps_axes)
    turned_.resize (picture.height, picture.width);
  else
    turned_.resize (picture.width, picture.height);
  turned_.colorimetry = picture.colorimetry;
  turned_.orientation = {};

  const auto chroma = [&] (const guint8 *from, guint8 *to) {
    turn_plane ({from, picture.chroma_stride ()}, picture.chroma_width (), picture.chroma_height (),
                orientation, {to, turned_.chroma_stride ()});
  };
  turn_plane ({picture.y (), picture.luma_stride ()}, picture.width, picture.height, orientation,
              {turned_.y (), turned_.luma_stride ()});
  chroma (picture.u (), turned_.u ());
  chroma (picture.v (), turned_.v ());
  fill_up_pairs (turned_);
  std::swap (picture, turned_);
}

}  // namespace numpro
