/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "diskoutlet.h"

#include "plugin/sink/debug.h"

#define GST_CAT_DEFAULT numpro::batch_category ()

namespace numpro {

DiskOutlet::DiskOutlet (std::size_t capacity, BundleStore store, guint max_bundles,
                        EventsPtr events)
    : ThreadedOutlet (capacity, std::move (events)),
      store_ (std::move (store)),
      max_bundles_ (max_bundles)
{
  start ("numpro-disk");
}

DiskOutlet::~DiskOutlet ()
{
  stop ();
}

void DiskOutlet::take (OutgoingBatchPtr batch)
{
  const gint64 start = g_get_monotonic_time ();
  if (const std::string problem = store_.write (batch->batch (), batch->prompts (), cancellable ());
      !problem.empty ()) {
    const bool is_stopped = g_cancellable_is_cancelled (cancellable ());
    lose (std::move (batch), is_stopped ? GST_NUMPRO_LOSS_REASON_STOP : GST_NUMPRO_LOSS_REASON_DISK,
          problem);
    return;
  }
  const std::string location = store_.path_of (batch->number ());
  GST_DEBUG_ID (events_->id (), "batch %" G_GUINT64_FORMAT ": written in %" G_GINT64_FORMAT " us",
                batch->number (), g_get_monotonic_time () - start);
  batch->mark_delivered ();
  batch->set_location (location);
  events_->tell (BatchReady{batch->batch (), location});
  if (max_bundles_ > 0)
    gst_numpro_bundle_dir_remove_oldest (store_.dir (), max_bundles_);
}

void DiskOutlet::lose (OutgoingBatchPtr batch, LossReason reason, const std::string &sentence)
{
  batch->set_location ({});
  ThreadedOutlet::lose (std::move (batch), reason, sentence);
}

}  // namespace numpro
