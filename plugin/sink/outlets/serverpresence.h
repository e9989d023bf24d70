/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "plugin/sink/events/events.h"

namespace numpro {

/**
 * Whether the server answers, and what became of questions while it did not: told when it goes and
 * when it is back, and not for every question in between. Thread-safe.
 */
class ServerPresence
{
 public:
  using Clock = std::chrono::steady_clock;

  /** @param postpones whether questions may wait on the disk until it is back */
  ServerPresence (EventsPtr events, bool postpones)
      : events_ (std::move (events)), postpones_ (postpones)
  {
  }

  bool is_away () const;

  /**
   * It does not answer.
   *
   * @param sent when the request was that found that out. If others are answered since then it is
   *   there: this one may have waited on a connection that broke before, or be what it fails at
   * @return whether it answered until now
   */
  bool go_away (LossReason reason, const std::string &sentence, Clock::time_point sent);

  /** It answers. @param postponed questions, that are asked now. @return whether it was away */
  bool come_back (guint64 postponed);

  /** A question is lost. @return whether the server is away */
  bool note_lost ();

 private:
  struct Absence {
    Clock::time_point since;
    guint64 lost = 0;  // questions
  };

  const EventsPtr events_;
  const bool postpones_;
  mutable std::mutex mutex_;
  std::optional<Absence> absence_;  // none while it is there
  Clock::time_point last_answer_;
};

}  // namespace numpro
