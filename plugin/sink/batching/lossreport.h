/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <mutex>

#include "plugin/sink/events/listener.h"

namespace numpro {

/**
 * A loss, and the numbers that it costs, which may become known one after the other. What has not
 * been told yet is told when the report goes. Thread-safe.
 */
class LossReport
{
 public:
  /** @param loss without numbers */
  LossReport (EventsPtr events, Lost loss);
  ~LossReport ();
  LossReport (const LossReport &) = delete;
  LossReport &operator= (const LossReport &) = delete;

  /** One more number that is lost. */
  void add (guint64 number);

  /** Tells the loss with the numbers that are known, also when there are none. */
  void tell ();

  /** Tells the numbers that are known and have not been told, if there are any. */
  void tell_rest ();

 private:
  const EventsPtr events_;
  std::mutex mutex_;
  Lost loss_;
};

using LossReportPtr = std::shared_ptr<LossReport>;

}  // namespace numpro
