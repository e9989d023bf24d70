/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/picture/scaler.h"
#include "outlets/app.h"
#include "outlets/bundle.h"
#include "plugin/sink/batching/dispatcher.h"
#include "plugin/sink/events/busreporter.h"
#include "plugin/sink/sampling/sampler.h"
#include "settings.h"

namespace numpro {

/** What numprosink needs from READY to READY. */
struct Run {
  /** @param element outlives this */
  Run (GstElement *element, const BusReporter::Signals &signals, const SinkSettings &settings_now);

  /**
   * Opens the ways out, and gets ready for samples. To be called once, where the settings have no
   * problem.
   *
   * @param prompts as for Dispatcher
   * @return what is wrong, in a sentence; empty when nothing is
   */
  std::string start (const std::shared_ptr<Fate> &fate, Dispatcher::Prompts prompts);

  const SinkSettings settings;
  BusReporter reporter;
  Sampler sampler;
  PullOutlet *pull_outlet = nullptr; /**< the dispatcher's */
  std::unique_ptr<Dispatcher> dispatcher;

  // Of the current caps
  GstVideoInfo info{};
  std::unique_ptr<Scaler> scaler;
  bool has_segment = false;

  std::string stream; /**< id of the current one */

 private:
  std::vector<std::unique_ptr<Outlet>> make_outlets (const std::shared_ptr<Fate> &fate,
                                                     const std::optional<BundleStore> &store);
};

}  // namespace numpro
