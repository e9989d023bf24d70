/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <string>

#include "fate.h"
#include "owned.h"
#include "reporter.h"

namespace numpro {

/**
 * A batch on its way through one outlet, which settles what becomes of it there: taken or lost.
 *
 * Every outlet has a ticket of its own. A sample is delivered once any outlet took a batch with it,
 * and lost once none can any more.
 */
class Ticket
{
 public:
  Ticket (std::shared_ptr<Fate> fate, GstNumproBatch *batch, Stakes stakes)
      : fate_ (std::move (fate)),
        batch_ (gst_numpro_batch_ref (batch)),
        stakes_ (std::move (stakes))
  {
    fate_->hold (stakes_);
  }
  ~Ticket () { fate_->release (stakes_, nullptr); }
  Ticket (const Ticket &) = delete;
  Ticket &operator= (const Ticket &) = delete;

  GstNumproBatch *batch () const { return batch_.get (); }
  guint64 number () const
  {
    return gst_numpro_ledger_get_batch (gst_numpro_batch_get_ledger (batch ()));
  }

  /** The outlet has taken the batch to where it was to go. */
  void mark_taken () { fate_->deliver (std::exchange (stakes_, {})); }

  /** The outlet will not. @return what to tell: the numbers are those that no batch will bring */
  Loss lose (std::string reason, std::string sentence)
  {
    Loss loss = {std::move (reason), std::move (sentence), {}, number ()};
    const auto cause = std::make_shared<const Loss> (loss);
    for (Loss &final : fate_->release (std::exchange (stakes_, {}), cause))
      loss.numbers = std::move (final.numbers);
    return loss;
  }

 private:
  std::shared_ptr<Fate> fate_;
  BatchPtr batch_;
  Stakes stakes_;
};

using TicketPtr = std::unique_ptr<Ticket>;

}  // namespace numpro
