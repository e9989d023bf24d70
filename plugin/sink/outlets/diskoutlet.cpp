/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "diskoutlet.h"

#include "plugin/sink/debug.h"

namespace numpro {

DiskOutlet::DiskOutlet (std::size_t capacity, GstNumproBundleDir *dir, guint max_bundles,
                        EventsPtr events)
    : ThreadedOutlet (capacity, std::move (events)),
      dir_ (gst_numpro_bundle_dir_ref (dir)),
      max_bundles_ (max_bundles)
{
  start ("numpro-disk");
}

void DiskOutlet::take (OutgoingBatchPtr batch)
{
  const gint64 start = g_get_monotonic_time ();
  std::vector<GstNumproPrompt *> prompts;
  for (const PromptPtr &prompt : batch->prompts ())
    prompts.push_back (prompt.get ());
  GError *error = nullptr;
  if (!gst_numpro_bundle_dir_write (dir_.get (), batch->batch (), prompts.data (),
                                    static_cast<guint> (prompts.size ()), cancellable_.get (),
                                    &error)) {
    const ErrorPtr owned (error);
    const bool is_stopped = g_cancellable_is_cancelled (cancellable_.get ());
    const guint64 number = batch->number ();
    lose (std::move (batch),
          {is_stopped ? GST_NUMPRO_LOSS_REASON_STOP : GST_NUMPRO_LOSS_REASON_DISK, error->message,
           number});
    return;
  }
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir_.get (), batch->number ()));
  const std::string location = gst_numpro_bundle_get_path (bundle.get ());
  GST_DEBUG_ID (events_->id (), "batch %" G_GUINT64_FORMAT ": written in %" G_GINT64_FORMAT " us",
                batch->number (), g_get_monotonic_time () - start);
  batch->mark_delivered ();
  batch->set_location (location);
  events_->tell (BatchReady{batch->batch (), location});
  if (max_bundles_ > 0)
    gst_numpro_bundle_dir_remove_oldest (dir_.get (), max_bundles_);
}

void DiskOutlet::lose (OutgoingBatchPtr batch, Lost lost)
{
  batch->set_location ({});
  ThreadedOutlet::lose (std::move (batch), std::move (lost));
}

}  // namespace numpro
