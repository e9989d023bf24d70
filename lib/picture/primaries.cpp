/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "primaries.h"

namespace numpro {

namespace {

RgbMatrix inverse (const RgbMatrix &m)
{
  const auto minor = [&] (std::size_t row, std::size_t column) {
    const std::size_t r1 = (row + 1) % 3, r2 = (row + 2) % 3;
    const std::size_t c1 = (column + 1) % 3, c2 = (column + 2) % 3;
    return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
  };
  const double determinant =
      m[0][0] * minor (0, 0) + m[0][1] * minor (0, 1) + m[0][2] * minor (0, 2);
  RgbMatrix result;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column)
      result[row][column] = minor (column, row) / determinant;
  }
  return result;
}

// White of SMPTE ST 428, which is that of equal energy, and which GStreamer 1.22 does not know.
constexpr double kEqualEnergy = 1.0 / 3;

// Primaries are as bright as they must be to make white together (SMPTE RP 177).
RgbMatrix to_xyz (GstVideoColorPrimaries primaries)
{
  // Caps may have any number.
  const bool is_known = primaries > GST_VIDEO_COLOR_PRIMARIES_UNKNOWN &&
                        primaries <= GST_VIDEO_COLOR_PRIMARIES_EBU3213;
  const GstVideoColorPrimariesInfo *info =
      gst_video_color_primaries_get_info (is_known ? primaries : GST_VIDEO_COLOR_PRIMARIES_BT2020);
  RgbMatrix matrix = {
      {{info->Rx, info->Gx, info->Bx},
       {info->Ry, info->Gy, info->By},
       {1 - info->Rx - info->Ry, 1 - info->Gx - info->Gy, 1 - info->Bx - info->By}}};
  const double wx = info->Wy > 0 ? info->Wx : kEqualEnergy;
  const double wy = info->Wy > 0 ? info->Wy : kEqualEnergy;
  const Rgb white = {wx / wy, 1, (1 - wx - wy) / wy};
  const Rgb brightness = inverse (matrix) * white;
  for (Rgb &row : matrix) {
    for (std::size_t c = 0; c < 3; ++c)
      row[c] *= brightness[c];
  }
  return matrix;
}

}  // namespace

Rgb operator* (const RgbMatrix &matrix, const Rgb &rgb)
{
  Rgb result;
  for (std::size_t i = 0; i < 3; ++i)
    result[i] = matrix[i][0] * rgb[0] + matrix[i][1] * rgb[1] + matrix[i][2] * rgb[2];
  return result;
}

Rgb luminance_weights (GstVideoColorPrimaries primaries)
{
  return to_xyz (primaries)[1];
}

RgbMatrix convert_primaries (GstVideoColorPrimaries from, GstVideoColorPrimaries to)
{
  const RgbMatrix back = inverse (to_xyz (to)), there = to_xyz (from);
  RgbMatrix result;
  for (std::size_t c = 0; c < 3; ++c) {
    const Rgb column = back * Rgb{there[0][c], there[1][c], there[2][c]};
    for (std::size_t row = 0; row < 3; ++row)
      result[row][c] = column[row];
  }
  // White stays white (von Kries, in these primaries).
  for (Rgb &row : result) {
    const double of_white = row[0] + row[1] + row[2];
    for (double &share : row)
      share /= of_white;
  }
  return result;
}

}  // namespace numpro
