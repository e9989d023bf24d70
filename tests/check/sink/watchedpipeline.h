/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "../loopcheck.h"

struct BatchUnref {
  void operator() (GstNumproBatch *batch) const { gst_numpro_batch_unref (batch); }
};
using Batch = std::unique_ptr<GstNumproBatch, BatchUnref>;

inline std::vector<guint64> numbers_of (GstNumproBatch *batch)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  std::vector<guint64> numbers;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    numbers.push_back (gst_numpro_ledger_get_sample (ledger, i)->number);
  return numbers;
}

/** A numprosink's stats. */
struct SinkCounts {
  guint64 frames = 0, samples = 0, delivered = 0, dropped = 0, waiting = 0, batches = 0;
};

inline SinkCounts counts_of (GstElement *sink)
{
  GstStructure *stats = nullptr;
  g_object_get (sink, "stats", &stats, nullptr);
  SinkCounts counts;
  fail_unless_in_loop (
      gst_structure_get (stats, "frames", G_TYPE_UINT64, &counts.frames, "samples", G_TYPE_UINT64,
                         &counts.samples, "delivered", G_TYPE_UINT64, &counts.delivered,
                         "samples-dropped", G_TYPE_UINT64, &counts.dropped, "waiting",
                         G_TYPE_UINT64, &counts.waiting, "batches", G_TYPE_UINT64, &counts.batches,
                         nullptr),
      "a count is missing");
  gst_structure_free (stats);
  return counts;
}

/**
 * Numbered frames into a numprosink under pressure: a thread looks all the time whether the counts
 * add up, every loss that is told is noted, and no stop may take long.
 */
class WatchedPipeline
{
 public:
  /** Far longer than anything takes on a slow machine, and short of the test's own limit. */
  static constexpr GstClockTime kPatience = 60 * GST_SECOND;

  WatchedPipeline (const std::string &source, const std::string &properties)
      : pipeline_ (gst_parse_launch (
            (source + " ! numproverlay ! numprosink name=sink " + properties).c_str (), nullptr)),
        sink_ (gst_bin_get_by_name (GST_BIN (pipeline_), "sink")),
        bus_ (gst_element_get_bus (pipeline_)),
        watcher_ ([this] { watch (); })
  {
  }
  ~WatchedPipeline ()
  {
    done_ = true;
    watcher_.join ();
    gst_element_set_state (pipeline_, GST_STATE_NULL);
    gst_object_unref (bus_);
    gst_object_unref (sink_);
    gst_object_unref (pipeline_);
  }
  WatchedPipeline (const WatchedPipeline &) = delete;
  WatchedPipeline &operator= (const WatchedPipeline &) = delete;

  GstElement *get () const { return pipeline_; }
  GstElement *sink () const { return sink_; }

  void play () { gst_element_set_state (pipeline_, GST_STATE_PLAYING); }

  /** Stops, which is not to take long, and notes what was told until then. */
  void stop ()
  {
    const auto start = std::chrono::steady_clock::now ();
    gst_element_set_state (pipeline_, GST_STATE_READY);
    fail_unless_in_loop (std::chrono::steady_clock::now () - start < std::chrono::seconds (5),
                         "it took long to stop");
    while (GstMessage *message = gst_bus_pop (bus_))
      note (message);
  }

  /** Notes messages until one of this type comes. */
  void wait_for (GstMessageType type)
  {
    for (bool came = false; !came;) {
      GstMessage *message = gst_bus_timed_pop (bus_, kPatience);
      fail_unless_in_loop (message, "there was no %s", gst_message_type_get_name (type));
      came = GST_MESSAGE_TYPE (message) == type;
      note (message);
    }
  }

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

  Batch pull (GstClockTime timeout = kPatience)
  {
    GstNumproBatch *batch = nullptr;
    g_signal_emit_by_name (sink_, "try-pull-batch", timeout, &batch);
    return Batch (batch);
  }

  SinkCounts counts () const { return counts_of (sink_); }

  /** Numbers told in numpro/failure, in their order, and the reasons. */
  const std::vector<guint64> &told () const { return told_; }
  const std::set<std::string> &reasons () const { return reasons_; }

  /** What warnings and errors say, and where errors are from. */
  const std::vector<std::string> &warnings () const { return warnings_; }
  const std::vector<std::string> &errors () const { return errors_; }
  const std::vector<std::string> &error_sources () const { return error_sources_; }

  /** Fails unless every number from 0 was either delivered, or told as lost once. */
  void require_exact (const std::set<guint64> &delivered) const
  {
    const SinkCounts now = counts ();
    fail_unless_equals_uint64 (now.waiting, 0);
    fail_unless_equals_uint64 (now.dropped, told_.size ());
    fail_unless_equals_uint64 (now.delivered, delivered.size ());
    std::set<guint64> all = delivered;
    for (guint64 number : told_)
      fail_unless_in_loop (all.insert (number).second, "%d was delivered or told before",
                           static_cast<int> (number));
    fail_unless_equals_uint64 (all.size (), now.samples);
    fail_unless (all.empty () || *all.rbegin () == now.samples - 1, "a number is missing");
    fail_unless_equals_int (unbalanced_, 0);
    fail_unless (looks_ > 10);
  }

 private:
  void watch ()
  {
    while (!done_) {
      const SinkCounts now = counts ();
      unbalanced_ += now.samples != now.delivered + now.dropped + now.waiting;
      ++looks_;
      g_usleep (50);
    }
  }

  void note (GstMessage *message)
  {
    const bool is_error = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR;
    if (is_error || GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING) {
      GError *error = nullptr;
      (is_error ? gst_message_parse_error : gst_message_parse_warning) (message, &error, nullptr);
      (is_error ? errors_ : warnings_).push_back (error->message);
      if (is_error)
        error_sources_.push_back (GST_OBJECT_NAME (message->src));
      g_error_free (error);
    }
    const GstStructure *structure = gst_message_get_structure (message);
    if (structure && gst_structure_has_name (structure, "numpro/failure")) {
      reasons_.insert (gst_structure_get_string (structure, "reason"));
      const GValue *numbers = gst_structure_get_value (structure, "numbers");
      for (guint i = 0; i < gst_value_array_get_size (numbers); ++i)
        told_.push_back (g_value_get_uint64 (gst_value_array_get_value (numbers, i)));
    }
    gst_message_unref (message);
  }

  GstElement *pipeline_, *sink_;
  GstBus *bus_;
  std::vector<guint64> told_;
  std::set<std::string> reasons_;
  std::vector<std::string> warnings_, errors_, error_sources_;
  std::atomic<bool> done_ = false;
  std::atomic<int> looks_ = 0, unbalanced_ = 0;
  std::thread watcher_;
};
