/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/** The signals that the element emits by itself. */
enum class SinkSignal { kNewBatch, kNewAnswer };

/** What its action signals do. */
struct SinkActions {
  GCallback pull_batch, try_pull_batch, pull_history, ask, probe;
};

/** Gives the element's class its signals. To be called once. */
void install_sink_signals (GType type, const SinkActions &actions);

/** A signal's number, as GLib counts. */
guint sink_signal (SinkSignal signal);

}  // namespace numpro
