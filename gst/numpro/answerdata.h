/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/answer.h>

#include <optional>
#include <string>
#include <vector>

#include "gst/numpro/reply/reading.h"
#include "json.h"

namespace numpro {

/** What a GstNumproAnswer holds. */
struct AnswerData {
  guint64 batch = 0;
  std::string question, text;
  GstNumproObstacle obstacle = GST_NUMPRO_OBSTACLE_NONE;
  std::vector<std::string> problems;
  std::vector<GstNumproSpan> spans;
  std::optional<std::string> utc_source; /**< of the batch */
  bool has_highlights = false;           /**< whether highlights were asked for */
  std::vector<NumberScore> highlights;
  bool has_check = false; /**< whether the numbers seen were asked for */
  std::optional<guint64> first_seen, last_seen;

  std::optional<std::string> model; /**< nothing: not delivered yet */
  double latency = 0;               /**< seconds */
  guint attempts = 0;
  Json usage; /**< an object, or null */

  std::optional<std::string> restatement; /**< what the model says that the text means */
  double restatement_latency = 0;         /**< seconds */
  Json restatement_usage;                 /**< an object, or null */

  bool is_valid () const { return obstacle == GST_NUMPRO_OBSTACLE_NONE; }
  bool is_found () const { return !spans.empty (); }
};

/** What a server says that an answer cost; null for what is no object, which is no reason to lose
 * it. */
Json usage_of (const gchar *text);

Json span_to_json (const GstNumproSpan &span);

/** @throw JsonError */
GstNumproSpan read_span (const JsonFields &fields);

/** The answer as a document. */
Json answer_to_json (const AnswerData &answer);

/** @throw JsonError */
AnswerData read_answer_data (const JsonFields &fields);

}  // namespace numpro

struct _GstNumproAnswer : GstMiniObject {
  numpro::AnswerData data;
};
