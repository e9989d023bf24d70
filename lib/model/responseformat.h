/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gst/numpro/jsonfwd.h"

namespace numpro {

/**
 * How a server is told the form of an answer in JSON (`response_format`), from the strictest on. A
 * server that refuses one of them may take the next one.
 */
enum class ResponseFormat {
  kLists,   /**< a schema that lists the numbers which may stand there */
  kBounds,  /**< a schema with the least and the greatest of them */
  kAnyJson, /**< JSON, whatever is in it; the prompt has the form */
  kAnyText, /**< nothing */
};

/** The one after this for a schema that is refused; the last one has none after it. */
ResponseFormat next_format (ResponseFormat format, const Json &schema);

/** The member of the request; null where it has none. */
Json make_response_format (ResponseFormat format, const Json &schema);

/** What is asked for, in words that go on "the answer is asked for ...". */
const char *words_for (ResponseFormat format);

}  // namespace numpro
