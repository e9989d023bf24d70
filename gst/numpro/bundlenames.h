/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <filesystem>
#include <string>

namespace numpro {

inline constexpr const char *kLedgerName = "ledger.json";

/** Of all bundles of a directory, beside them: a line each. */
inline constexpr const char *kAnswersName = "answers.jsonl";

/** The spans of these answers as subtitles, beside it. */
inline constexpr const char *kCuesName = "answers.vtt";

/** Locked by whoever writes bundles, beside them. */
inline constexpr const char *kLockName = ".lock";

// What there is of each question about a batch.
inline constexpr const char *kQuestion = "question";
inline constexpr const char *kRequest = "request";
inline constexpr const char *kAnswer = "answer";

/** "question-1.json" for the first question of a bundle, whose index is 0. */
inline std::filesystem::path file_of (const std::filesystem::path &bundle, const char *kind,
                                      unsigned index)
{
  return bundle / (kind + ("-" + std::to_string (index + 1)) + ".json");
}

}  // namespace numpro
