/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "binder.h"

#include <algorithm>
#include <string>
#include <vector>

namespace numpro {

namespace {

// The slots, not the numbers: they are not wrapped, and so do not come again.
std::string image_name (guint64 first_slot, guint64 last_slot)
{
  char name[64];
  if (first_slot == last_slot)
    g_snprintf (name, sizeof (name), "%06" G_GUINT64_FORMAT ".jpg", first_slot);
  else
    g_snprintf (name, sizeof (name), "%06" G_GUINT64_FORMAT "-%06" G_GUINT64_FORMAT ".jpg",
                first_slot, last_slot);
  return name;
}

// A row of the ledger: the sample, and what shows it.
SamplePtr make_row (const Exposure &exposure, const std::string &image)
{
  SamplePtr row (gst_numpro_sample_copy (exposure.sample.get ()));
  row->image = g_strdup (image.c_str ());
  return row;
}

bool have_same_size (const ExposurePtr &one, const ExposurePtr &other)
{
  return one->picture->width == other->picture->width &&
         one->picture->height == other->picture->height;
}

// The exposures at the front that fit a sheet.
std::span<const ExposurePtr> take_sheet (std::span<const ExposurePtr> &exposures,
                                         const SheetRule &rule)
{
  std::size_t count = 1;
  while (count < exposures.size () && count < rule.cells () &&
         have_same_size (exposures[0], exposures[count]))
    ++count;
  const auto sheet = exposures.first (count);
  exposures = exposures.subspan (count);
  return sheet;
}

BytesPtr make_sheet (std::span<const ExposurePtr> exposures, const SheetRule &rule,
                     JpegEncoder &encoder)
{
  std::vector<const Picture *> pictures;
  for (const ExposurePtr &exposure : exposures)
    pictures.push_back (exposure->picture.get ());
  Picture sheet;
  compose_sheet (pictures, rule, sheet);
  return encoder.encode (sheet);
}

}  // namespace

BatchPtr Binder::make_batch (std::span<const ExposurePtr> exposures,
                             std::span<const SamplePtr> samples)
{
  const LedgerPtr ledger (gst_numpro_ledger_new (next_batch_++));
  gst_numpro_ledger_set_look (ledger.get (), &exposures.front ()->look);
  for (const SamplePtr &sample : samples)
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  return BatchPtr (gst_numpro_batch_new (ledger.get ()));
}

BatchPtr Binder::bind_frames (std::span<const ExposurePtr> exposures)
{
  std::vector<SamplePtr> rows;
  for (const ExposurePtr &exposure : exposures) {
    const guint64 slot = exposure->sample->slot;
    rows.push_back (make_row (*exposure, image_name (slot, slot)));
  }
  BatchPtr batch = make_batch (exposures, rows);
  for (std::size_t i = 0; i < exposures.size (); ++i)
    gst_numpro_batch_add_image (batch.get (), rows[i]->image, exposures[i]->jpeg.get ());
  return batch;
}

BatchPtr Binder::bind_sheets (std::span<const ExposurePtr> exposures, const SheetRule &rule,
                              JpegEncoder &encoder)
{
  std::vector<SamplePtr> rows;
  std::vector<std::pair<std::string, BytesPtr>> images;
  for (std::span<const ExposurePtr> rest = exposures; !rest.empty ();) {
    const auto members = take_sheet (rest, rule);
    const std::string name =
        image_name (members.front ()->sample->slot, members.back ()->sample->slot);
    BytesPtr sheet = make_sheet (members, rule, encoder);
    if (!sheet)
      return nullptr;
    images.emplace_back (name, std::move (sheet));
    for (std::size_t cell = 0; cell < members.size (); ++cell) {
      rows.push_back (make_row (*members[cell], name));
      rows.back ()->cell = static_cast<gint> (cell);
    }
  }
  BatchPtr batch = make_batch (exposures, rows);
  for (const auto &[name, jpeg] : images)
    gst_numpro_batch_add_image (batch.get (), name.c_str (), jpeg.get ());
  return batch;
}

}  // namespace numpro
