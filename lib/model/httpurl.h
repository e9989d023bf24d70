/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <vector>

namespace numpro {

/** What to do about a proxy's password, in words. */
inline constexpr char kProxyPassword[] =
    "set the proxy with its user and password in the environment's http_proxy and https_proxy";

/**
 * The address of chat completions below a base URL.
 *
 * @param base such as "http://localhost:8000/v1"; a trailing slash is tolerated
 * @param problem says what is wrong with it
 * @return empty when something is
 */
std::string completions_url (const std::string &base, std::string &problem);

/** What is wrong with the address of a proxy; empty when nothing is. */
std::string proxy_problem (const std::string &proxy);

/** The URL as it may be shown, whatever the user wrote: without user, password and keys. */
std::string without_credentials (const std::string &url);

/** The keys in a URL's query, such as "?key=...", as they stand there and without escapes. */
std::vector<std::string> keys_in_query (const std::string &url);

/**
 * Where a redirect of a request for completions leads, as a base URL that may be shown: without
 * user, password, query and fragment, in which secrets may stand. Empty where it is no URL.
 */
std::string redirect_target (const std::string &location);

}  // namespace numpro
