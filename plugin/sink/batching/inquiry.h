/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <utility>

#include "fate.h"
#include "lib/base/owned.h"

namespace numpro {

/** A question about a batch, until it is settled what becomes of it: dropped unless told. */
class Inquiry
{
 public:
  /** @param index of the question about its batch, from 1 */
  Inquiry (std::shared_ptr<Fate> fate, GstNumproPrompt *prompt, guint index)
      : fate_ (std::move (fate)), prompt_ (gst_numpro_prompt_ref (prompt)), index_ (index)
  {
    fate_->question ();
  }
  Inquiry (Inquiry &&) = default;
  Inquiry &operator= (Inquiry &&) = delete;
  ~Inquiry ()
  {
    if (fate_)
      fate_->question_dropped ();
  }

  GstNumproPrompt *prompt () const { return prompt_.get (); }
  guint index () const { return index_; }
  bool is_pending () const { return fate_ != nullptr; }

  void mark_answered () { std::exchange (fate_, nullptr)->answered (); }
  void mark_failed () { std::exchange (fate_, nullptr)->failed (); }
  void mark_dropped () { std::exchange (fate_, nullptr)->question_dropped (); }

 private:
  std::shared_ptr<Fate> fate_;  // none once it is settled
  PromptPtr prompt_;
  guint index_;
};

}  // namespace numpro
