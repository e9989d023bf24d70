/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "accounting.h"
#include "plugin/sink/events/events.h"

namespace numpro {

/**
 * A loss, and the numbers that it costs, which may become known one after the other. What has not
 * been told yet is told when the report goes. Thread-safe.
 */
class LossReport
{
 public:
  /** @param loss without numbers */
  LossReport (EventsPtr events, Lost loss) : events_ (std::move (events)), loss_ (std::move (loss))
  {
  }
  ~LossReport () { tell_rest (); }
  LossReport (const LossReport &) = delete;
  LossReport &operator= (const LossReport &) = delete;

  /** One more number that is lost. */
  void add (guint64 number);

  /** Tells the loss with the numbers that are known, also when there are none. */
  void tell () { tell (true); }

  /** Tells the numbers that are known and have not been told, if there are any. */
  void tell_rest () { tell (false); }

 private:
  void tell (bool without_numbers);

  const EventsPtr events_;
  std::mutex mutex_;
  Lost loss_;
};

using LossReportPtr = std::shared_ptr<LossReport>;

/**
 * What becomes of one sample. Whoever may still bring it to where it is to go holds its account:
 * when the last holder is gone and nobody has delivered it, the sample is dropped.
 */
class SampleAccount
{
 public:
  SampleAccount (std::shared_ptr<Accounting> accounting, guint64 number);
  ~SampleAccount ();
  SampleAccount (const SampleAccount &) = delete;
  SampleAccount &operator= (const SampleAccount &) = delete;

  /** Somebody has brought the sample to where it was to go. */
  void mark_delivered ();

  /** Says what it is to be told with if it is dropped in the end; the last one holds. */
  void blame (LossReportPtr report);

 private:
  const std::shared_ptr<Accounting> accounting_;
  const guint64 number_;
  // Both change under the lock of the accounting.
  bool delivered_ = false;
  LossReportPtr report_;
};

using SampleAccountPtr = std::shared_ptr<SampleAccount>;

/** Gives up accounts, and tells the samples that are dropped by it, if any. */
void drop_samples (std::vector<SampleAccountPtr> accounts, const EventsPtr &events,
                   LossReason reason, const char *sentence);

/**
 * Samples that gave way one by one before they were in a batch. They are told together, at most
 * once a second, or a camera too fast would flood the bus. Thread-safe.
 */
class DroppedSamples
{
 public:
  explicit DroppedSamples (EventsPtr events) : events_ (std::move (events)) {}

  void add (SampleAccountPtr account);

  /** How long until they may be told: zero when it is time, none when there are none. */
  std::optional<std::chrono::nanoseconds> time_to_tell () const;

  /** Tells those that were not told before. */
  void tell ();

 private:
  using Clock = std::chrono::steady_clock;

  const EventsPtr events_;
  mutable std::mutex mutex_;
  LossReportPtr report_;         // of those that are not told yet
  Clock::time_point next_ = {};  // when they may be
};

}  // namespace numpro
