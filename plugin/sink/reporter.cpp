/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reporter.h"

namespace numpro {

Loss Loss::of_batch (GstNumproBatch *lost, std::string reason, std::string sentence)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (lost);
  Loss loss = {std::move (reason), std::move (sentence)};
  loss.batch = gst_numpro_ledger_get_batch (ledger);
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    loss.numbers.push_back (gst_numpro_ledger_get_sample (ledger, i)->number);
  return loss;
}

}  // namespace numpro
