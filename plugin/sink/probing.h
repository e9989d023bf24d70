/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "lib/model/serverprobe.h"
#include "plugin/sink/batching/accounting.h"
#include "plugin/sink/events/events.h"
#include "settings.h"

namespace numpro {

/**
 * Probes the server on a thread of its own, one probe at a time, and tells what is found. Pictures
 * are of the size and look of the stream's, as far as one has come.
 */
class Probing
{
 public:
  /**
   * @param settings outlive this
   * @param release called after each probe: questions need wait for it no longer
   */
  Probing (const StartSettings &settings, std::shared_ptr<Accounting> accounting, EventsPtr events,
           std::function<void ()> release);
  ~Probing ();
  Probing (const Probing &) = delete;
  Probing &operator= (const Probing &) = delete;

  /** A sample has come. The first one has the probe at the start begin. */
  void note_sample (const GstNumproLook &look, int width, int height);

  /** No sample will come: the probe at the start begins, if it has not. */
  void begin_at_start ();

  /** @return whether a probe was begun; not where nobody is asked, or one is going on */
  bool begin ();

  /** Waits until no probe is going on. @return whether it came to that in time */
  bool wait (std::chrono::nanoseconds timeout);

  /** Ends the probe that is going on, for good. */
  void stop ();

 private:
  void begin_locked ();
  void run (const ProbePictures &pictures);
  void tell (const ProbeResult &result) const;

  const StartSettings &settings_;
  const std::shared_ptr<Accounting> accounting_;
  const EventsPtr events_;
  const std::function<void ()> release_;
  const ModelOptions model_options_;  // with the environment's keys at the start

  std::mutex mutex_;
  std::condition_variable over_;
  GstNumproLook look_;
  int width_ = 0, height_ = 0;  // of a picture; 0 before there is one
  bool is_due_;                 // at the start
  bool is_running_ = false, is_stopped_ = false;
  std::unique_ptr<ServerProbe> probe_;  // of the thread, while it is running
  std::thread thread_;
};

}  // namespace numpro
