/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What a model will read in the images is what the ledger says. The images are those of bundles on
// disk, and the reader is one that knows where numbers stand and nothing else.
//
// test_bundles: images under each other's names, digits that scaling or JPEG smears, colours that a
//   wrong matrix turns so far that red is no longer red.
//
// The grounds are those of the recording test, and moving colour bars: a saturated ground moves
// under the digits. Red on red nobody can read, so the bars that pass there are not among the red
// ones.

#include "tests/support/numberreader.h"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <turbojpeg.h>

#include "tests/support/pipeline.h"
#include "tests/support/temporarydirectory.h"

#include <gst/numpro/numpro.h>

namespace {

constexpr double kBar = 0.97;

struct Scene {
  const char *name, *source;
  guint64 start;
};

constexpr int kFrames = 25;
constexpr Scene kScenes[] = {
    {"ball", "pattern=ball animation-mode=frames motion=wavy background-color=0xff40a060", 0},
    {"bars", "pattern=smpte horizontal-speed=7", 88},
    {"rings", "pattern=zone-plate kx2=12 ky2=12 kt=3", 987},
    {"noise", "pattern=snow ! videobalance contrast=0.3", 4870},
};

struct Format {
  int width, height, max_edge;
  const char *more;
};
constexpr Format kFormats[] = {
    {1920, 1080, 672, "format=I420,colorimetry=bt709"},
    {1920, 1080, 336, "format=NV12,colorimetry=bt709"},
    {640, 360, 672, "format=I420,colorimetry=bt601"},
    {640, 360, 336, "format=YUY2,colorimetry=bt601"},
};

/** A file's bytes. */
std::string contents (const std::filesystem::path &path)
{
  gchar *data = nullptr;
  gsize size = 0;
  fail_unless (g_file_get_contents (path.c_str (), &data, &size, nullptr), "no %s", path.c_str ());
  const Text owned (data);
  return std::string (data, size);
}

std::string read_image (NumberReader &reader, const std::string &jpeg, int width, int height)
{
  std::vector<guint8> rgb (static_cast<std::size_t> (width * height * 3));
  const tjhandle decoder = tjInitDecompress ();
  const int failed =
      tjDecompress2 (decoder, reinterpret_cast<const unsigned char *> (jpeg.data ()), jpeg.size (),
                     rgb.data (), width, width * 3, height, TJPF_RGB, 0);
  tjDestroy (decoder);
  fail_unless (failed == 0, "no JPEG");
  return reader.read ({rgb.data (), width, height, width * 3});
}

struct Tally {
  int right = 0, all = 0;
  std::string wrong;
};

void read_bundle (NumberReader &reader, const Scene &scene, const std::filesystem::path &bundle,
                  Tally &tally)
{
  GError *error = nullptr;
  const std::unique_ptr<GstNumproLedger, Freer<gst_numpro_ledger_unref>> ledger (
      gst_numpro_ledger_new_from_json (contents (bundle / "ledger.json").c_str (), -1, &error));
  fail_unless (ledger != nullptr, "%s", error ? error->message : "");
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger.get ()); ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger.get (), i);
    const std::string truth = std::to_string (sample->number);
    const std::string seen =
        read_image (reader, contents (bundle / sample->image), static_cast<int> (sample->width),
                    static_cast<int> (sample->height));
    ++tally.all;
    if (seen == truth)
      ++tally.right;
    else
      tally.wrong += " " + truth + ":" + seen + " (" + scene.name + ")";
  }
}

}  // namespace

GST_START_TEST (test_bundles)
{
  const Format &format = kFormats[__i__];
  NumberReader reader;
  Tally tally;
  for (const Scene &scene : kScenes) {
    const TemporaryDirectory directory;
    Pipeline pipeline ("videotestsrc num-buffers=" + std::to_string (kFrames) + " " + scene.source +
                       " ! video/x-raw,width=" + std::to_string (format.width) +
                       ",height=" + std::to_string (format.height) + ",framerate=25/1," +
                       format.more + " ! numproverlay start=" + std::to_string (scene.start) +
                       " ! numprosink batch-size=10 max-edge=" + std::to_string (format.max_edge) +
                       " location=" + directory.path ().string ());
    pipeline.run ();
    for (const char *bundle : {"000000", "000001", "000002"})
      read_bundle (reader, scene, directory.path () / bundle, tally);
  }
  fail_unless_equals_int (tally.all, kFrames * static_cast<int> (G_N_ELEMENTS (kScenes)));
  const double rate = static_cast<double> (tally.right) / tally.all;
  g_print ("%dx%d to %d: %d of %d numbers read (%.1f %%);%s\n", format.width, format.height,
           format.max_edge, tally.right, tally.all, 100 * rate,
           tally.wrong.empty () ? " none wrong" : tally.wrong.c_str ());
  fail_unless (rate >= kBar, "%dx%d to %d: %.1f %%", format.width, format.height, format.max_edge,
               100 * rate);
}
GST_END_TEST

static Suite *legibility_suite ()
{
  Suite *suite = suite_create ("legibility");
  TCase *tcase = tcase_create ("legibility");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_bundles, 0, G_N_ELEMENTS (kFormats));
  return suite;
}

int main (int argc, char **argv)
{
  // One small picture at a time is no work for several threads.
  g_setenv ("OMP_THREAD_LIMIT", "1", TRUE);
  gst_check_init (&argc, &argv);
  return gst_check_run_suite (legibility_suite (), "legibility", __FILE__);
}
