/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <memory>

#include "fate.h"
#include "owned.h"

namespace numpro {

/** A finished batch. */
struct FormedBatch {
  BatchPtr batch;
  guint fresh = 0; /**< samples that no earlier batch had */
};

/**
 * A batch on its way through the outlets.
 *
 * Every outlet holds one pointer to the ticket while it has to do with the batch; when the last one
 * lets go, the fate of its samples is settled: delivered if any outlet took it, dropped if none.
 */
class Ticket
{
 public:
  Ticket (std::shared_ptr<Fate> fate, FormedBatch formed)
      : fate_ (std::move (fate)), formed_ (std::move (formed))
  {
  }
  ~Ticket ()
  {
    if (taken_)
      fate_->delivered (formed_.fresh);
    else
      fate_->dropped (formed_.fresh);
  }
  Ticket (const Ticket &) = delete;
  Ticket &operator= (const Ticket &) = delete;

  GstNumproBatch *batch () const { return formed_.batch.get (); }
  GstNumproLedger *ledger () const { return gst_numpro_batch_get_ledger (batch ()); }

  /** An outlet has taken the batch to where it was to go. */
  void mark_taken () { taken_ = true; }

 private:
  std::shared_ptr<Fate> fate_;
  FormedBatch formed_;
  std::atomic<bool> taken_ = false;
};

using TicketPtr = std::shared_ptr<Ticket>;

}  // namespace numpro
