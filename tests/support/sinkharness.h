/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "handles.h"

#include <mutex>
#include <string>
#include <vector>

#include "sinkbatch.h"
#include "sinkcounts.h"

/** A numproverlay and a numprosink, fed by hand. */
class SinkHarness
{
 public:
  /** @param overlay, sink their properties, as in a launch line */
  SinkHarness (const std::string &overlay, const std::string &sink);
  ~SinkHarness ();
  SinkHarness (const SinkHarness &) = delete;
  SinkHarness &operator= (const SinkHarness &) = delete;

  GstHarness *harness () const { return harness_.get (); }
  GstElement *overlay () const { return overlay_.get (); }
  GstElement *sink () const { return sink_.get (); }

  /** Says what the stream is, once, with a segment from zero. */
  void open (const std::string &caps);

  /** Pushes a buffer (ownership taken), or an event, and fails when it is refused. */
  void push (GstBuffer *buffer);
  void push (GstEvent *event);

  /** The next batch; null at the end of the stream. */
  Batch pull () { return pull_batch (sink (), kPatience); }

  SinkCounts counts () const { return counts_of (sink_.get ()); }

  /** Waits until outlets have taken so many samples. */
  void wait_for_delivered (guint64 samples) const;

  /** All numbers that were reported lost, in ascending order. */
  std::vector<guint64> lost ();

  static constexpr GstClockTime kPatience = 20 * GST_SECOND;

 private:
  static GstBusSyncReply note_failure (GstBus *, GstMessage *message, gpointer self);

  Harness harness_;
  Element overlay_, sink_;
  Bus bus_;
  std::mutex mutex_;
  std::vector<guint64> lost_;
};
