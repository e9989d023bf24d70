/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "events.h"

namespace numpro {

/** Posts what becomes of batches as messages of the element on its bus. */
class BusMessages final : public Listener
{
 public:
  /** @param element outlives this */
  explicit BusMessages (GstElement *element) : element_ (element) {}

  void on_batch_ready (const BatchReady &event) override;
  void on_answered (const Answered &event) override;
  void on_lost (const Lost &event) override;
  void on_server_changed (const ServerChanged &event) override;
  void on_probed (const Probed &event) override;
  void on_probe_failed (const ProbeFailed &event) override;

 private:
  GstElement *element_;
};

}  // namespace numpro
