/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <optional>
#include <thread>

#include "bundle.h"
#include "lib/model/modelclient.h"
#include "outlet.h"
#include "plugin/sink/events/reporter.h"
#include "spool.h"

namespace numpro {

/** Asks a model about batches, several at once perhaps, each on a thread of its own. */
class ModelOutlet final : public Outlet
{
 public:
  /**
   * @param store where answers are written to beside their bundles; none = nowhere
   * @param resumes whether to ask what earlier processes left unanswered in the store
   */
  ModelOutlet (std::size_t capacity, const ModelOptions &options, std::shared_ptr<Fate> fate,
               std::optional<BundleStore> store, bool resumes, Reporter &reporter);
  ~ModelOutlet () override;

  Duty duty () const override { return Duty::kAsk; }
  bool wants (const Dossier &dossier) const override { return !dossier.prompts ().empty (); }
  bool wait_until_idle (std::chrono::nanoseconds timeout) override;
  void set_flushing (bool flushing) override;
  void stop () override;

 private:
  void work ();
  void take_from_spool ();
  void take (Ticket &ticket);
  bool ask (Inquiry &inquiry, Dossier &dossier);
  AskResult ask_and_wait (GstNumproPrompt *prompt, GstNumproBatch *batch);
  std::string write (const Inquiry &inquiry, Dossier &dossier, const AskResult &result);
  void lose (Inquiry &inquiry, const Dossier &dossier, const AskResult &result);

  std::optional<BundleStore> store_;
  Reporter &reporter_;
  std::unique_ptr<Spool> spool_;  // none where nothing is resumed
  ModelClient client_;
  std::atomic<bool> cancelled_ = false;
  std::list<std::thread> workers_;
};

}  // namespace numpro
