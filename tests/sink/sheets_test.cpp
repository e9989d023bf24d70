/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Sheets of several samples, and the samples of the past.
//
// test_compose: a picture in the wrong cell, chroma beside its luma, cells that are not black.
// test_build_with_sheets: samples that the ledger says are where they are not; pictures of two
// sizes in one sheet. test_build_with_frames: a batch without an image for each sample, or with
// another's. test_history_length: samples forgotten too early, or never. test_history_find: the
// number that is seen at an instant left out, or others brought. test_history_breaks: numbers of
// two runs in one batch.

#include <turbojpeg.h>

#include <array>
#include <cstdlib>
#include <vector>

#include "plugin/sink/batching/batchbuilder.h"
#include "plugin/sink/batching/history.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

constexpr SheetOptions kRule = {.columns = 3, .rows = 2};

using Yuv = std::array<guint8, 3>;
constexpr Yuv kBlack = {0, 128, 128};

Yuv color_of (int picture)
{
  const auto level = [&] (int factor) { return static_cast<guint8> (40 + picture * factor); };
  return {level (29), level (17), level (23)};
}

// Of one colour, other than all others.
std::unique_ptr<Picture> make_picture (int index, int width, int height)
{
  auto picture = std::make_unique<Picture> ();
  picture->resize (width, height);
  picture->colorimetry = jfif_colorimetry ();
  const Yuv color = color_of (index);
  std::fill (picture->y (), picture->u (), color[0]);
  std::fill (picture->u (), picture->v (), color[1]);
  std::fill (picture->v (), picture->samples.data () + picture->samples.size (), color[2]);
  return picture;
}

std::shared_ptr<SampledFrame> make_frame (guint64 slot, int width = 16, int height = 8)
{
  auto frame = std::make_shared<SampledFrame> ();
  frame->sample.reset (gst_numpro_sample_new (slot));
  frame->sample->running_time = slot * GST_SECOND;
  frame->sample->stream_time = slot * GST_SECOND + 1000 * GST_SECOND;
  frame->sample->width = static_cast<guint> (width);
  frame->sample->height = static_cast<guint> (height);
  frame->sample->source = g_strdup ("stream");
  frame->picture = make_picture (static_cast<int> (slot % 6), width, height);
  frame->jpeg.reset (g_bytes_new_static ("jpeg", 4));
  return frame;
}

std::vector<SampledFramePtr> make_frames (std::initializer_list<guint64> slots)
{
  std::vector<SampledFramePtr> frames;
  for (guint64 slot : slots)
    frames.push_back (make_frame (slot));
  return frames;
}

std::vector<guint64> numbers_of (const std::vector<SampledFramePtr> &frames)
{
  std::vector<guint64> numbers;
  for (const SampledFramePtr &frame : frames)
    numbers.push_back (frame->sample->number);
  return numbers;
}

std::vector<guint64> find (const History &history, guint64 from, guint64 to)
{
  return numbers_of (history.find ((1000 + from) * GST_SECOND, (1000 + to) * GST_SECOND));
}

Yuv pixel (const Picture &picture, int x, int y)
{
  const int chroma = y / 2 * picture.chroma_stride () + x / 2;
  return {picture.y ()[y * picture.luma_stride () + x], picture.u ()[chroma], picture.v ()[chroma]};
}

Picture decode (GBytes *jpeg)
{
  gsize size = 0;
  const auto *data = static_cast<const guint8 *> (g_bytes_get_data (jpeg, &size));
  tjhandle handle = tjInitDecompress ();
  int width = 0, height = 0, subsampling = 0, color_space = 0;
  fail_unless (
      tjDecompressHeader3 (handle, data, size, &width, &height, &subsampling, &color_space) == 0);
  fail_unless (subsampling == TJSAMP_420);
  Picture picture;
  picture.resize (width, height);
  guint8 *planes[] = {picture.y (), picture.u (), picture.v ()};
  int strides[] = {picture.luma_stride (), picture.chroma_stride (), picture.chroma_stride ()};
  fail_unless (tjDecompressToYUVPlanes (handle, data, size, planes, width, strides, height, 0) ==
               0);
  tjDestroy (handle);
  return picture;
}

