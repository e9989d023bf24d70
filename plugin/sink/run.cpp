/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "run.h"

#include "outlets/disk.h"
#include "outlets/model.h"

namespace numpro {

Run::Run (GstElement *element, const BusReporter::Signals &signals,
          const SinkSettings &settings_now)
    : settings (settings_now),
      reporter (element, signals, settings),
      sampler (settings.sample_rate.n, settings.sample_rate.d)
{
}

std::string Run::start (const std::shared_ptr<Fate> &fate, Dispatcher::Prompts prompts)
{
  guint64 first_batch = 0;
  std::optional<BundleStore> store;
  if (!settings.location.empty ()) {
    store.emplace (settings.location);
    if (const std::string problem = store->open (); !problem.empty ())
      return "location cannot be written to: " + problem + ". Set it to a directory that can.";
    first_batch = store->next_batch ();
  }
  dispatcher = std::make_unique<Dispatcher> (settings, first_batch, make_outlets (fate, store),
                                             fate, reporter, std::move (prompts));
  return {};
}

std::vector<std::unique_ptr<Outlet>> Run::make_outlets (const std::shared_ptr<Fate> &fate,
                                                        const std::optional<BundleStore> &store)
{
  std::vector<std::unique_ptr<Outlet>> outlets;
  if (store)
    outlets.push_back (std::make_unique<DiskOutlet> (settings.max_batches, *store,
                                                     settings.max_bundles, reporter));
  if (settings.emit_signals)
    outlets.push_back (std::make_unique<SignalOutlet> (settings.max_batches, reporter));
  if (settings.ask.is_asked ())
    outlets.push_back (std::make_unique<ModelOutlet> (settings.max_batches, settings.ask.rule (),
                                                      settings.ask.max_in_flight, fate, store,
                                                      settings.ask.resume, reporter));
  auto pull = std::make_unique<PullOutlet> (settings.max_batches, outlets.empty ());
  pull_outlet = pull.get ();
  outlets.push_back (std::move (pull));
  return outlets;
}

}  // namespace numpro
