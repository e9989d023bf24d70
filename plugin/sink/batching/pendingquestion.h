/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <utility>

#include "accounting.h"
#include "lib/base/owned.h"
#include "plugin/sink/events/events.h"

namespace numpro {

/** A question about a batch, until it is settled what becomes of it: dropped unless told. */
class PendingQuestion
{
 public:
  /** @param index of the question about its batch, from 0 */
  PendingQuestion (std::shared_ptr<Accounting> accounting, GstNumproPrompt *prompt, guint index)
      : accounting_ (std::move (accounting)),
        prompt_ (gst_numpro_prompt_ref (prompt)),
        index_ (index)
  {
    accounting_->count ([] (Counts &counts) {
      ++counts.questions;
      ++counts.pending;
    });
  }
  PendingQuestion (PendingQuestion &&) = default;
  PendingQuestion &operator= (PendingQuestion &&) = delete;
  ~PendingQuestion ()
  {
    if (accounting_)
      settle (&Counts::dropped);
  }

  GstNumproPrompt *prompt () const { return prompt_.get (); }
  guint index () const { return index_; }

  void mark_answered () { settle (&Counts::answered); }

  /** It is lost; tells that. @param lost without the question */
  void lose (const Events &events, Lost lost)
  {
    const bool is_given_up = lost.reason == GST_NUMPRO_LOSS_REASON_FLUSH ||
                             lost.reason == GST_NUMPRO_LOSS_REASON_OVERRUN;
    settle (is_given_up ? &Counts::dropped : &Counts::failed);
    lost.question = gst_numpro_prompt_get_question (prompt ());
    events.tell (lost);
  }

 private:
  void settle (guint64 Counts::*fate)
  {
    std::exchange (accounting_, nullptr)->count ([fate] (Counts &counts) {
      --counts.pending;
      ++(counts.*fate);
    });
  }

  std::shared_ptr<Accounting> accounting_;  // none once it is settled
  PromptPtr prompt_;
  guint index_;
};

}  // namespace numpro
