/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>

#include "completion.h"
#include "completionrequest.h"
#include "fault.h"

namespace reader {

/** What is sent instead of an answer, if that is what the fault is about. */
std::optional<Reply> reply_instead (const Fault &fault, const CompletionRequest &request);

/** Spoils an answer, if that is what the fault is about. */
Reply spoil (const Fault &fault, Completion completion);

/** How the bytes of a reply get to the client. */
enum class Delivery { kWhole, kHalf, kDrip, kNever, kReset };

Delivery delivery_of (const Fault &fault);

}  // namespace reader
