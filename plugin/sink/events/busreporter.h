/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>

#include "reporter.h"
#include "plugin/sink/settings.h"

namespace numpro {

/** Tells the application by messages on the bus, and by the element's signals. */
class BusReporter final : public Reporter
{
 public:
  /** Numbers of the element's signals; they are those of GLib. */
  struct Signals {
    guint new_batch = 0, new_answer = 0;
  };

  /** @param element outlives this */
  BusReporter (GstElement *element, const Signals &signals, const SinkSettings &settings);

  void batch_ready (GstNumproBatch *batch, const std::string &bundle) override;
  void lost (const Loss &loss) override;
  void emit_batch (GstNumproBatch *batch) override;
  void answered (GstNumproAnswer *answer, const std::string &bundle) override;
  void question_lost (const QuestionLoss &loss) override;

  /** Whether a loss has ended the stream, and the application was told. */
  bool has_failed () const { return failed_; }

 private:
  void complain (const std::string &reason, const std::string &sentence);
  bool is_told_already (const std::string &reason);

  GstElement *element_;
  Signals signals_;
  OnError on_error_;
  bool emit_signals_;
  std::atomic<bool> has_complained_ = false;
  std::atomic<bool> failed_ = false;
  std::atomic<bool> unauthorized_ = false;
};

}  // namespace numpro
