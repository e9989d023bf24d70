/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <thread>

#include "bundlestore.h"
#include "lib/model/asker.h"
#include "outlet.h"
#include "plugin/sink/events/reporter.h"
#include "spool.h"

namespace numpro {

/** Asks a model about batches, several at once perhaps, each on a thread of its own. */
class ModelOutlet final : public Outlet
{
 public:
  /**
   * @param max_in_flight requests at once
   * @param store where answers are written to beside their bundles; none = nowhere
   * @param resumes whether to ask what earlier processes left unanswered in the store
   */
  ModelOutlet (std::size_t capacity, const AskRule &rule, guint max_in_flight,
               std::shared_ptr<Fate> fate, std::optional<BundleStore> store, bool resumes,
               Reporter &reporter);
  ~ModelOutlet () override;

  Duty duty () const override { return Duty::kAsk; }
  bool wants (const Dossier &dossier) const override { return !dossier.prompts ().empty (); }
  bool wait_until_idle (std::chrono::nanoseconds timeout) override;
  void set_flushing (bool flushing) override;
  void stop () override;

 private:
  struct Worker {
    Asker asker;
    std::thread thread;

    Worker (const AskRule &rule, std::shared_ptr<Fate> fate) : asker (rule, std::move (fate)) {}
  };

  void work (Asker &asker);
  void take_from_spool (Asker &asker);
  void take (Ticket &ticket, Asker &asker);
  bool ask (Inquiry &inquiry, Dossier &dossier, Asker &asker);
  std::string write (const Inquiry &inquiry, Dossier &dossier, const Asker::Result &result,
                     const Asker &asker);
  void lose (Inquiry &inquiry, const Dossier &dossier, const Asker::Result &result);

  std::optional<BundleStore> store_;
  Reporter &reporter_;
  std::unique_ptr<Spool> spool_;  // none where nothing is resumed
  std::list<Worker> workers_;
};

}  // namespace numpro
