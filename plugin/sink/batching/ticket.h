/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dossier.h"
#include "fate.h"
#include "inquiry.h"
#include "plugin/sink/events/reporter.h"

namespace numpro {

/** What an outlet does with batches. */
enum class Duty {
  kHand,  /**< gives them to the application */
  kStore, /**< makes bundles of them */
  kAsk,   /**< asks a model about them */
};

/**
 * A batch on its way through one outlet, which settles what becomes of it there: taken or lost.
 *
 * Every outlet has a ticket of its own. A sample is delivered once any outlet took a batch with it,
 * and lost once none can any more.
 */
class Ticket
{
 public:
  Ticket (std::shared_ptr<Fate> fate, DossierPtr dossier, Stakes stakes, Duty duty)
      : fate_ (std::move (fate)),
        dossier_ (std::move (dossier)),
        stakes_ (std::move (stakes)),
        duty_ (duty)
  {
    fate_->hold (stakes_);
    if (duty_ != Duty::kAsk)
      return;
    const std::vector<PromptPtr> &prompts = dossier_->prompts ();
    for (std::size_t i = 0; i < prompts.size (); ++i) {
      if (prompts[i])
        inquiries_.emplace_back (fate_, prompts[i].get (), static_cast<guint> (i) + 1);
    }
  }
  ~Ticket ()
  {
    fate_->release (stakes_, nullptr);
    // Nobody else makes a bundle of it.
    if (duty_ == Duty::kStore)
      dossier_->set_bundle ({});
  }
  Ticket (const Ticket &) = delete;
  Ticket &operator= (const Ticket &) = delete;

  const DossierPtr &dossier () const { return dossier_; }
  GstNumproBatch *batch () const { return dossier_->batch (); }

  /** What the outlet is to ask; empty unless that is its duty. */
  std::vector<Inquiry> &inquiries () { return inquiries_; }

  /** The outlet has taken the batch to where it was to go. */
  void mark_taken () { fate_->deliver (std::exchange (stakes_, {})); }

  /** The outlet will not. @return what to tell: the numbers are those that no batch will bring */
  Loss lose (std::string reason, std::string sentence)
  {
    Loss loss = {std::move (reason), std::move (sentence), {}, dossier_->number ()};
    const auto cause = std::make_shared<const Loss> (loss);
    for (Loss &final : fate_->release (std::exchange (stakes_, {}), cause))
      loss.numbers = std::move (final.numbers);
    return loss;
  }

 private:
  std::shared_ptr<Fate> fate_;
  DossierPtr dossier_;
  Stakes stakes_;
  Duty duty_;
  std::vector<Inquiry> inquiries_;
};

using TicketPtr = std::unique_ptr<Ticket>;

}  // namespace numpro
