/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "ending.h"
#include "httpreply.h"
#include "secrets.h"

namespace numpro {

/** What a chat completion says. */
struct ChatReply {
  std::string text;
  std::string model;
  std::string usage; /**< JSON object; empty when the server does not tell */
  Ending ending = Ending::kWhole;
  std::string finish_reason; /**< as the server calls the ending, as it may be shown */
  bool is_refused = false;   /**< the text is why the model does not answer */
  bool is_reasoning = false; /**< the answer itself was empty; the text is what led to it */
  std::string problem;       /**< why it cannot be read; then all else is empty */
};

/**
 * Reads the body of a reply that has no error in it.
 *
 * @param secrets get into no part of it
 */
ChatReply read_chat_reply (const std::string &body, const Secrets &secrets = {});

/**
 * What a server says of a request that it refuses, in one line; never the whole body.
 *
 * @param secrets do not get into it
 */
std::string error_message (const HttpReply &reply, const Secrets &secrets = {});

/**
 * The sum of what two requests cost: numbers of the same name are added, also in objects inside.
 * Anything else is as in the first one that has it.
 *
 * @param one, other as a ChatReply has them
 */
std::string add_usage (const std::string &one, const std::string &other);

}  // namespace numpro
