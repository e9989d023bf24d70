/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro.h>

#include <string>
#include <vector>

#include "lib/base/owned.h"
#include "modeloptions.h"
#include "requestheaders.h"

namespace numpro {

/** How a model is asked, as users set it: numprosink's properties for asking. */
struct AskSettings {
  std::string endpoint; /**< empty = nobody is asked */
  std::string model;
  std::string api_key;                        /**< secret; empty = that of the environment */
  std::vector<HeaderSetting> request_headers; /**< secret */
  std::string prompt;                         /**< template; empty = the usual words */
  GstNumproAnswerFormat answer_format;
  bool check_frames, restate;
  GstNumproImageLabel image_label;
  std::string request_options; /**< JSON object; empty = none */
  GstClockTime request_timeout, connect_timeout;
  gint retries;
  double retry_backoff_factor, retry_backoff_max;
  guint max_in_flight;
  bool resume;
  bool probe_on_start;
  bool ssl_strict;
  std::string ssl_ca_file, proxy;

  bool is_asked () const { return !endpoint.empty (); }

  /** Whether the server is probed before the first question. */
  bool probes_first () const { return is_asked () && probe_on_start; }

  /** The prompt of a question. */
  PromptPtr make_prompt (GstNumproTask task, const std::string &question) const;

  /** To be called where problem() finds nothing. Keys are those of the environment as it is now. */
  ModelOptions model_options () const;

  /** What is wrong with them, naming the properties; empty when nothing is. */
  std::string problem () const;
};

}  // namespace numpro
