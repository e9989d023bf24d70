/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <span>
#include <string>

#include "../property.h"
#include "inbox.h"
#include "sheet.h"
#include "window.h"

namespace numpro {

/** What gives way when batches are not taken fast enough. */
enum class LeakyType {
  kAuto,       /**< downstream in a live pipeline, none otherwise */
  kNone,       /**< the stream waits */
  kUpstream,   /**< the new batch is dropped */
  kDownstream, /**< the oldest batch is dropped */
};

/** What a lost batch is. */
enum class OnError { kWarn, kError };

/** How images show samples. */
enum class Layout {
  kFrames, /**< one image per sample */
  kGrid,   /**< several samples in rows */
};

/** What the user of numprosink sets, as it is when the element starts. */
struct SinkSettings {
  gint sample_rate_n = 0, sample_rate_d = 1;
  WindowRule window;
  guint max_edge = 0;
  gint jpeg_quality = 0;
  Layout layout = Layout::kFrames;
  SheetRule sheet;
  guint max_batches = 0;
  LeakyType leaky_type = LeakyType::kAuto;
  OnError on_error = OnError::kWarn;
  GstClockTime drain_timeout = 0;
  GstClockTime history = 0;
  bool emit_signals = false;
  std::string location; /**< empty = none */
  guint max_bundles = 0;

  /** What is wrong with the combination, naming the properties; empty when nothing is. */
  std::string problem () const;
};

/** The element's properties. */
std::span<const Property<SinkSettings>> sink_properties ();

/** Registers the element's enumerations for the documentation tools. */
void mark_sink_enums ();

}  // namespace numpro
