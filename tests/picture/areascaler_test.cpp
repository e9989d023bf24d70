/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Planes made smaller.
//
// test_means: samples that are not the mean of what they cover, in sizes whole and odd, with lines
// apart in memory; reads and writes beyond planes (with a sanitizer).
// test_pairs: samples of pairs taken for one another, or left out.
// test_extremes: sums that do not fit, rounding that makes pictures darker or lighter.

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "lib/picture/areascaler.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

struct Case {
  AreaScaler::Size from, to;
};

constexpr Case kCases[] = {
    {{1920, 1080}, {672, 378}}, {{1920, 1080}, {336, 189}}, {{960, 540}, {336, 189}},
    {{333, 777}, {215, 501}},   {{64, 64}, {32, 16}},       {{31, 47}, {31, 47}},
    {{40, 9}, {39, 9}},         {{3000, 1}, {100, 1}},      {{1, 500}, {1, 7}},
    {{7, 5}, {3, 2}},           {{33, 40}, {1, 1}},         {{4000, 3}, {17, 2}},
};

// Of its own size in memory, to the byte.
struct Plane {
  int width, height, stride;
  std::unique_ptr<guint8[]> samples;

  Plane (AreaScaler::Size size, int gap)
      : width (size.width),
        height (size.height),
        stride (size.width + gap),
        samples (new guint8[static_cast<std::size_t> (stride) * (height - 1) + width])
  {
  }
  guint8 &at (int x, int y) { return samples[static_cast<std::size_t> (y) * stride + x]; }
};

void fill_with_noise (Plane &plane, guint32 seed)
{
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x)
      plane.at (x, y) = static_cast<guint8> ((seed = seed * 1664525 + 1013904223) >> 24);
  }
}

double mean_of (Plane &plane, const Case &sizes, int column, int row)
{
  const double wide = static_cast<double> (sizes.from.width) / sizes.to.width;
  const double high = static_cast<double> (sizes.from.height) / sizes.to.height;
  const auto covered = [] (int i, double begin, double end) {
    return std::max (0.0, std::min<double> (i + 1, end) - std::max<double> (i, begin));
  };
  double sum = 0;
  for (int y = static_cast<int> (row * high); y < std::min<double> (plane.height, (row + 1) * high);
       ++y) {
    for (int x = static_cast<int> (column * wide);
         x < std::min<double> (plane.width, (column + 1) * wide); ++x) {
      sum += plane.at (x, y) * covered (x, column * wide, (column + 1) * wide) *
             covered (y, row * high, (row + 1) * high);
    }
  }
  return sum / wide / high;
}

// Two roundings, and weights of eight bits: where these are small they are coarse.
void check_means (Plane &from, Plane &to, const Case &sizes)
{
  const int times = std::max (from.width / to.width, from.height / to.height);
  const double most = times > 8 ? 5 : 2;
  double bias = 0;
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      const double mean = mean_of (from, sizes, x, y);
      bias += to.at (x, y) - mean;
      fail_unless_in_loop (std::abs (to.at (x, y) - mean) <= most,
                           "%dx%d to %dx%d: %d at %d,%d, not %.2f", from.width, from.height,
                           to.width, to.height, to.at (x, y), x, y, mean);
    }
  }
  bias /= static_cast<double> (to.width) * to.height;
  fail_unless (to.width * to.height < 1000 || std::abs (bias) < 0.1, "brighter by %.2f", bias);
}

}  // namespace

GST_START_TEST (test_means)
{
  const Case &sizes = kCases[__i__];
  for (const int gap : {0, 5}) {
    Plane from (sizes.from, gap), to (sizes.to, gap);
    fill_with_noise (from, 1);
    AreaScaler (sizes.from, sizes.to)
        .scale (from.samples.get (), from.stride, to.samples.get (), to.stride);
    check_means (from, to, sizes);
  }
}
GST_END_TEST

GST_START_TEST (test_pairs)
{
  const Case &sizes = kCases[__i__];
  Plane pairs ({2 * sizes.from.width, sizes.from.height}, 3);
  fill_with_noise (pairs, 2);
  Plane first (sizes.from, 0), second (sizes.from, 0), to_first (sizes.to, 4),
      to_second (sizes.to, 4);
  for (int y = 0; y < pairs.height; ++y) {
    for (int x = 0; x < first.width; ++x) {
      first.at (x, y) = pairs.at (2 * x, y);
      second.at (x, y) = pairs.at (2 * x + 1, y);
    }
  }
  AreaScaler (sizes.from, sizes.to)
      .scale_pairs (pairs.samples.get (), pairs.stride, to_first.samples.get (),
                    to_second.samples.get (), to_first.stride);
  check_means (first, to_first, sizes);
  check_means (second, to_second, sizes);
}
GST_END_TEST

GST_START_TEST (test_extremes)
{
  const Case &sizes = kCases[__i__];
  for (const int level : {0, 1, 127, 254, 255}) {
    Plane from (sizes.from, 0), to (sizes.to, 0);
    std::fill_n (from.samples.get (), from.width * from.height, static_cast<guint8> (level));
    AreaScaler (sizes.from, sizes.to)
        .scale (from.samples.get (), from.stride, to.samples.get (), to.stride);
    for (int i = 0; i < to.width * to.height; ++i)
      fail_unless_in_loop (to.samples[i] == level, "%d became %d", level, to.samples[i]);
  }
}
GST_END_TEST

static Suite *areascaler_suite ()
{
  Suite *suite = suite_create ("area scaler");
  TCase *tcase = tcase_create ("area scaler");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_means, 0, G_N_ELEMENTS (kCases));
  tcase_add_loop_test (tcase, test_pairs, 0, G_N_ELEMENTS (kCases));
  tcase_add_loop_test (tcase, test_extremes, 0, G_N_ELEMENTS (kCases));
  return suite;
}

GST_CHECK_MAIN (areascaler)
