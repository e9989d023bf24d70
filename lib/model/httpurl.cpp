/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "httpurl.h"

#include <curl/curl.h>

#include <memory>

namespace numpro {

namespace {

struct FreeUrl {
  void operator() (CURLU *url) const { curl_url_cleanup (url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::string part_of (CURLU *url, CURLUPart part)
{
  char *text = nullptr;
  if (curl_url_get (url, part, &text, 0) != CURLUE_OK)
    return {};
  const std::string copy (text);
  curl_free (text);
  return copy;
}

bool has_credentials (CURLU *url)
{
  return !part_of (url, CURLUPART_USER).empty () || !part_of (url, CURLUPART_PASSWORD).empty ();
}

}  // namespace

std::string completions_url (const std::string &base, std::string &problem)
{
  const Url url (curl_url ());
  const CURLUcode code = curl_url_set (url.get (), CURLUPART_URL, base.c_str (), 0);
  const std::string scheme = part_of (url.get (), CURLUPART_SCHEME);
  if (code != CURLUE_OK || (scheme != "http" && scheme != "https")) {
    problem = "not an http or https URL";
    return {};
  }
  if (has_credentials (url.get ())) {
    problem = "holds a user name or password, which would be seen; use api-key";
    return {};
  }
  std::string path = part_of (url.get (), CURLUPART_PATH);
  path.erase (path.find_last_not_of ('/') + 1);
  path += "/chat/completions";
  curl_url_set (url.get (), CURLUPART_PATH, path.c_str (), 0);
  curl_url_set (url.get (), CURLUPART_FRAGMENT, nullptr, 0);
  return part_of (url.get (), CURLUPART_URL);
}

std::string proxy_problem (const std::string &proxy)
{
  const Url url (curl_url ());
  if (curl_url_set (url.get (), CURLUPART_URL, proxy.c_str (),
                    CURLU_DEFAULT_SCHEME | CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return "not a URL";
  if (has_credentials (url.get ()))
    return std::string ("holds a user name or password, which would be seen; ") + kProxyPassword;
  return {};
}

std::string without_credentials (const std::string &url)
{
  const std::size_t at = url.rfind ('@');
  if (at == std::string::npos)
    return url;
  const Url parsed (curl_url ());
  if (curl_url_set (parsed.get (), CURLUPART_URL, url.c_str (),
                    CURLU_DEFAULT_SCHEME | CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
      !has_credentials (parsed.get ()))
    return url;
  // What is no URL may still hold a password.
  const std::size_t slashes = url.find ("//");
  return (slashes < at ? url.substr (0, slashes + 2) : "") + "***" + url.substr (at);
}

}  // namespace numpro
