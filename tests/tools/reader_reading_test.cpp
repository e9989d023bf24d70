/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What the stand-in for a model sees on images.
//
// test_read_rate: numbers that are misread or not read, by size and ground.
// test_places: a number looked for where it is not, or in another colour than the prompt says.
// test_sheets: cells of a sheet that are missed or mixed up.
// test_no_number: a number seen where there is none.
// test_colors: colours taken for others; the number's red taken for a red thing.
// test_shrunken: numbers made up where there is too little to read.

#include <algorithm>

#include "stampedframes.h"
#include "tools/reader/viewer.h"

using namespace reader;

namespace {

constexpr double kBar = 0.97;

// Tesseract takes its time to start.
Viewer &viewer ()
{
  static Viewer viewer;
  fail_unless (viewer.problem ().empty (), "%s", viewer.problem ().c_str ());
  return viewer;
}

View look_at (const StampedImage &image, const ViewRule &rule = {})
{
  const std::optional<View> view = viewer ().look_at (image.jpeg, rule);
  fail_unless_in_loop (view.has_value (), "an image was not decoded");
  return *view;
}

std::vector<guint64> numbers_in (const View &view)
{
  std::vector<guint64> numbers;
  for (const Sighting &sighting : view.sightings)
    numbers.push_back (sighting.number);
  return numbers;
}

// The share of a colour on the only frame of an image.
double share_of (const std::string &color, const View &view)
{
  fail_unless_equals_int (static_cast<int> (view.sightings.size ()), 1);
  return view.sightings[0].shares[*find_named_color (color)];
}

struct Scene {
  const char *source;
  int width, height;
  guint64 start;
};

constexpr Scene kScenes[] = {
    {"pattern=smpte", 336, 336, 0},
    {"pattern=smpte", 672, 378, 60},
    {"pattern=zone-plate kx2=12 ky2=12 kt=3", 336, 336, 99980},
    {"pattern=snow ! videobalance contrast=0.3", 336, 336, 980},
    {"pattern=ball background-color=0xff40a060", 672, 378, 4970},
    {"pattern=solid-color foreground-color=0xff905850", 672, 378, 260},
};

}  // namespace

GST_START_TEST (test_read_rate)
{
  const Scene &scene = kScenes[__i__];
  const std::vector<StampedImage> images =
      stamped_images (std::string ("videotestsrc num-buffers=40 ") + scene.source +
                      " ! video/x-raw,width=" + std::to_string (scene.width) +
                      ",height=" + std::to_string (scene.height) +
                      " ! numproverlay start=" + std::to_string (scene.start) +
                      " ! numprosink name=sink batch-size=1000 max-edge=0");
  fail_unless_equals_int (static_cast<int> (images.size ()), 40);
  int right = 0;
  for (const StampedImage &image : images) {
    const std::vector<guint64> numbers = numbers_in (look_at (image));
    fail_unless_in_loop (numbers.empty () || numbers == image.numbers,
                         "%" G_GUINT64_FORMAT " was read as %" G_GUINT64_FORMAT, image.numbers[0],
                         numbers[0]);
    right += numbers.size () == 1;
  }
  const double rate = right / 40.0;
  fail_unless (rate >= kBar, "%s: %d of 40 were read", scene.source, right);
}
GST_END_TEST

GST_START_TEST (test_places)
{
  const StampedImage image = stamped_frames (
      "ball", 1, 57, "halignment=left valignment=top color=0xffffff00 shaded-background=true")[0];
  ViewRule rule;
  fail_unless (look_at (image, rule).sightings.empty ());
  rule.look.read ("The yellow numbers at the top left of each frame represent the frame number.");
  fail_unless (numbers_in (look_at (image, rule)) == image.numbers);
  rule.look.read ("The numbers at the bottom of each frame represent the frame number.");
  fail_unless (look_at (image, rule).sightings.empty ());

  const StampedImage centered =
      stamped_frames ("black", 1, 604, "halignment=center valignment=center color=0xff3070c0")[0];
  ViewRule center;
  center.look.read (
      "The numbers in the center of each frame, drawn in the color #3070c0, represent "
      "the frame number.");
  fail_unless (numbers_in (look_at (centered, center)) == centered.numbers);
}
GST_END_TEST

