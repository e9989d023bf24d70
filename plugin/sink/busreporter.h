/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <atomic>

#include "reporter.h"
#include "settings.h"

namespace numpro {

/** Tells the application by messages on the bus, and by the element's signal new-batch. */
class BusReporter final : public Reporter
{
 public:
  /** @param element outlives this */
  BusReporter (GstElement *element, OnError on_error) : element_ (element), on_error_ (on_error) {}

  void batch_ready (GstNumproBatch *batch, const std::string &bundle) override;
  void lost (const Loss &loss) override;
  void emit_batch (GstNumproBatch *batch) override;

  /** Whether a loss has ended the stream. */
  bool has_failed () const { return failed_; }

 private:
  GstElement *element_;
  OnError on_error_;
  std::atomic<bool> failed_ = false;
};

}  // namespace numpro
