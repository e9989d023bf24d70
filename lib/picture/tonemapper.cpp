/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tonemapper.h"

#include <algorithm>
#include <type_traits>

#include "lumaweights.h"

namespace numpro {

namespace {

constexpr float kLastStep = ToneTables::kSteps - 1;

template <typename Value>
void look_up (const Value *table, const gint32 *__restrict index, int count, Value *__restrict to)
{
#pragma GCC unroll 4
  for (int i = 0; i < count; ++i)
    to[i] = table[index[i]];
}

float bound (float value, float most)
{
  // As processors have it: so the compiler makes one instruction of each.
  value = value > 0 ? value : 0;
  return value < most ? value : most;
}

template <typename Sample>
void read_row (const Sample *__restrict from, int count, guint16 *__restrict to)
{
  for (int i = 0; i < count; ++i)
    to[i] = static_cast<guint16> (sizeof (Sample) == 1 ? from[i] << 2 : from[i] & 0x3ff);
}

}  // namespace

ToneMapper::Rows::Rows (std::size_t pairs)
    : luma{std::vector<guint16> (2 * pairs), std::vector<guint16> (2 * pairs)},
      u (pairs),
      v (pairs),
      mean (pairs),
      factor (pairs),
      grey (2 * pairs),
      change (pairs)
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
  picture.deep_samples.clear ();
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
    for (int line = 0; line < 2; ++line)
      read_row (from + (2 * row + line) * stride, stride, rows_.luma[line].data ());
    read_row (u + at, pairs, rows_.u.data ());
    read_row (v + at, pairs, rows_.v.data ());
    find_signals (pairs);
    find_light (pairs);
    find_codes (pairs);
    write_chroma (pairs, picture.u () + at, picture.v () + at);
    for (int line = 0; line < 2; ++line)
      write_luma (pairs, rows_.luma[line].data (), picture.y () + (2 * row + line) * stride);
  }
}

void ToneMapper::find_signals (int pairs)
{
  const guint16 *above = rows_.luma[0].data (), *below = rows_.luma[1].data ();
  const guint16 *u = rows_.u.data (), *v = rows_.v.data ();
  gint32 *__restrict mean = rows_.mean.data ();
  gint32 *__restrict red = rows_.index[0].data (), *__restrict green = rows_.index[1].data (),
                     *__restrict blue = rows_.index[2].data ();
  const ToneTables &by = *tables_;
  const float y = by.y / 4, y_offset = 0.5F - by.y * by.y_offset;
  const float r_v = by.r_v, g_u = by.g_u, g_v = by.g_v, b_u = by.b_u;
  const auto step = [] (float signal) { return static_cast<gint32> (bound (signal, kLastStep)); };
  for (int x = 0; x < pairs; ++x) {
    mean[x] = above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1];
    const float luma = y * static_cast<float> (mean[x]) + y_offset;
    const auto cb = static_cast<float> (u[x] - 512), cr = static_cast<float> (v[x] - 512);
    red[x] = step (luma + r_v * cr);
    green[x] = step (luma + g_u * cb + g_v * cr);
    blue[x] = step (luma + b_u * cb);
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
  const auto m = tables_->to_bt709;
  for (int x = 0; x < pairs; ++x) {
    const float r = m[0][0] * red[x] + m[0][1] * green[x] + m[0][2] * blue[x];
    const float g = m[1][0] * red[x] + m[1][1] * green[x] + m[1][2] * blue[x];
    const float b = m[2][0] * red[x] + m[2][1] * green[x] + m[2][2] * blue[x];
    red[x] = r;
    green[x] = g;
    blue[x] = b;
    const float more = r > g ? r : g;
    index[x] = ToneTables::LightTable::index_of (more > b ? more : b);
  }
  look_up (tables_->gain.values (), index, pairs, factor);
  for (int c = 0; c < 3; ++c) {
    float *__restrict light = rows_.light[c].data ();
    gint32 *__restrict step = rows_.index[c].data ();
    for (int x = 0; x < pairs; ++x)
      step[x] = static_cast<gint32> (bound (light[x] * factor[x] + 0.5F, kLastStep));
    look_up (tables_->code.data (), step, pairs, light);
  }
}

void ToneMapper::write_chroma (int pairs, guint8 *__restrict u, guint8 *__restrict v)
{
  const float *red = rows_.light[0].data (), *green = rows_.light[1].data (),
              *blue = rows_.light[2].data ();
  gint16 *__restrict change = rows_.change.data ();
  look_up (tables_->grey.data (), rows_.mean.data (), pairs, change);
  const LumaWeights weights (jfif_colorimetry ().matrix);
  const auto kr = static_cast<float> (weights.kr), kb = static_cast<float> (weights.kb),
             kg = static_cast<float> (weights.kg ());
  const float to_u = 0.5F / (1 - kb), to_v = 0.5F / (1 - kr);
  constexpr float kOne = 1 << ToneTables::kGreyBits;
  for (int x = 0; x < pairs; ++x) {
    const float luma = kr * red[x] + kg * green[x] + kb * blue[x];
    u[x] = static_cast<guint8> (bound (to_u * (blue[x] - luma) + 128.5F, 255));
    v[x] = static_cast<guint8> (bound (to_v * (red[x] - luma) + 128.5F, 255));
    // With half a level for rounding.
    change[x] = static_cast<gint16> (static_cast<gint32> (luma * kOne) - change[x] + kOne / 2);
  }
}

void ToneMapper::write_luma (int pairs, const guint16 *__restrict luma, guint8 *__restrict y)
{
  const gint16 *table = tables_->grey.data (), *change = rows_.change.data ();
  gint16 *__restrict grey = rows_.grey.data ();
#pragma GCC unroll 4
  for (int x = 0; x < 2 * pairs; ++x)
    grey[x] = table[std::size_t{4} * luma[x]];
  constexpr gint16 kMost = (256 << ToneTables::kGreyBits) - 1;
  for (int x = 0; x < pairs; ++x) {
    const auto left = static_cast<gint16> (grey[2 * x] + change[x]),
               right = static_cast<gint16> (grey[2 * x + 1] + change[x]);
    y[2 * x] = static_cast<guint8> (std::clamp (left, gint16{0}, kMost) >> ToneTables::kGreyBits);
    y[2 * x + 1] =
        static_cast<guint8> (std::clamp (right, gint16{0}, kMost) >> ToneTables::kGreyBits);
  }
}

}  // namespace numpro