GST_START_TEST (test_sheets)
{
  // The last sheet is not full.
  const std::vector<StampedImage> sheets =
      stamped_frames ("ball", 27, 95, "", "layout=grid grid-columns=4 grid-rows=3");
  fail_unless_equals_int (static_cast<int> (sheets.size ()), 3);
  ViewRule rule;
  rule.is_sheet = true;
  for (const StampedImage &sheet : sheets)
    fail_unless (numbers_in (look_at (sheet, rule)) == sheet.numbers);

  const std::vector<StampedImage> wide =
      stamped_frames ("blue", 5, 7, "", "layout=grid grid-columns=5 grid-rows=2");
  fail_unless (numbers_in (look_at (wide[0], rule)) == wide[0].numbers);
}
GST_END_TEST

GST_START_TEST (test_no_number)
{
  for (const char *pattern : {"smpte", "red", "snow", "circular"}) {
    const StampedImage image = stamped_frames (pattern, 1, 3, "silent=true")[0];
    for (const bool is_sheet : {false, true}) {
      ViewRule rule;
      rule.is_sheet = is_sheet;
      fail_unless (look_at (image, rule).sightings.empty (), "a number on %s", pattern);
    }
  }
  fail_if (viewer ().look_at ("no JPEG", {}).has_value ());
}
GST_END_TEST

GST_START_TEST (test_colors)
{
  for (const char *color : {"white", "black", "blue", "green"}) {
    const View view = look_at (stamped_frames (color, 1, 1234, "font-size=80")[0]);
    for (const NamedColor &other : named_colors ()) {
      const double share = share_of (std::string (other.name), view);
      fail_unless (other.name == color ? share > 0.99 : share < 0.01, "%s is %g %s", color, share,
                   std::string (other.name).c_str ());
    }
  }
  // Bars of equal width.
  const View bars = look_at (stamped_frames ("smpte75", 1, 3)[0]);
  for (const char *color : {"yellow", "cyan", "green", "magenta", "red", "blue"}) {
    const double share = share_of (color, bars);
    fail_unless (share > 0.08 && share < 0.2, "a share of %g is %s", share, color);
  }
  // A disc of 20 pixels' radius.
  const View ball = look_at (stamped_frames ("ball", 1, 3, "", "")[0]);
  const double share = share_of ("white", ball);
  fail_unless (share > 0.002 && share < 0.01, "%g", share);
}
GST_END_TEST

GST_START_TEST (test_shrunken)
{
  for (const int edge : {16, 32, 64}) {
    ViewRule rule;
    rule.largest_edge = edge;
    const StampedImage image = stamped_frames ("ball", 1, 88)[0];
    const View view = look_at (image, rule);
    fail_unless (view.sightings.empty () || numbers_in (view) == image.numbers);
    fail_unless_equals_int (view.width, edge);
  }
  ViewRule rule;
  rule.largest_edge = 16;
  fail_unless (look_at (stamped_frames ("ball", 1, 88)[0], rule).sightings.empty ());
}
GST_END_TEST

static Suite *reading_suite ()
{
  Suite *suite = suite_create ("reading");
  TCase *tcase = tcase_create ("reading");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_read_rate, 0, G_N_ELEMENTS (kScenes));
  tcase_add_test (tcase, test_places);
  tcase_add_test (tcase, test_sheets);
  tcase_add_test (tcase, test_no_number);
  tcase_add_test (tcase, test_colors);
  tcase_add_test (tcase, test_shrunken);
  return suite;
}

GST_CHECK_MAIN (reading)
