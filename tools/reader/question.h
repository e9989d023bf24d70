/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>

#include "completionrequest.h"
#include "stamplook.h"

namespace reader {

/** What a request wants to know. */
struct Question {
  enum class Task {
    kMoment,    /**< when something can be seen */
    kHighlight, /**< which frames show it best */
    kDescribe,  /**< what can be seen when */
    kNumbers,   /**< which numbers can be read, in the order of the images */
  };

  StampLook look;
  Task task = Task::kMoment;
  std::optional<std::size_t> color; /**< in named_colors(); none: it is about something else */
  double least_share = 0;           /**< of a frame that has to be of the colour */
  bool wants_ends = false;          /**< also the first and the last number that can be read */

  static Question from (const CompletionRequest &request);
};

}  // namespace reader
