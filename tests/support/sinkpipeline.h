/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

// The standard library first, as in handles.h.
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "loopcheck.h"
#include "sinkbatch.h"
#include "sinkcounts.h"

/** Frames into a numprosink. What is told on the bus is noted, and no stop may take long. */
class SinkPipeline
{
 public:
  /** Far longer than anything takes on a slow machine, and short of the test's own limit. */
  static constexpr GstClockTime kPatience = 60 * GST_SECOND;

  /**
   * @param source what comes before the numprosink, as in a launch line
   * @param properties the numprosink's
   */
  SinkPipeline (const std::string &source, const std::string &properties);
  ~SinkPipeline ();
  SinkPipeline (const SinkPipeline &) = delete;
  SinkPipeline &operator= (const SinkPipeline &) = delete;

  GstElement *get () const { return pipeline_.get (); }
  GstElement *sink () const { return sink_.get (); }

  void play () { gst_element_set_state (get (), GST_STATE_PLAYING); }

  /** Stops, which is not to take long, and notes what was told until then. */
  void stop ();

  /** Notes messages until one of this type comes. */
  void wait_for (GstMessageType type);

  /** Waits until the counts are such. */
  template <typename Condition>
  void wait_until (Condition is_so)
  {
    const auto end = std::chrono::steady_clock::now () + std::chrono::nanoseconds (kPatience);
    while (!is_so (counts ())) {
      fail_unless_in_loop (std::chrono::steady_clock::now () < end, "the counts stay as they are");
      g_usleep (1000);
    }
  }

  Batch pull (GstClockTime timeout = kPatience) { return pull_batch (sink (), timeout); }

  SinkCounts counts () const { return counts_of (sink ()); }

  /** Numbers told in numpro/failure, in their order, and the reasons. */
  const std::vector<guint64> &told () const { return told_; }
  const std::set<std::string> &reasons () const { return reasons_; }

  /** What warnings and errors say, and where errors are from. */
  const std::vector<std::string> &warnings () const { return warnings_; }
  const std::vector<std::string> &errors () const { return errors_; }
  const std::vector<std::string> &error_sources () const { return error_sources_; }

 private:
  void note (GstMessage *message);

  Element pipeline_, sink_;
  Bus bus_;
  std::vector<guint64> told_;
  std::set<std::string> reasons_;
  std::vector<std::string> warnings_, errors_, error_sources_;
};
