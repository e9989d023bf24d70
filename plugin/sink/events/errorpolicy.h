/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <memory>

#include "events.h"

namespace numpro {

/** What a loss is for the stream. */
enum class OnError { kWarn, kError };

/**
 * Posts a warning for each loss, or an error for the first one, which ends the stream; and a
 * warning for what is done otherwise than asked for, for numbers that models cannot read, and for
 * what a probe finds wrong. While a server is away there is one warning, whatever is lost by it.
 */
class ErrorPolicy final : public Listener
{
 public:
  /**
   * @param element outlives this
   * @param failed set once a loss has ended the stream, and the application was told
   */
  ErrorPolicy (GstElement *element, OnError on_error, std::shared_ptr<std::atomic<bool>> failed)
      : element_ (element), on_error_ (on_error), failed_ (std::move (failed))
  {
  }

  void on_lost (const Lost &event) override;
  void on_adapted (const Adapted &event) override;
  void on_server_changed (const ServerChanged &event) override;
  void on_numbers_unreadable (const NumbersUnreadable &event) override;
  void on_probed (const Probed &event) override;
  void on_probe_failed (const ProbeFailed &event) override;

 private:
  void post (GstMessageType type, const Lost &event);
  void warn (gint code, const std::string &sentence, const char *debug);

  GstElement *element_;
  const OnError on_error_;
  const std::shared_ptr<std::atomic<bool>> failed_;
  std::atomic<bool> has_complained_ = false;
  std::atomic<bool> unauthorized_ = false;
};

}  // namespace numpro