bool is_close (const Yuv &one, const Yuv &other)
{
  for (std::size_t i = 0; i < one.size (); ++i) {
    if (std::abs (one[i] - other[i]) > 3)
      return false;
  }
  return true;
}

}  // namespace

GST_START_TEST (test_compose)
{
  for (const auto &[width, height] : {std::pair{16, 8}, {7, 5}, {1, 1}, {6, 9}}) {
    std::vector<std::unique_ptr<Picture>> pictures;
    std::vector<const Picture *> pointers;
    for (int i = 0; i < 5; ++i) {
      pictures.push_back (make_picture (i, width, height));
      pointers.push_back (pictures.back ().get ());
    }
    Picture sheet;
    compose_sheet (pointers, kRule, sheet);
    // Cells begin at even pixels.
    const int pitch_x = width + width % 2, pitch_y = height + height % 2;
    fail_unless (sheet.width == 3 * pitch_x && sheet.height == 2 * pitch_y);
    for (int y = 0; y < sheet.height; ++y) {
      for (int x = 0; x < sheet.width; ++x) {
        const int cell = y / pitch_y * 3 + x / pitch_x;
        // What is beyond an odd edge is black, of the chroma of its neighbour.
        const bool outside = cell == 5 || x % pitch_x >= width || y % pitch_y >= height;
        const Yuv found = pixel (sheet, x, y);
        fail_unless_in_loop (found[0] == (outside ? 0 : color_of (cell)[0]), "luma at %d,%d", x, y);
        const Yuv chroma = cell == 5 ? kBlack : color_of (cell);
        fail_unless_in_loop (found[1] == chroma[1] && found[2] == chroma[2], "chroma at %d,%d", x,
                             y);
      }
    }
  }
}
GST_END_TEST

GST_START_TEST (test_build_with_sheets)
{
  std::vector<SampledFramePtr> frames = make_frames ({10, 11, 12, 13, 14, 15, 16, 17});
  frames.push_back (make_frame (18, 32, 16));
  BatchBuilder builder (5);
  JpegEncoder encoder (95);
  const BatchPtr batch = builder.build_with_sheets (frames, kRule, encoder);
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch.get ());
  fail_unless_equals_uint64 (gst_numpro_ledger_get_batch (ledger), 5);
  fail_unless_equals_int (gst_numpro_ledger_get_length (ledger), 9);
  for (guint i = 0; i < 9; ++i)
    fail_unless_equals_string (gst_numpro_ledger_get_sample (ledger, i)->source, "stream");
  fail_unless_equals_int (gst_numpro_batch_get_n_images (batch.get ()), 3);
  const struct {
    const char *image;
    gint cell;
  } kPlaces[] = {{"000010-000015.jpg", 0}, {"000010-000015.jpg", 1}, {"000010-000015.jpg", 2},
                 {"000010-000015.jpg", 3}, {"000010-000015.jpg", 4}, {"000010-000015.jpg", 5},
                 {"000016-000017.jpg", 0}, {"000016-000017.jpg", 1}, {"000018.jpg", 0}};
  for (guint i = 0; i < 9; ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    fail_unless_equals_string (sample->image, kPlaces[i].image);
    fail_unless_equals_int (sample->cell, kPlaces[i].cell);
    fail_unless_equals_uint64 (sample->number, 10 + i);
    const Picture sheet = decode (gst_numpro_batch_get_image (batch.get (), sample->image));
    const int width = static_cast<int> (sample->width), height = static_cast<int> (sample->height);
    fail_unless (sheet.width == 3 * width && sheet.height == 2 * height);
    const Yuv found =
        pixel (sheet, sample->cell % 3 * width + width / 2, sample->cell / 3 * height + height / 2);
    fail_unless (is_close (found, color_of (static_cast<int> ((10 + i) % 6))), "sample %u", i);
  }
}
GST_END_TEST

