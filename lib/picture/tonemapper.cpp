/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tonemapper.h"

#include <algorithm>

#include "lumaweights.h"
#include "transfer.h"

namespace numpro {

namespace {

template <typename Value>
void look_up (const Value *table, const gint32 *__restrict index, int count, Value *__restrict to)
{
#pragma GCC unroll 4
  for (int i = 0; i < count; ++i)
    to[i] = table[index[i]];
}

// As processors compare: one instruction.
float greater (float a, float b)
{
  return a < b ? b : a;
}

// Rows of 10 bits are used where they are.
const guint16 *read_row (const guint16 *from, int, std::vector<guint16> &)
{
  return from;
}

const guint16 *read_row (const guint8 *__restrict from, int count, std::vector<guint16> &to)
{
  guint16 *__restrict row = to.data ();
  for (int i = 0; i < count; ++i)
    row[i] = static_cast<guint16> (from[i] << 2);
  return row;
}

}  // namespace

ToneMapper::Rows::Rows (std::size_t pairs)
    : luma{std::vector<guint16> (2 * pairs), std::vector<guint16> (2 * pairs)},
      u (pairs),
      v (pairs),
      mean (pairs),
      factor (pairs),
      grey (2 * pairs),
      change (2 * pairs)
{
  for (int c = 0; c < 3; ++c) {
    index[c].resize (pairs);
    light[c].resize (pairs);
  }
}

void ToneMapper::map (Picture &picture)
{
  if (!is_hdr (picture.colorimetry))
    return;
  const ToneTables::Kind kind (picture);
  if (!tables_ || tables_->kind != kind)
    tables_.emplace (kind);
  if (rows_.u.size () != static_cast<std::size_t> (picture.chroma_width ()))
    rows_ = Rows (static_cast<std::size_t> (picture.chroma_width ()));
  if (kind.is_deep)
    map_planes (picture.deep_samples.data (), picture);
  else
    map_planes (picture.samples.data (), picture);
  picture.is_deep = false;
  picture.colorimetry = jfif_colorimetry ();
}

// Light is found for each pair of pixels and the pair below, which share chroma, of their mean
// luma: that is what chroma becomes. Luma of each pixel becomes what it would be if the pixel was
// grey, and changes by as much as the mean's does because of its colour.
template <typename Sample>
void ToneMapper::map_planes (const Sample *from, Picture &picture)
{
  const int pairs = picture.chroma_width (), stride = picture.luma_stride ();
  const Sample *u = from + (picture.u () - picture.y ()), *v = from + (picture.v () - picture.y ());
  for (int row = 0; row < picture.chroma_height (); ++row) {
    const int at = row * picture.chroma_stride ();
    const guint16 *luma[2];
    for (int line = 0; line < 2; ++line)
      luma[line] = read_row (from + (2 * row + line) * stride, stride, rows_.luma[line]);
    find_signals (pairs, luma[0], luma[1], read_row (u + at, pairs, rows_.u),
                  read_row (v + at, pairs, rows_.v));
    find_light (pairs);
    find_codes (pairs);
    write_chroma (pairs, picture.u () + at, picture.v () + at);
    for (int line = 0; line < 2; ++line)
      write_luma (stride, luma[line], picture.y () + (2 * row + line) * stride);
  }
}

void ToneMapper::find_signals (int pairs, const guint16 *above, const guint16 *below,
                               const guint16 *u, const guint16 *v)
{
  gint16 *__restrict sum = rows_.grey.data ();
  for (int x = 0; x < 2 * pairs; ++x)
    sum[x] = static_cast<gint16> (above[x] + below[x]);
  gint32 *__restrict mean = rows_.mean.data ();
  gint32 *__restrict red = rows_.index[0].data (), *__restrict green = rows_.index[1].data (),
                     *__restrict blue = rows_.index[2].data ();
  const auto [y, r_v, g_u, g_v, b_u, r_0, g_0, b_0] = tables_->signal;
  for (int x = 0; x < pairs; ++x) {
    mean[x] = sum[2 * x] + sum[2 * x + 1];
    const float luma = y * static_cast<float> (mean[x]);
    const auto cb = static_cast<float> (u[x]), cr = static_cast<float> (v[x]);
    red[x] = static_cast<gint32> (luma + r_v * cr + r_0);
    green[x] = static_cast<gint32> (luma + g_u * cb + g_v * cr + g_0);
    blue[x] = static_cast<gint32> (luma + b_u * cb + b_0);
  }
}

void ToneMapper::find_light (int pairs)
{
  for (int c = 0; c < 3; ++c)
    look_up (tables_->light.data (), rows_.index[c].data (), pairs, rows_.light[c].data ());
  if (tables_->is_of_scene)
    scale_light (pairs);
}

void ToneMapper::scale_light (int pairs)
{
  float *__restrict red = rows_.light[0].data (), *__restrict green = rows_.light[1].data (),
                    *__restrict blue = rows_.light[2].data (),
                    *__restrict factor = rows_.factor.data ();
  gint32 *__restrict index = rows_.index[0].data ();
  const auto [r, g, b] = tables_->luminance;
  for (int x = 0; x < pairs; ++x)
    index[x] = ToneTables::LightTable::index_of (r * red[x] + g * green[x] + b * blue[x]);
  look_up (tables_->ootf.values (), index, pairs, factor);
  for (int x = 0; x < pairs; ++x) {
    red[x] *= factor[x];
    green[x] *= factor[x];
    blue[x] *= factor[x];
  }
}

void ToneMapper::find_codes (int pairs)
{
  float *__restrict red = rows_.light[0].data (), *__restrict green = rows_.light[1].data (),
                    *__restrict blue = rows_.light[2].data (),
                    *__restrict factor = rows_.factor.data ();
  gint32 *__restrict index = rows_.index[0].data ();
  float m[3][3];
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t c = 0; c < 3; ++c)
      m[i][c] = static_cast<float> (tables_->to_bt709[i][c]);
  }
  for (int x = 0; x < pairs; ++x) {
    const float r = m[0][0] * red[x] + m[0][1] * green[x] + m[0][2] * blue[x];
    const float g = m[1][0] * red[x] + m[1][1] * green[x] + m[1][2] * blue[x];
    const float b = m[2][0] * red[x] + m[2][1] * green[x] + m[2][2] * blue[x];
    // BT.709 has no room for less than nothing.
    red[x] = greater (r, 0);
    green[x] = greater (g, 0);
    blue[x] = greater (b, 0);
    index[x] = ToneTables::LightTable::index_of (greater (greater (r, g), b));
  }
  look_up (tables_->gain.values (), index, pairs, factor);
  for (int c = 0; c < 3; ++c) {
    float *__restrict light = rows_.light[c].data ();
    gint32 *__restrict step = rows_.index[c].data ();
    for (int x = 0; x < pairs; ++x)
      step[x] = static_cast<gint32> (light[x] * factor[x] + 0.5F);
    look_up (tables_->code.data (), step, pairs, light);
  }
}

