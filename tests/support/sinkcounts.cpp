/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sinkcounts.h"

#include "loopcheck.h"

SinkCounts counts_of (GstElement *sink)
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
