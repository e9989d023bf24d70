/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tonemapper.h"

#include <algorithm>

#include "transfer.h"

namespace numpro {

namespace {

// All rows are apart in memory, and what can be is of 16 bits: so the compiler makes vector code of
// these loops, and what is looked up is all that is left to be done one by one. More than half of
// the time goes into that, so it is a loop of its own, which compilers do best.

// Arithmetic takes half the time with AVX2, which not every processor has: there are two versions.
// Clang wants to know of them where a function is declared, and the thread sanitizer does not run
// yet when the loader chooses one.
#if defined __x86_64__ && !defined __clang__ && !defined __SANITIZE_THREAD__
#define NUMPRO_VECTORIZED [[gnu::target_clones ("avx2", "default")]]
#else
#define NUMPRO_VECTORIZED
#endif

template <typename Value>
[[gnu::noinline]] void look_up (const Value *table, const guint16 *__restrict index, int count,
                                Value *__restrict to)
{
  for (int i = 0; i < count; ++i)
    to[i] = table[index[i]];
}

// The upper half of what 16 bits make with 16 bits.
gint16 product (gint16 value, gint16 factor)
{
  return static_cast<gint16> (value * factor >> 16);
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
      shown (pairs, 1),
      gain (pairs),
      grey (2 * pairs),
      change (2 * pairs)
{
  for (int c = 0; c < 3; ++c) {
    signal[c].resize (pairs);
    index[c].resize (pairs);
    light[c].resize (pairs);
    code[c].resize (pairs);
  }
}

void ToneMapper::map (Picture &picture)
{
  if (!is_hdr (picture.colorimetry))
    return;
  const ToneTables::Kind kind (picture);
  const auto pairs = static_cast<std::size_t> (picture.chroma_width ());
  const bool is_another_kind = !tables_ || tables_->kind != kind;
  if (is_another_kind)
    tables_.emplace (kind);
  if (is_another_kind || rows_.u.size () != pairs)
    rows_ = Rows (pairs);
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

NUMPRO_VECTORIZED void ToneMapper::find_signals (int pairs, const guint16 *__restrict above,
                                                 const guint16 *__restrict below,
                                                 const guint16 *__restrict u,
                                                 const guint16 *__restrict v)
{
  gint16 *__restrict sum = rows_.grey.data ();
  for (int x = 0; x < 2 * pairs; ++x)
    sum[x] = static_cast<gint16> (above[x] + below[x]);
  guint16 *__restrict mean = rows_.mean.data ();
  guint16 *__restrict red = rows_.signal[0].data (), *__restrict green = rows_.signal[1].data (),
                      *__restrict blue = rows_.signal[2].data ();
  const auto [black, y, grey, r_v, g_u, g_v, b_u] = tables_->signal;
  constexpr int kZero = ToneTables::kBelow + 1;  // with what two products lose at their ends
  for (int x = 0; x < pairs; ++x) {
    const auto four = static_cast<gint16> (sum[2 * x] + sum[2 * x + 1]);
    mean[x] = static_cast<guint16> ((four + 2) >> 2);
    const auto cb = static_cast<gint16> ((u[x] - grey) << ToneTables::kChromaShift),
               cr = static_cast<gint16> ((v[x] - grey) << ToneTables::kChromaShift);
    const auto luma = static_cast<gint16> (
        product (static_cast<gint16> ((four - black) << ToneTables::kLumaShift), y) + kZero);
    red[x] = static_cast<guint16> (luma + product (cr, r_v));
    green[x] = static_cast<guint16> (luma + product (cb, g_u) + product (cr, g_v));
    blue[x] = static_cast<guint16> (luma + product (cb, b_u));
  }
}

void ToneMapper::find_light (int pairs)
{
  for (int c = 0; c < 3; ++c)
    look_up (tables_->light.data (), rows_.signal[c].data (), pairs, rows_.light[c].data ());
  if (tables_->is_of_scene) {
    index_scene (pairs);
    look_up (tables_->ootf.values (), rows_.index[0].data (), pairs, rows_.shown.data ());
  }
}

NUMPRO_VECTORIZED void ToneMapper::index_scene (int pairs)
{
  const float *__restrict red = rows_.light[0].data (), *__restrict green = rows_.light[1].data (),
                          *__restrict blue = rows_.light[2].data ();
  guint16 *__restrict index = rows_.index[0].data ();
  const auto [r, g, b] = tables_->luminance;
  for (int x = 0; x < pairs; ++x)
    index[x] = ToneTables::LightTable::index_of (r * red[x] + g * green[x] + b * blue[x]);
}

void ToneMapper::find_codes (int pairs)
{
  convert_light (pairs);
  look_up (tables_->gain.values (), rows_.index[0].data (), pairs, rows_.gain.data ());
  index_codes (pairs);
  for (int c = 0; c < 3; ++c)
    look_up (tables_->code.data (), rows_.index[c].data (), pairs, rows_.code[c].data ());
}

NUMPRO_VECTORIZED void ToneMapper::convert_light (int pairs)
{
  float *__restrict red = rows_.light[0].data (), *__restrict green = rows_.light[1].data (),
                    *__restrict blue = rows_.light[2].data ();
  const float *__restrict shown = rows_.shown.data ();
  guint16 *__restrict index = rows_.index[0].data ();
  const auto m = tables_->to_bt709;
  for (int x = 0; x < pairs; ++x) {
    const float r = m[0][0] * red[x] + m[0][1] * green[x] + m[0][2] * blue[x];
    const float g = m[1][0] * red[x] + m[1][1] * green[x] + m[1][2] * blue[x];
    const float b = m[2][0] * red[x] + m[2][1] * green[x] + m[2][2] * blue[x];
    // BT.709 has no room for less than nothing.
    red[x] = greater (r, 0);
    green[x] = greater (g, 0);
    blue[x] = greater (b, 0);
    index[x] = ToneTables::LightTable::index_of (shown[x] * greater (greater (r, g), b));
  }
}

NUMPRO_VECTORIZED void ToneMapper::index_codes (int pairs)
{
  const float *__restrict shown = rows_.shown.data (), *__restrict gain = rows_.gain.data ();
  for (int c = 0; c < 3; ++c) {
    const float *__restrict light = rows_.light[c].data ();
    guint16 *__restrict index = rows_.index[c].data ();
    for (int x = 0; x < pairs; ++x)
      index[x] = static_cast<guint16> (static_cast<gint32> (light[x] * (shown[x] * gain[x])));
  }
}

NUMPRO_VECTORIZED void ToneMapper::write_chroma (int pairs, guint8 *__restrict u,
                                                 guint8 *__restrict v)
{
  const gint16 *__restrict red = rows_.code[0].data (), *__restrict green = rows_.code[1].data (),
                           *__restrict blue = rows_.code[2].data ();
  gint16 *__restrict grey = rows_.grey.data (), *__restrict change = rows_.change.data ();
  look_up (tables_->grey.data (), rows_.mean.data (), pairs, grey);
  const auto [kr, kb, to_u, to_v] = tables_->jfif;
  // Half a level for rounding; a little less for chroma, as the most would be 256.
  constexpr gint16 kOne = 1 << ToneTables::kCodeBits, kHalf = kOne / 2;
  constexpr gint16 kGreyLevel = 128 * kOne + kHalf - 1;
  for (int x = 0; x < pairs; ++x) {
    const auto luma =
        static_cast<gint16> (green[x] + product (static_cast<gint16> (red[x] - green[x]), kr) +
                             product (static_cast<gint16> (blue[x] - green[x]), kb));
    const auto cb = product (static_cast<gint16> ((blue[x] - luma) * 2), to_u),
               cr = product (static_cast<gint16> ((red[x] - luma) * 2), to_v);
    u[x] = static_cast<guint8> (static_cast<gint16> (cb + kGreyLevel) >> ToneTables::kCodeBits);
    v[x] = static_cast<guint8> (static_cast<gint16> (cr + kGreyLevel) >> ToneTables::kCodeBits);
    change[2 * x] = change[2 * x + 1] = static_cast<gint16> (luma - grey[x] + kHalf);
  }
}

NUMPRO_VECTORIZED void ToneMapper::write_luma (int width, const guint16 *__restrict luma,
                                               guint8 *__restrict y)
{
  const gint16 *__restrict change = rows_.change.data ();
  gint16 *__restrict grey = rows_.grey.data ();
  look_up (tables_->grey.data (), luma, width, grey);
  constexpr gint16 kMost = (256 << ToneTables::kCodeBits) - 1;
  for (int x = 0; x < width; ++x) {
    const auto level = static_cast<gint16> (grey[x] + change[x]);
    y[x] = static_cast<guint8> (std::clamp (level, gint16{0}, kMost) >> ToneTables::kCodeBits);
  }
}

}  // namespace numpro
