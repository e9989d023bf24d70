/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lib/base/owned.h"
#include "lib/base/property.h"
#include "lib/model/asksettings.h"
#include "lib/model/probebatch.h"
#include "lib/picture/sheet.h"
#include "plugin/sink/batching/batcher.h"
#include "plugin/sink/events/errorpolicy.h"

namespace numpro {

/** How images show samples. */
enum class Layout {
  kFrames, /**< one image per sample */
  kGrid,   /**< several samples in rows */
};

/** What may change while playing. */
struct LiveSettings {
  std::string question;
  std::vector<std::string> questions;
  GstNumproTask task;

  /** What is to be asked about every batch: questions, else question, else nothing. */
  std::vector<PromptPtr> make_prompts (const AskSettings &ask) const;
};

/** What takes effect when the element starts. */
struct StartSettings {
  Fraction sample_rate; /**< samples per second at most; 0/1 = every new number */
  WindowOptions window;
  guint max_edge;
  gint jpeg_quality;
  Layout layout;
  SheetOptions sheet;
  guint max_batches;
  LeakyType leaky_type;
  OnError on_error;
  GstClockTime drain_timeout;
  GstClockTime history;
  bool emit_signals;
  std::string location; /**< empty = none */
  guint max_bundles;
  AskSettings ask;

  BatcherOptions batcher_options () const;

  /**
   * What a probe sends: as many pictures as a batch has.
   *
   * @param width, height of a picture of the stream; 0 where none has come
   */
  ProbePictures probe_pictures (const GstNumproLook &look, int width, int height) const;

  /**
   * Opens the directory of bundles. Where somebody else writes there it waits for the end of that,
   * 5 seconds at most: a service that is started again may overlap with itself.
   *
   * @param problem gets what is wrong, a #GstResourceError with a sentence
   * @return null where there is no location, or it cannot be written to
   */
  BundleDirPtr open_bundles (GError **problem) const;

  /** What is wrong with the combination, naming the properties; empty when nothing is. */
  std::string problem () const;
};

/** What the user of numprosink sets. The defaults are those of the properties. */
struct SinkSettings {
  LiveSettings live;
  StartSettings start;
};

/** The element's properties. */
std::span<const Property<SinkSettings>> sink_properties ();

/** Registers the element's enumerations for the documentation tools. */
void mark_sink_enums ();

}  // namespace numpro
