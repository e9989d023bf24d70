/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace numpro {

/** A header as it is sent. */
struct RequestHeader {
  std::string name, value; /**< the value may be secret */

  auto operator<=> (const RequestHeader &) const = default;
};

/** A header as the user sets it. */
struct HeaderSetting {
  std::string name;
  /** As it is sent, or "$" and the name of a variable of the environment, which may both be secret;
   * nothing where it is neither text nor a number. */
  std::optional<std::string> value;
};

/**
 * The headers that are sent, with the environment's values as they are now.
 *
 * @param problem gets what is wrong with one of them, in a sentence without a full stop that holds
 *   no value
 * @return empty when something is
 */
std::vector<RequestHeader> make_request_headers (const std::vector<HeaderSetting> &settings,
                                                 std::string &problem);

/** Whether one of the headers is that which a key is sent in. */
bool has_authorization (const std::vector<RequestHeader> &headers);

/** Whether one of them tells the server who asks: that one, or one that servers have instead. */
bool has_key (const std::vector<RequestHeader> &headers);

}  // namespace numpro
