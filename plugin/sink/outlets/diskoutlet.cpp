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
  bool is_stopped = false;
  const auto cancelled = [&] { return is_stopped = queue_.is_shut (); };
  const gint64 start = g_get_monotonic_time ();
  if (const std::string problem = store_.write (batch->batch (), batch->prompts (), cancelled);
      !problem.empty ()) {
    lose (std::move (batch), is_stopped ? LossReason::kStop : LossReason::kDisk, problem);
    return;
  }
  const std::string location = store_.path_of (batch->number ()).string ();
  GST_DEBUG_ID (events_->id (), "batch %" G_GUINT64_FORMAT ": written in %" G_GINT64_FORMAT " us",
                batch->number (), g_get_monotonic_time () - start);
  batch->mark_delivered ();
  batch->set_location (location);
  events_->tell (BatchReady{batch->batch (), location});
  if (max_bundles_ > 0)
    store_.keep (max_bundles_);
}

void DiskOutlet::lose (OutgoingBatchPtr batch, LossReason reason, const std::string &sentence)
{
  batch->set_location ({});
  ThreadedOutlet::lose (std::move (batch), reason, sentence);
}

}  // namespace numpro
