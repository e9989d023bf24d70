/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/ledger.h>
#include <gst/numpro/span.h>

#include <string>
#include <vector>

#include "reading.h"

namespace numpro {

/** What an answer comes to for a batch. */
struct Verdict {
  GstNumproObstacle obstacle = GST_NUMPRO_OBSTACLE_NONE; /**< why there are no spans */
  std::string detail;
  std::vector<GstNumproSpan> spans; /**< in the order of time, apart from each other */
};

/** Compares what an answer says with the batch that it is about. */
Verdict check_reading (const Reading &reading, GstNumproLedger *ledger);

/** Joins spans, which may touch and overlap, to spans of a ledger. */
Verdict join_spans (const std::vector<GstNumproSpan> &spans, GstNumproLedger *ledger);

}  // namespace numpro
