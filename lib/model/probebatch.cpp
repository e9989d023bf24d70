/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probebatch.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "lib/picture/jpegencoder.h"
#include "lib/picture/numberpicture.h"

namespace numpro {

namespace {

constexpr guint64 kLeast = 100, kGreatest = 999;

std::vector<guint64> shuffled_numbers ()
{
  std::vector<guint64> numbers (kGreatest - kLeast + 1);
  std::iota (numbers.begin (), numbers.end (), kLeast);
  for (std::size_t left = numbers.size (); left > 1; --left)
    std::swap (numbers[left - 1],
               numbers[static_cast<std::size_t> (g_random_int_range (0, static_cast<int> (left)))]);
  return numbers;
}

int digits_that_differ (guint64 one, guint64 other)
{
  int count = 0;
  for (; one > 0; one /= 10, other /= 10)
    count += one % 10 != other % 10;
  return count;
}

SamplePtr make_sample (guint index, const ProbePictures &pictures, const std::string &image)
{
  SamplePtr sample (gst_numpro_sample_new (index + 1));
  sample->stream_time = index * GST_SECOND;
  sample->duration = GST_SECOND;
  sample->image = g_strdup (image.c_str ());
  sample->width = static_cast<guint> (pictures.width);
  sample->height = static_cast<guint> (pictures.height);
  if (pictures.sheet)
    sample->cell = static_cast<gint> (index % pictures.sheet->cells ());
  return sample;
}

Picture make_image (const ProbePictures &pictures, std::span<const guint64> numbers, guint variant)
{
  std::vector<Picture> drawn (numbers.size ());
  std::vector<const Picture *> cells;
  for (Picture &picture : drawn) {
    picture.resize (pictures.width, pictures.height);
    draw_number (numbers[cells.size ()], pictures.look, variant++, picture);
    cells.push_back (&picture);
  }
  if (!pictures.sheet)
    return std::move (drawn.front ());
  Picture sheet;
  compose_sheet (cells, *pictures.sheet, sheet);
  return sheet;
}

}  // namespace

std::vector<guint64> draw_lots (guint count)
{
  std::vector<guint64> lots, others;
  for (guint64 number : shuffled_numbers ()) {
    const bool is_unlike = std::all_of (lots.begin (), lots.end (), [number] (guint64 lot) {
      return digits_that_differ (number, lot) > 1;
    });
    (is_unlike ? lots : others).push_back (number);
  }
  lots.insert (lots.end (), others.begin (), others.end ());
  lots.resize (std::min<std::size_t> (lots.size (), count));
  return lots;
}

std::optional<ProbeBatch> make_probe_batch (const ProbePictures &pictures)
{
  ProbeBatch made;
  made.numbers = draw_lots (pictures.count);
  const guint count = static_cast<guint> (made.numbers.size ());
  const guint each = pictures.sheet ? pictures.sheet->cells () : 1;
  JpegEncoder encoder (pictures.jpeg_quality);
  const LedgerPtr ledger (gst_numpro_ledger_new (GST_NUMPRO_NO_BATCH));
  gst_numpro_ledger_set_look (ledger.get (), &pictures.look);
  std::vector<std::pair<std::string, BytesPtr>> images;
  for (guint first = 0; first < count; first += each) {
    const guint end = std::min (first + each, count);
    Picture image = make_image (
        pictures, std::span<const guint64> (made.numbers).subspan (first, end - first), first);
    made.width = image.width;
    made.height = image.height;
    const std::string name = "probe-" + std::to_string (images.size () + 1) + ".jpg";
    BytesPtr jpeg = encoder.encode (image);
    if (!jpeg)
      return std::nullopt;
    images.emplace_back (name, std::move (jpeg));
    for (guint i = first; i < end; ++i)
      gst_numpro_ledger_append (ledger.get (), make_sample (i, pictures, name).get ());
  }
  made.batch.reset (gst_numpro_batch_new (ledger.get ()));
  for (const auto &[name, jpeg] : images)
    gst_numpro_batch_add_image (made.batch.get (), name.c_str (), jpeg.get ());
  return made;
}

}  // namespace numpro
