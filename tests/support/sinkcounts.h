/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

/** What a numprosink has counted. */
struct SinkCounts {
  guint64 frames = 0, samples = 0, delivered = 0, dropped = 0, waiting = 0, batches = 0;

  /** Whether every sample is accounted for. */
  bool balanced () const { return samples == delivered + dropped + waiting; }
};

/** @param sink a numprosink */
SinkCounts counts_of (GstElement *sink);
