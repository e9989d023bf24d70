/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batchbuilder.h"

#include <algorithm>
#include <string>
#include <vector>

#include "rowtimes.h"

namespace numpro {

namespace {

// The slots, not the numbers: they are not wrapped, and so do not come again.
std::string image_name (guint64 first_slot, guint64 last_slot)
{
  const auto digits = [] (guint64 slot) {
    return std::string (TextPtr (g_strdup_printf ("%06" G_GUINT64_FORMAT, slot)).get ());
  };
  const std::string first = digits (first_slot);
  return (first_slot == last_slot ? first : first + "-" + digits (last_slot)) + ".jpg";
}

// A row of the ledger: the sample, and what shows it.
SamplePtr make_row (const SampledFrame &frame, const std::string &image)
{
  SamplePtr row (gst_numpro_sample_copy (frame.sample.get ()));
  row->image = g_strdup (image.c_str ());
  return row;
}

// What is to be told of the numbers. Frames that are recalled may have several looks: then nothing
// is told of those that are drawn, and models get them in words.
GstNumproLook look_of (std::span<const SampledFramePtr> frames)
{
  GstNumproLook look = frames.front ()->look;
  const auto is_other = [&look] (const SampledFramePtr &frame) {
    return !gst_numpro_look_equal (&frame->look, &look);
  };
  if (std::any_of (frames.begin (), frames.end (), is_other))
    look.stamp = GST_NUMPRO_STAMP_NONE;
  return look;
}

// The frames at the front that fit a sheet.
std::span<const SampledFramePtr> take_sheet (std::span<const SampledFramePtr> &frames,
                                             const SheetOptions &options)
{
  const Picture &first = *frames[0]->picture;
  const auto fits = [&] (const SampledFramePtr &frame) {
    return frame->picture->width == first.width && frame->picture->height == first.height;
  };
  std::size_t count = 1;
  while (count < frames.size () && count < options.cells () && fits (frames[count]))
    ++count;
  const auto sheet = frames.first (count);
  frames = frames.subspan (count);
  return sheet;
}

BytesPtr make_sheet (std::span<const SampledFramePtr> frames, const SheetOptions &options,
                     JpegEncoder &encoder)
{
  std::vector<const Picture *> pictures;
  for (const SampledFramePtr &frame : frames)
    pictures.push_back (frame->picture.get ());
  Picture sheet;
  compose_sheet (pictures, options, sheet);
  return encoder.encode (sheet);
}

}  // namespace

BatchPtr BatchBuilder::make_batch (std::span<const SampledFramePtr> frames,
                                   std::span<const SamplePtr> samples, const StreamEnd &stream_end)
{
  settle_times (frames, samples, stream_end);
  const LedgerPtr ledger (gst_numpro_ledger_new (next_batch_++));
  const GstNumproLook look = look_of (frames);
  gst_numpro_ledger_set_look (ledger.get (), &look);
  for (const SamplePtr &sample : samples)
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  return BatchPtr (gst_numpro_batch_new (ledger.get ()));
}

BatchPtr BatchBuilder::build_with_frames (std::span<const SampledFramePtr> frames,
                                          const StreamEnd &stream_end)
{
  std::vector<SamplePtr> rows;
  for (const SampledFramePtr &frame : frames) {
    const guint64 slot = frame->sample->slot;
    rows.push_back (make_row (*frame, image_name (slot, slot)));
  }
  BatchPtr batch = make_batch (frames, rows, stream_end);
  for (std::size_t i = 0; i < frames.size (); ++i)
    gst_numpro_batch_add_image (batch.get (), rows[i]->image, frames[i]->jpeg.get ());
  return batch;
}

BatchPtr BatchBuilder::build_with_sheets (std::span<const SampledFramePtr> frames,
                                          const SheetOptions &options, JpegEncoder &encoder,
                                          const StreamEnd &stream_end)
{
  std::vector<SamplePtr> rows;
  std::vector<std::pair<std::string, BytesPtr>> images;
  for (std::span<const SampledFramePtr> rest = frames; !rest.empty ();) {
    const auto members = take_sheet (rest, options);
    const std::string name =
        image_name (members.front ()->sample->slot, members.back ()->sample->slot);
    BytesPtr sheet = make_sheet (members, options, encoder);
    if (!sheet)
      return nullptr;
    images.emplace_back (name, std::move (sheet));
    for (std::size_t cell = 0; cell < members.size (); ++cell) {
      rows.push_back (make_row (*members[cell], name));
      rows.back ()->cell = static_cast<gint> (cell);
    }
  }
  BatchPtr batch = make_batch (frames, rows, stream_end);
  for (const auto &[name, jpeg] : images)
    gst_numpro_batch_add_image (batch.get (), name.c_str (), jpeg.get ());
  return batch;
}

}  // namespace numpro
