/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sheet.h"

#include <algorithm>

namespace numpro {

namespace {

struct ConstPlane {
  const guint8 *data;
  int width, height, stride;
};

void paste (const ConstPlane &from, guint8 *to, int stride)
{
  for (int y = 0; y < from.height; ++y)
    std::copy_n (from.data + y * from.stride, from.width, to + y * stride);
}

// Cells begin where a pair of pixels does, which share chroma.
int cell_pitch (int length)
{
  return (length + 1) / 2 * 2;
}

}  // namespace

std::string sheet_problem (const SheetOptions &options, int width, int height)
{
  constexpr guint64 kMaxJpegEdge = 65500;  // libjpeg's JPEG_MAX_DIMENSION
  const guint64 sheet_width = guint64{options.columns} * static_cast<guint64> (cell_pitch (width));
  const guint64 sheet_height = guint64{options.rows} * static_cast<guint64> (cell_pitch (height));
  if (sheet_width <= kMaxJpegEdge && sheet_height <= kMaxJpegEdge)
    return {};
  return "A sheet of " + std::to_string (sheet_width) + "x" + std::to_string (sheet_height) +
         " pixels is too large for a JPEG. Lower max-edge, grid-columns or grid-rows.";
}

void compose_sheet (std::span<const Picture *const> pictures, const SheetOptions &options,
                    Picture &sheet)
{
  const Picture &first = *pictures.front ();
  const int columns = static_cast<int> (options.columns);
  const int pitch_x = cell_pitch (first.width), pitch_y = cell_pitch (first.height);
  sheet.resize (columns * pitch_x, static_cast<int> (options.rows) * pitch_y);
  sheet.colorimetry = jfif_colorimetry ();
  std::fill (sheet.y (), sheet.u (), 0);
  std::fill (sheet.u (), sheet.samples.data () + sheet.samples.size (), 128);

  for (int cell = 0; cell < static_cast<int> (pictures.size ()); ++cell) {
    const Picture &picture = *pictures[static_cast<std::size_t> (cell)];
    const int x = cell % columns * pitch_x, y = cell / columns * pitch_y;
    paste ({picture.y (), picture.width, picture.height, picture.luma_stride ()},
           sheet.y () + y * sheet.luma_stride () + x, sheet.luma_stride ());
    const int chroma_at = y / 2 * sheet.chroma_stride () + x / 2;
    const int chroma_width = picture.chroma_width (), chroma_height = picture.chroma_height ();
    paste ({picture.u (), chroma_width, chroma_height, picture.chroma_stride ()},
           sheet.u () + chroma_at, sheet.chroma_stride ());
    paste ({picture.v (), chroma_width, chroma_height, picture.chroma_stride ()},
           sheet.v () + chroma_at, sheet.chroma_stride ());
  }
}

}  // namespace numpro
