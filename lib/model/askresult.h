/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>

#include "lib/base/owned.h"

namespace numpro {

/** Why a question has no answer. */
enum class AskFailure {
  kNetwork,      /**< no connection, or it broke */
  kTimeout,      /**< not answered in time */
  kTls,          /**< the server is not the one that it should be */
  kHttp,         /**< a status other than 200 */
  kUnauthorized, /**< the server refuses the key */
  kReply,        /**< what the server sent is no chat completion */
  kCancelled,
};

/** What became of a question. */
struct AskResult {
  AnswerPtr answer;    /**< null when there is none */
  std::string request; /**< the body, images by their names; a JSON array where it was split */
  std::optional<AskFailure> failure; /**< why there is no answer */
  std::string problem;               /**< the same in a sentence, without a full stop */
};

}  // namespace numpro
