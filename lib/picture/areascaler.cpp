/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "areascaler.h"

#include <libyuv.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace numpro {

namespace {

// Samples that are summed at once, and lines that are at work at once: so the same sums that go
// down the lines also go across them, once they are turned by a quarter.
constexpr int kLanes = 16;

constexpr int kWeightBits = 8;  // 255 times all weights fits 16 bits
constexpr guint16 kHalf = 1 << (kWeightBits - 1);

constexpr int kCacheLine = 64;

// Sums of sixteen bits, or pairs of samples: one is the upper byte, one the lower.
using Vector [[gnu::vector_size (kLanes)]] = guint16;

struct WeightedRows {
  const guint8 *first;
  std::ptrdiff_t stride;
  const guint16 *weights;
  int count;
};

// In vectors: the compiler makes them of a loop only where it knows the number of rows.
template <int kVectors>
inline void average_block (const WeightedRows &rows, std::ptrdiff_t x, guint8 *to)
{
  Vector lower[kVectors], upper[kVectors];
  for (int i = 0; i < kVectors; ++i)
    lower[i] = upper[i] = Vector{} + kHalf;
  const guint8 *at = rows.first + x;
  for (int row = 0; row < rows.count; ++row, at += rows.stride) {
    for (int i = 0; i < kVectors; ++i) {
      Vector pairs;
      std::memcpy (&pairs, at + i * kLanes, sizeof (pairs));
      lower[i] += (pairs & 0xff) * rows.weights[row];
      upper[i] += (pairs >> 8) * rows.weights[row];
    }
  }
  for (int i = 0; i < kVectors; ++i) {
    const Vector means = (lower[i] >> kWeightBits) | (upper[i] & 0xff00);
    std::memcpy (to + x + i * kLanes, &means, sizeof (means));
  }
}

void average_line (const WeightedRows &rows, int bytes, guint8 *to)
{
  if (bytes < 2 * kLanes) {
    for (int x = 0; x < bytes; ++x) {
      unsigned sum = kHalf;
      for (int row = 0; row < rows.count; ++row)
        sum += rows.weights[row] * rows.first[row * rows.stride + x];
      to[x] = static_cast<guint8> (sum >> kWeightBits);
    }
    return;
  }
  // The last block overlaps the one before it rather than leave the line.
  for (int x = 0; x < bytes; x += 2 * kLanes) {
    // A frame comes from memory, and processors do not see through several rows at once: what is
    // next is asked for in time, which makes it more than twice as fast.
    if (x % kCacheLine == 0) {
      for (int row = 0; row < rows.count; ++row)
        __builtin_prefetch (rows.first + (row + rows.count) * rows.stride + x);
    }
    average_block<2> (rows, std::min (x, bytes - 2 * kLanes), to);
  }
}

}  // namespace

AreaScaler::Axis::Axis (int from, int to)
{
  const auto begin_of = [=] (int i) { return static_cast<double> (i) * from / to; };
  for (int i = 0; i < to; ++i) {
    const auto begin = static_cast<int> (begin_of (i));
    taps = std::max (taps, static_cast<int> (std::ceil (begin_of (i + 1))) - begin);
  }
  for (int i = 0; i < to; ++i) {
    first.push_back (std::min (static_cast<int> (begin_of (i)), from - taps));
    // Rounded as they add up, so that together they are what they should be.
    long before = 0;
    for (int tap = 1; tap <= taps; ++tap) {
      const double covered = (first[i] + tap - begin_of (i)) * to / from;
      const long sum = std::lround (std::ldexp (std::clamp (covered, 0.0, 1.0), kWeightBits));
      all_weights.push_back (static_cast<guint16> (sum - before));
      before = sum;
    }
  }
}

AreaScaler::AreaScaler (Size from, Size to)
    : from_ (from), to_ (to), across_ (from.width, to.width), down_ (from.height, to.height)
{
  const auto lines = [] (int width) { return static_cast<std::size_t> (width) * kLanes; };
  lines_.resize (2 * lines (from.width));
  halves_.resize (2 * lines (from.width));
  columns_.resize (lines (from.width));
  turned_.resize (lines (to.width));
}

void AreaScaler::scale (const guint8 *from, int from_stride, guint8 *to, int to_stride)
{
  if (is_copy ()) {
    libyuv::CopyPlane (from, from_stride, to, to_stride, to_.width, to_.height);
    return;
  }
  for (int begin = 0; begin < to_.height; begin += kLanes) {
    const int end = std::min (begin + kLanes, to_.height);
    average_lines (from, from_stride, from_.width, begin, end);
    average_columns (lines_.data (), to, to_stride, begin, end);
  }
}

void AreaScaler::scale_pairs (const guint8 *from, int from_stride, guint8 *first, guint8 *second,
                              int to_stride)
{
  const int width = from_.width;
  if (is_copy ()) {
    libyuv::SplitUVPlane (from, from_stride, first, to_stride, second, to_stride, width,
                          to_.height);
    return;
  }
  guint8 *firsts = halves_.data (), *seconds = firsts + static_cast<std::size_t> (width) * kLanes;
  for (int begin = 0; begin < to_.height; begin += kLanes) {
    const int end = std::min (begin + kLanes, to_.height);
    average_lines (from, from_stride, 2 * width, begin, end);
    libyuv::SplitUVPlane (lines_.data (), 2 * width, firsts, width, seconds, width, width,
                          end - begin);
    average_columns (firsts, first, to_stride, begin, end);
    average_columns (seconds, second, to_stride, begin, end);
  }
}

void AreaScaler::average_lines (const guint8 *from, int stride, int bytes, int begin, int end)
{
  for (int y = begin; y < end; ++y) {
    const WeightedRows rows{from + static_cast<std::ptrdiff_t> (down_.first[y]) * stride, stride,
                            down_.weights (y), down_.taps};
    average_line (rows, bytes, lines_.data () + static_cast<std::ptrdiff_t> (y - begin) * bytes);
  }
}

void AreaScaler::average_columns (const guint8 *lines, guint8 *to, int to_stride, int begin,
                                  int end)
{
  libyuv::TransposePlane (lines, from_.width, columns_.data (), kLanes, from_.width, kLanes);
  for (int x = 0; x < to_.width; ++x) {
    const WeightedRows rows{
        columns_.data () + static_cast<std::ptrdiff_t> (across_.first[x]) * kLanes, kLanes,
        across_.weights (x), across_.taps};
    average_block<1> (rows, 0, turned_.data () + static_cast<std::ptrdiff_t> (x) * kLanes);
  }
  libyuv::TransposePlane (turned_.data (), kLanes,
                          to + static_cast<std::ptrdiff_t> (begin) * to_stride, to_stride,
                          end - begin, to_.width);
}

}  // namespace numpro
