/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/event.h>
#include <gst/numpro/stretch.h>

#include <string>
#include <vector>

#include "askedsamples.h"

namespace numpro {

using EventPtr = OwnedBy<GstNumproEvent, gst_numpro_event_free>;
using StretchPtr = OwnedBy<GstNumproStretch, gst_numpro_stretch_free>;

/** What is known about one question. */
struct QuestionResult {
  std::string question;
  std::vector<EventPtr> events;      /**< of each stream in the order of its slots */
  std::vector<StretchPtr> stretches; /**< likewise */
};

/**
 * Makes events of the answers in all windows, for each question in the order in which they were
 * asked first.
 *
 * Two spans about a question meet if they have a slot of a stream in common, or if nothing but a
 * hole of at most one sampling step is between them: no sample that was asked about.
 *
 * A span that ends with the last sample of its window says nothing of what comes after it. One that
 * meets it and goes on from there continues it, as long as a chain of them is; likewise at the
 * start. Such a run of spans becomes one event with other runs only if each two of them meet, or if
 * it lies within: two that are apart are never joined by a third that meets both.
 */
std::vector<QuestionResult> merge_windows (const std::vector<Window> &windows);

}  // namespace numpro
