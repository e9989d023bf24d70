/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <utility>

#include "accounting.h"
#include "lib/base/owned.h"

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
      mark_dropped ();
  }

  GstNumproPrompt *prompt () const { return prompt_.get (); }
  guint index () const { return index_; }

  void mark_answered () { settle (&Counts::answered); }
  void mark_failed () { settle (&Counts::failed); }
  void mark_dropped () { settle (&Counts::dropped); }

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
