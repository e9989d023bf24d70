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
#include "tools/reader/imageanalyzer.h"

using namespace reader;

namespace {

constexpr double kBar = 0.97;

// Tesseract takes its time to start.
ImageAnalyzer &analyzer ()
{
  static ImageAnalyzer analyzer;
  fail_unless (analyzer.problem ().empty (), "%s", analyzer.problem ().c_str ());
  return analyzer;
}

ImageAnalysis analyze (const StampedImage &image, const AnalysisOptions &options = {})
{
  const std::optional<ImageAnalysis> analysis = analyzer ().analyze (image.jpeg, options);
  fail_unless_in_loop (analysis.has_value (), "an image was not decoded");
  return *analysis;
}

std::vector<guint64> numbers_in (const ImageAnalysis &analysis)
{
  std::vector<guint64> numbers;
  for (const FrameAnalysis &frame : analysis.frames)
    numbers.push_back (frame.number);
  return numbers;
}

// The share of a colour on the only frame of an image.
double share_of (const std::string &color, const ImageAnalysis &analysis)
{
  fail_unless_equals_int (static_cast<int> (analysis.frames.size ()), 1);
  return analysis.frames[0].shares[*find_named_color (color)];
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
    const std::vector<guint64> numbers = numbers_in (analyze (image));
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
  AnalysisOptions options;
  fail_unless (analyze (image, options).frames.empty ());
  options.look.read (
      "The yellow numbers at the top left of each frame represent the frame number.");
  fail_unless (numbers_in (analyze (image, options)) == image.numbers);
  options.look.read ("The numbers at the bottom of each frame represent the frame number.");
  fail_unless (analyze (image, options).frames.empty ());

  const StampedImage centered =
      stamped_frames ("black", 1, 604, "halignment=center valignment=center color=0xff3070c0")[0];
  AnalysisOptions center;
  center.look.read (
      "The numbers in the center of each frame, drawn in the color #3070c0, represent "
      "the frame number.");
  fail_unless (numbers_in (analyze (centered, center)) == centered.numbers);
}
GST_END_TEST

GST_START_TEST (test_sheets)
{
  // The last sheet is not full.
  const std::vector<StampedImage> sheets =
      stamped_frames ("ball", 27, 95, "", "layout=grid grid-columns=4 grid-rows=3");
  fail_unless_equals_int (static_cast<int> (sheets.size ()), 3);
  AnalysisOptions options;
  options.is_sheet = true;
  for (const StampedImage &sheet : sheets)
    fail_unless (numbers_in (analyze (sheet, options)) == sheet.numbers);

  const std::vector<StampedImage> wide =
      stamped_frames ("blue", 5, 7, "", "layout=grid grid-columns=5 grid-rows=2");
  fail_unless (numbers_in (analyze (wide[0], options)) == wide[0].numbers);
}
GST_END_TEST

GST_START_TEST (test_no_number)
{
  for (const char *pattern : {"smpte", "red", "snow", "circular"}) {
    const StampedImage image = stamped_frames (pattern, 1, 3, "silent=true")[0];
    for (const bool is_sheet : {false, true}) {
      AnalysisOptions options;
      options.is_sheet = is_sheet;
      fail_unless (analyze (image, options).frames.empty (), "a number on %s", pattern);
    }
  }
  fail_if (analyzer ().analyze ("no JPEG", {}).has_value ());
}
GST_END_TEST

GST_START_TEST (test_colors)
{
  for (const char *color : {"white", "black", "blue", "green"}) {
    const ImageAnalysis analysis = analyze (stamped_frames (color, 1, 1234, "font-size=80")[0]);
    for (const NamedColor &other : named_colors ()) {
      const double share = share_of (std::string (other.name), analysis);
      fail_unless (other.name == color ? share > 0.99 : share < 0.01, "%s is %g %s", color, share,
                   std::string (other.name).c_str ());
    }
  }
  // Bars of equal width.
  const ImageAnalysis bars = analyze (stamped_frames ("smpte75", 1, 3)[0]);
  for (const char *color : {"yellow", "cyan", "green", "magenta", "red", "blue"}) {
    const double share = share_of (color, bars);
    fail_unless (share > 0.08 && share < 0.2, "a share of %g is %s", share, color);
  }
  // A disc of 20 pixels' radius.
  const ImageAnalysis ball = analyze (stamped_frames ("ball", 1, 3, "", "")[0]);
  const double share = share_of ("white", ball);
  fail_unless (share > 0.002 && share < 0.01, "%g", share);
}
GST_END_TEST

GST_START_TEST (test_shrunken)
{
  for (const int edge : {16, 32, 64}) {
    AnalysisOptions options;
    options.largest_edge = edge;
    const StampedImage image = stamped_frames ("ball", 1, 88)[0];
    const ImageAnalysis analysis = analyze (image, options);
    fail_unless (analysis.frames.empty () || numbers_in (analysis) == image.numbers);
    fail_unless_equals_int (analysis.width, edge);
  }
  AnalysisOptions options;
  options.largest_edge = 16;
  fail_unless (analyze (stamped_frames ("ball", 1, 88)[0], options).frames.empty ());
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
