/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "completionrequest.h"
#include "reply.h"

namespace reader {

/** What a server says instead of an answer, in the words of one that there is. */
struct WordedReply {
  /** Which requests are told so. */
  enum class To {
    kAll,
    kManyImages, /**< with more images than the argument says */
    kLists,      /**< whose schema lists numbers */
    kSchemas,    /**< with a schema */
    kFormats,    /**< with any form of answers but text */
  };

  static constexpr int kNoArgument = -1;

  std::string_view name;
  int argument; /**< by default */
  To to;
  unsigned status;
  std::string_view body; /**< "{n}": the argument; "{images}": how many images there are */
  std::string_view what; /**< one line, for people */
  std::string_view header = {}, value = {}; /**< the value as the body */

  /** None where the request is not told so. */
  std::optional<Reply> to_request (const CompletionRequest &request, int n) const;
};

std::span<const WordedReply> worded_replies ();

}  // namespace reader
