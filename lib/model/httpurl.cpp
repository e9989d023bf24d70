/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "httpurl.h"

#include <curl/curl.h>

#include <algorithm>
#include <string_view>

#include "gst/numpro/owned.h"

namespace numpro {

namespace {

using Url = OwnedBy<CURLU, curl_url_cleanup>;

constexpr std::string_view kCompletions = "/chat/completions";
constexpr char kHidden[] = "***";
constexpr const char *kKeyWords[] = {"key", "token", "secret", "password", "auth"};
constexpr unsigned kProxyUrl = CURLU_DEFAULT_SCHEME | CURLU_NON_SUPPORT_SCHEME;

// Null where it is none.
Url parse (const std::string &text, unsigned flags)
{
  Url url (curl_url ());
  if (curl_url_set (url.get (), CURLUPART_URL, text.c_str (), flags) != CURLUE_OK)
    return nullptr;
  return url;
}

std::string part_of (CURLU *url, CURLUPart part)
{
  char *text = nullptr;
  if (curl_url_get (url, part, &text, 0) != CURLUE_OK)
    return {};
  return OwnedBy<char, curl_free> (text).get ();
}

bool has_credentials (CURLU *url)
{
  return !part_of (url, CURLUPART_USER).empty () || !part_of (url, CURLUPART_PASSWORD).empty ();
}

// Of a query's parameter: Gemini has key, Azure api-key, subscription-key, code and sig.
bool names_key (std::string name)
{
  std::transform (name.begin (), name.end (), name.begin (), g_ascii_tolower);
  return name == "code" || name == "sig" ||
         std::any_of (std::begin (kKeyWords), std::end (kKeyWords),
                      [&name] (const char *word) { return name.find (word) != std::string::npos; });
}

// A part of a text.
struct Place {
  std::size_t first, size;
};

// Where the values of such parameters are, whether or not the text is a URL.
std::vector<Place> places_of_keys (const std::string &url)
{
  std::vector<Place> places;
  const std::size_t end = std::min (url.find ('#'), url.size ());
  for (std::size_t at = url.find ('?'); at < end;) {
    const std::size_t first = at + 1, equals = url.find ('=', first);
    at = std::min (url.find ('&', first), end);
    if (equals < at && names_key (url.substr (first, equals - first)))
      places.push_back ({equals + 1, at - equals - 1});
  }
  return places;
}

std::string without_keys (std::string url)
{
  const std::vector<Place> places = places_of_keys (url);
  for (auto place = places.rbegin (); place != places.rend (); ++place)
    url.replace (place->first, place->size, kHidden);
  return url;
}

}  // namespace

std::string completions_url (const std::string &base, std::string &problem)
{
  const Url url = parse (base, 0);
  const std::string scheme = part_of (url.get (), CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") {
    problem = "not an http or https URL";
    return {};
  }
  if (has_credentials (url.get ())) {
    problem = "holds a user name or password, which would be seen; use api-key";
    return {};
  }
  std::string path = part_of (url.get (), CURLUPART_PATH);
  path.erase (path.find_last_not_of ('/') + 1);
  path += kCompletions;
  curl_url_set (url.get (), CURLUPART_PATH, path.c_str (), 0);
  curl_url_set (url.get (), CURLUPART_FRAGMENT, nullptr, 0);
  return part_of (url.get (), CURLUPART_URL);
}

std::string proxy_problem (const std::string &proxy)
{
  const Url url = parse (proxy, kProxyUrl);
  if (!url)
    return "not a URL";
  if (has_credentials (url.get ()))
    return std::string ("holds a user name or password, which would be seen; ") + kProxyPassword;
  return {};
}

std::string without_credentials (const std::string &with_keys)
{
  std::string url = without_keys (with_keys);
  const std::size_t at = url.rfind ('@');
  if (at == std::string::npos)
    return url;
  const Url parsed = parse (url, kProxyUrl);
  if (parsed && !has_credentials (parsed.get ()))
    return url;
  // What is no URL may still hold a password.
  const std::size_t slashes = url.find ("//");
  return (slashes < at ? url.substr (0, slashes + 2) : "") + kHidden + url.substr (at);
}

std::vector<std::string> keys_in_query (const std::string &url)
{
  std::vector<std::string> keys;
  for (const Place &place : places_of_keys (url)) {
    keys.push_back (url.substr (place.first, place.size));
    if (const TextPtr plain{g_uri_unescape_string (keys.back ().c_str (), nullptr)})
      keys.emplace_back (plain.get ());
  }
  return keys;
}

std::string redirect_target (const std::string &location)
{
  const Url url = parse (location, 0);
  if (!url)
    return {};
  for (CURLUPart part :
       {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY, CURLUPART_FRAGMENT})
    curl_url_set (url.get (), part, nullptr, 0);
  std::string target = part_of (url.get (), CURLUPART_URL);
  if (target.ends_with (kCompletions))
    target.resize (target.size () - kCompletions.size ());
  return target;
}

}  // namespace numpro
