/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wordedreply.h"

namespace reader {

/** What can go wrong with a server, on purpose. */
struct Fault {
  enum class Kind {
    kNone,
    kHang,
    kReset,
    kStatus400,
    kStatus401,
    kStatus403,
    kStatus408,
    kStatus409,
    kStatus429,
    kRetryAfter,
    kRetryAfterDate,
    kRetryAfterMs,
    kStatus500,
    kStatus503,
    kHtml,
    kForeignJson,
    kOversized,
    kNoChoices,
    kReasoningOnly,
    kLength,
    kContentFilter,
    kTruncated,
    kNonUtf8,
    kDrip,
    kImageCap,
    kFinish,
    kRefusal,
    kCreated,
    kStream,
    kStreamCut,
    kStreamError,
    kJsonThenDone,
    kGzip,
    kSchemaIgnored,
    kProse,
    kBlind,
    kInvent,
    kWorded,
    kImageCut,
    kCutFront,
    kMergeNeighbours,
    kShuffle,
    kShrink,
  };

  Kind kind = Kind::kNone;
  int argument = 0;
  std::string text;                   /**< an argument that is no number */
  const WordedReply *reply = nullptr; /**< of kWorded */

  bool operator== (const Fault &) const = default;

  /** Reads "NAME" or "NAME:ARGUMENT"; none if there is no such fault. */
  static std::optional<Fault> parse (std::string_view text);

  /** As parse() reads it. */
  std::string name () const;

  /** One line about each, for people. */
  static std::string list ();
};

}  // namespace reader
