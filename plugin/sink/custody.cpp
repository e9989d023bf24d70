/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "custody.h"

#include <algorithm>
#include <utility>

namespace numpro {

Stakes Custody::stakes_of (const FormedBatch &formed) const
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (formed.batch.get ());
  const guint length = gst_numpro_ledger_get_length (ledger);
  const guint again = length - formed.fresh;
  // What comes again are the last samples of the batch before.
  Stakes stakes (kept_.end () - static_cast<std::ptrdiff_t> (again), kept_.end ());
  for (guint i = again; i < length; ++i)
    stakes.push_back (std::make_shared<Stake> (gst_numpro_ledger_get_sample (ledger, i)->number));
  return stakes;
}

std::vector<Loss> Custody::keep (const Stakes &stakes)
{
  const std::size_t count = std::min (overlap_, stakes.size ());
  Stakes kept (stakes.end () - static_cast<std::ptrdiff_t> (count), stakes.end ());
  fate_->hold (kept);
  return fate_->release (std::exchange (kept_, std::move (kept)), nullptr);
}

std::vector<Loss> Custody::let_go ()
{
  return fate_->release (std::exchange (kept_, {}), nullptr);
}

}  // namespace numpro
