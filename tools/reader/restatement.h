/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>

#include "answer.h"
#include "completionrequest.h"

namespace reader {

/**
 * What an answer means that the request asks back about ("You answered: ..."), as the JSON that is
 * asked for. It understands the answers of this program: with prose around them, too.
 *
 * @param invents whether it names a number that the answer does not have
 * @return none where the request asks for something else
 */
std::optional<std::string> restate (const CompletionRequest &request, bool invents);

/** The answer in prose that a program would have to guess at. */
std::string in_prose (const Answer &answer);

}  // namespace reader
