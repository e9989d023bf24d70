/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "requestheaders.h"

#include <glib.h>

#include <algorithm>
#include <string_view>

#include "gst/numpro/owned.h"
#include "httpurl.h"

namespace numpro {

namespace {

constexpr char kAuthorization[] = "Authorization";
constexpr char kProxyAuthorization[] = "Proxy-Authorization";

// What the client says of its own requests, or libcurl of the connection: with another value a
// request is another one than is sent, or its reply cannot be read.
constexpr const char *kOwned[] = {
    "Accept",         "Accept-Encoding",   "Connection",       "Content-Encoding",
    "Content-Length", "Content-Type",      "Expect",           "Host",
    "HTTP2-Settings", "Keep-Alive",        "Proxy-Connection", "TE",
    "Trailer",        "Transfer-Encoding", "Upgrade",
};

bool is_same (const std::string &one, const char *other)
{
  return g_ascii_strcasecmp (one.c_str (), other) == 0;
}

// RFC 9110, 5.6.2.
bool is_token_char (char c)
{
  return g_ascii_isalnum (c) ||
         std::string_view ("!#$%&'*+-.^_`|~").find (c) != std::string_view::npos;
}

bool is_name_of_variable (std::string_view name)
{
  return !name.empty () && !g_ascii_isdigit (name[0]) &&
         std::all_of (name.begin (), name.end (),
                      [] (char c) { return g_ascii_isalnum (c) || c == '_'; });
}

// Of a name that is none only its beginning is shown: behind a colon there may be a value.
std::string problem_of_name (const std::string &name)
{
  const auto end = std::find_if_not (name.begin (), name.end (), is_token_char);
  if (name.empty () || end != name.end ())
    return "a header's name is made of letters, digits and hyphens; the one that begins with \"" +
           std::string (name.begin (), end) + "\" is not";
  if (is_same (name, kProxyAuthorization))
    return std::string (kProxyAuthorization) + " is for a proxy, not for the server; " +
           kProxyPassword;
  if (std::any_of (std::begin (kOwned), std::end (kOwned),
                   [&name] (const char *owned) { return is_same (name, owned); }))
    return name + " is set by the element itself; leave it out";
  return {};
}

bool has_control_character (const std::string &text)
{
  return std::any_of (text.begin (), text.end (), [] (char c) { return g_ascii_iscntrl (c); });
}

std::string stripped (const std::string &text)
{
  return TextPtr (g_strstrip (g_strdup (text.c_str ()))).get ();
}

std::string value_of_variable (const std::string &header, const std::string &variable,
                               std::string &problem)
{
  // What is no name may be a secret that begins with a dollar sign.
  if (!is_name_of_variable (variable)) {
    problem = "the value of " + header +
              " begins with \"$\", and what follows is not the name of an environment variable";
    return {};
  }
  const char *text = g_getenv (variable.c_str ());
  // A key that was read from a file often ends its line.
  std::string value = stripped (text ? text : "");
  if (value.empty ())
    problem = header + " gets its value from the environment variable " + variable + ", which is " +
              (text ? "empty" : "not set");
  return value;
}

std::string make_value (const HeaderSetting &setting, std::string &problem)
{
  if (!setting.value) {
    problem = "the value of " + setting.name + " is neither text nor a number; write it as " +
              setting.name + "=(string)\"...\"";
    return {};
  }
  const std::string &text = *setting.value;
  std::string value =
      text.starts_with ('$') ? value_of_variable (setting.name, text.substr (1), problem) : text;
  if (!problem.empty ())
    return {};
  if (has_control_character (value))
    problem =
        "the value of " + setting.name + " must not hold a line break or another control character";
  // Blanks around a value are no part of it.
  value = stripped (value);
  if (value.empty ())
    problem = setting.name + " has no value; set one, or leave the header out";
  return value;
}

bool has_header (const std::vector<RequestHeader> &headers, const char *name)
{
  return std::any_of (headers.begin (), headers.end (),
                      [name] (const RequestHeader &header) { return is_same (header.name, name); });
}

}  // namespace

std::vector<RequestHeader> make_request_headers (const std::vector<HeaderSetting> &settings,
                                                 std::string &problem)
{
  std::vector<RequestHeader> headers;
  for (const HeaderSetting &setting : settings) {
    problem = problem_of_name (setting.name);
    std::string value = problem.empty () ? make_value (setting, problem) : "";
    if (!problem.empty ())
      return {};
    headers.push_back ({setting.name, std::move (value)});
  }
  return headers;
}

bool has_authorization (const std::vector<RequestHeader> &headers)
{
  return has_header (headers, kAuthorization);
}

bool has_key (const std::vector<RequestHeader> &headers)
{
  return has_authorization (headers) || has_header (headers, "api-key") ||
         has_header (headers, "x-api-key");
}

}  // namespace numpro
