/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event.h"

#include "gst/numpro/enumnick.h"

namespace numpro {

const char *nick_of (LossReason reason)
{
  return enum_nick (GST_TYPE_NUMPRO_LOSS_REASON, reason);
}

Lost question_lost (LossReason reason, std::string sentence, GstNumproLedger *ledger,
                    GstNumproPrompt *prompt)
{
  Lost lost = {reason, std::move (sentence), gst_numpro_ledger_get_batch (ledger),
               gst_numpro_prompt_get_question (prompt)};
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    lost.numbers.push_back (gst_numpro_ledger_get_sample (ledger, i)->number);
  return lost;
}

}  // namespace numpro
