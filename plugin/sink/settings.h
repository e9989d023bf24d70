/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <span>
#include <string>
#include <vector>

#include "lib/base/inbox.h"
#include "lib/base/owned.h"
#include "lib/base/property.h"
#include "lib/model/asker.h"
#include "lib/picture/sheet.h"
#include "plugin/sink/batching/window.h"

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

/** What a model is asked, and how. */
struct AskSettings {
  std::string endpoint; /**< empty = nobody is asked */
  std::string model;
  std::string api_key; /**< secret; empty = that of the environment */
  std::string question;
  std::vector<std::string> questions;
  GstNumproTask task = GST_NUMPRO_TASK_MOMENT;
  std::string prompt; /**< template; empty = the usual words */
  GstNumproAnswerFormat answer_format = GST_NUMPRO_ANSWER_FORMAT_TEXT;
  bool check_frames = false;
  GstNumproImageLabel image_label = GST_NUMPRO_IMAGE_LABEL_NONE;
  std::string request_options; /**< JSON object; empty = none */
  GstClockTime request_timeout = 0, connect_timeout = 0;
  gint retries = 0;
  double retry_backoff_factor = 0, retry_backoff_max = 0;
  guint max_in_flight = 1;
  bool resume = false;
  bool ssl_strict = true;
  std::string ssl_ca_file, proxy;

  bool is_asked () const { return !endpoint.empty (); }

  /** What is to be asked about every batch: questions, else question, else nothing. */
  std::vector<PromptPtr> prompts () const;

  /** The prompt of a question. */
  PromptPtr make_prompt (const std::string &asked) const;

  /** How to ask. To be called where problem() finds nothing. */
  AskRule rule () const;

  /** As that of SinkSettings. */
  std::string problem () const;
};

/** What the user of numprosink sets, as it is when the element starts. */
struct SinkSettings {
  Fraction sample_rate{}; /**< samples per second at most; 0/1 = every new number */
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
  AskSettings ask;

  /** What is wrong with the combination, naming the properties; empty when nothing is. */
  std::string problem () const;
};

/** The element's properties. */
std::span<const Property<SinkSettings>> sink_properties ();

/** Registers the element's enumerations for the documentation tools. */
void mark_sink_enums ();

}  // namespace numpro