GST_START_TEST (test_build_with_frames)
{
  std::vector<SampledFramePtr> frames;
  JpegEncoder encoder (95);
  for (guint64 slot : {7, 9, 10}) {
    const std::shared_ptr<SampledFrame> frame = make_frame (slot);
    frame->jpeg = encoder.encode (*frame->picture);
    frames.push_back (frame);
  }
  BatchBuilder builder (0);
  for (guint64 number = 0; number < 2; ++number) {
    const BatchPtr batch = builder.build_with_frames (frames);
    GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch.get ());
    fail_unless_equals_uint64 (gst_numpro_ledger_get_batch (ledger), number);
    for (guint i = 0; i < 3; ++i) {
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
      fail_unless_equals_int (sample->cell, GST_NUMPRO_NO_CELL);
      fail_unless (gst_numpro_batch_get_image (batch.get (), sample->image) ==
                   frames[i]->jpeg.get ());
    }
  }
}
GST_END_TEST

GST_START_TEST (test_history_length)
{
  History none (0, GST_CLOCK_TIME_NONE);
  none.add (*make_frame (0));
  fail_if (none.is_kept ());
  fail_unless (find (none, 0, 100).empty ());

  History endless (G_MAXUINT64, GST_CLOCK_TIME_NONE);
  History history (3 * GST_SECOND, GST_CLOCK_TIME_NONE);
  for (guint64 slot = 0; slot < 100; ++slot) {
    history.add (*make_frame (slot));
    endless.add (*make_frame (slot));
  }
  fail_unless (find (history, 0, 1000) == (std::vector<guint64>{96, 97, 98, 99}));
  fail_unless_equals_int (static_cast<int> (find (endless, 0, 1000).size ()), 100);
  const std::shared_ptr<SampledFrame> untimed = make_frame (100);
  untimed->sample->running_time = GST_CLOCK_TIME_NONE;
  history.add (*untimed);
  fail_unless_equals_int (static_cast<int> (find (history, 0, 1000).size ()), 4);
  history.clear ();
  fail_unless (find (history, 0, 1000).empty ());
}
GST_END_TEST

GST_START_TEST (test_history_find)
{
  History history (60 * GST_SECOND, GST_CLOCK_TIME_NONE);
  for (guint64 slot : {10, 12, 14, 16})
    history.add (*make_frame (slot));
  fail_unless (find (history, 12, 16) == (std::vector<guint64>{12, 14}));
  fail_unless (find (history, 13, 17) == (std::vector<guint64>{12, 14, 16}));
  fail_unless (find (history, 13, 14) == (std::vector<guint64>{12}));
  fail_unless (find (history, 50, 60) == (std::vector<guint64>{16}));
  fail_unless (find (history, 5, 11) == (std::vector<guint64>{10}));
  fail_unless (find (history, 5, 10).empty ());
  fail_unless (find (history, 13, 13).empty () && find (history, 16, 12).empty ());
}
GST_END_TEST

GST_START_TEST (test_history_breaks)
{
  History history (60 * GST_SECOND, GST_CLOCK_TIME_NONE);
  for (guint64 slot : {10, 11, 12})
    history.add (*make_frame (slot));
  for (guint64 slot : {0, 1}) {
    const std::shared_ptr<SampledFrame> restarted = make_frame (slot + 13);
    restarted->sample->number = restarted->sample->slot = slot;
    history.add (*restarted);
  }
  fail_unless (find (history, 0, 100) == (std::vector<guint64>{0, 1}));
  fail_unless (find (history, 11, 13) == (std::vector<guint64>{11, 12}));
  // Running time that starts again is another stretch of time.
  history.add (*make_frame (2));
  fail_unless (find (history, 0, 100) == (std::vector<guint64>{2}));
}
GST_END_TEST

static Suite *sheets_suite ()
{
  Suite *suite = suite_create ("sheets");
  TCase *tcase = tcase_create ("sheets");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_compose);
  tcase_add_test (tcase, test_build_with_sheets);
  tcase_add_test (tcase, test_build_with_frames);
  tcase_add_test (tcase, test_history_length);
  tcase_add_test (tcase, test_history_find);
  tcase_add_test (tcase, test_history_breaks);
  return suite;
}

GST_CHECK_MAIN (sheets)
