/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/answer.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/stretch.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gst/numpro/owned.h"

namespace numpro {

/** A batch, and what became of one question about it. */
struct Window {
  OwnedBy<GstNumproLedger, gst_numpro_ledger_unref> ledger;
  std::string question;
  OwnedBy<GstNumproAnswer, gst_numpro_answer_unref> answer; /**< null where none came */
  std::string failure;                                      /**< why none came */

  GstNumproStretchState state () const;
};

/** Consecutive samples of a stream, in the order of their slots. */
struct Extent {
  guint64 from = 0, to = 0;                   /**< slots, both included */
  GstNumproSpan span{};                       /**< numbers and times of the same */
  GstClockTime first_step = 0, last_step = 0; /**< how long the first, the last sample lasts */

  /** Makes it reach to the ends of another one. */
  void add (const Extent &other);
};

/** Whether two extents have an instant in common or touch; true where times are not known. */
bool share_time (const Extent &a, const Extent &b);

/** Whether there is no more than a hole of one sampling step between two, the earlier one first. */
bool follows (const Extent &earlier, const Extent &later);

/** Places in AskedSamples::samples, both included. */
struct SampleRange {
  std::size_t first, last;
};

/** What was asked of one stream in one window. */
struct AskedSamples {
  std::optional<std::string> source;
  GstNumproStretchState state;
  std::vector<Extent> samples;    /**< one each, in the order of their slots */
  std::vector<SampleRange> spans; /**< where the answer says that it is */
};

/** A part for each stream. */
std::vector<AskedSamples> asked_samples (const Window &window);

}  // namespace numpro
