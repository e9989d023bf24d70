/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gst/numpro/reply/reading.h"
#include "json.h"
#include "span.h"

namespace numpro {

/** What a GstNumproAnswer holds. */
struct AnswerData {
  guint64 batch = 0;
  std::string question, text;
  bool is_found = false, is_valid = false;
  std::vector<std::string> problems;
  std::vector<GstNumproSpan> spans;
  bool has_highlights = false; /**< whether highlights were asked for */
  std::vector<NumberScore> highlights;
  bool has_check = false; /**< whether the numbers seen were asked for */
  std::optional<guint64> first_seen, last_seen;

  std::optional<std::string> model; /**< nothing: not delivered yet */
  double latency = 0;               /**< seconds */
  guint attempts = 0;
  Json usage; /**< an object, or null */
};

/** The answer as a document. */
Json answer_to_json (const AnswerData &answer);

/** @throw JsonError */
AnswerData read_answer_data (const JsonFields &fields);

}  // namespace numpro