void ToneMapper::write_chroma (int pairs, guint8 *__restrict u, guint8 *__restrict v)
{
  const float *red = rows_.light[0].data (), *green = rows_.light[1].data (),
              *blue = rows_.light[2].data ();
  gint16 *__restrict grey = rows_.grey.data (), *__restrict change = rows_.change.data ();
  look_up (tables_->grey.data (), rows_.mean.data (), pairs, grey);
  const LumaWeights weights (jfif_colorimetry ().matrix);
  const auto kr = static_cast<float> (weights.kr), kb = static_cast<float> (weights.kb),
             kg = static_cast<float> (weights.kg ());
  const float to_u = 0.5F / (1 - kb), to_v = 0.5F / (1 - kr);
  // A little less than half a level for rounding, as the most would be 256.
  constexpr float kGreyLevel = 128.49F;
  constexpr float kOne = 1 << ToneTables::kGreyBits;
  for (int x = 0; x < pairs; ++x) {
    const float luma = kr * red[x] + kg * green[x] + kb * blue[x];
    u[x] = static_cast<guint8> (static_cast<gint32> (to_u * (blue[x] - luma) + kGreyLevel));
    v[x] = static_cast<guint8> (static_cast<gint32> (to_v * (red[x] - luma) + kGreyLevel));
    // With half a level for rounding.
    const auto more = static_cast<gint16> (static_cast<gint32> (luma * kOne + kOne / 2) - grey[x]);
    change[2 * x] = change[2 * x + 1] = more;
  }
}

void ToneMapper::write_luma (int width, const guint16 *__restrict luma, guint8 *__restrict y)
{
  const gint16 *table = tables_->grey.data ();
  const gint16 *__restrict change = rows_.change.data ();
  gint16 *__restrict grey = rows_.grey.data ();
#pragma GCC unroll 8
  for (int x = 0; x < width; ++x)
    grey[x] = table[std::size_t{4} * luma[x]];
  constexpr gint16 kMost = (256 << ToneTables::kGreyBits) - 1;
  for (int x = 0; x < width; ++x) {
    const auto level = static_cast<gint16> (grey[x] + change[x]);
    y[x] = static_cast<guint8> (std::clamp (level, gint16{0}, kMost) >> ToneTables::kGreyBits);
  }
}

}  // namespace numpro
