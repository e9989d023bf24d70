/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

namespace numpro {

inline constexpr const char *kLedgerName = "ledger.json";

/** Of all bundles of a directory, beside them: a line each. */
inline constexpr const char *kAnswersName = "answers.jsonl";

// Files of a question about a batch; its index is counted from 0, and the names from 1.

inline std::string question_name (unsigned index)
{
  return "question-" + std::to_string (index + 1) + ".json";
}

inline std::string request_name (unsigned index)
{
  return "request-" + std::to_string (index + 1) + ".json";
}

inline std::string answer_name (unsigned index)
{
  return "answer-" + std::to_string (index + 1) + ".json";
}

}  // namespace numpro
