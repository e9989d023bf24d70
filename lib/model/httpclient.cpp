/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "httpclient.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace numpro {

namespace {

// How long a wait for the network lasts at most before it begins again; cancelling wakes it up.
constexpr int kPollMs = 1000;

constexpr long kProxyWantsPassword = 407;
constexpr char kProxyPassword[] =
    "set the proxy with its user and password in the environment's http_proxy and https_proxy";

void init_curl ()
{
  // Never undone: another part of the process may use the library too.
  static const CURLcode initialised = curl_global_init (CURL_GLOBAL_DEFAULT);
  static_cast<void> (initialised);
}

struct FreeHeaders {
  void operator() (curl_slist *list) const { curl_slist_free_all (list); }
};
using Headers = std::unique_ptr<curl_slist, FreeHeaders>;

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

std::size_t read_body (char *data, std::size_t, std::size_t size, void *user)
{
  auto &reply = *static_cast<HttpReply *> (user);
  if (reply.body.size () + size > HttpClient::kMaxReply) {
    reply.outcome = HttpReply::Outcome::kTooLarge;
    return 0;
  }
  reply.body.append (data, size);
  return size;
}

HttpReply::Outcome outcome_of (CURLcode code)
{
  using Outcome = HttpReply::Outcome;
  switch (code) {
    case CURLE_OK:
      return Outcome::kReply;
    case CURLE_OPERATION_TIMEDOUT:
      return Outcome::kTimeout;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CERTPROBLEM:
      return Outcome::kUntrusted;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_OUT_OF_MEMORY:
      return Outcome::kImpossible;
    default:
      return Outcome::kUnreachable;
  }
}

long info_of (CURL *easy, CURLINFO info)
{
  long value = 0;
  curl_easy_getinfo (easy, info, &value);
  return value;
}

// Of OpenSSL, X509_V_... Where nothing but the name is wrong libcurl says one of the first two.
constexpr long kVerified = 0, kUnspecified = 1, kNotYetValid = 9, kExpired = 10;

const char *cure_of_distrust (CURL *easy)
{
  // A proxy that speaks TLS comes first.
  const long of_proxy = info_of (easy, CURLINFO_PROXY_SSL_VERIFYRESULT);
  switch (of_proxy > kUnspecified ? of_proxy : info_of (easy, CURLINFO_SSL_VERIFYRESULT)) {
    case kVerified:
    case kUnspecified:
      return "set endpoint to a name that the certificate has";
    case kNotYetValid:
    case kExpired:
      return "the server needs a new one, or a clock is wrong";
    default:
      return "set ssl-ca-file to a file with the certificate of who signed the server's";
  }
}

const char *cure_of (CURLcode code, CURL *easy, bool is_https)
{
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
      return cure_of_distrust (easy);
    case CURLE_SSL_CACERT_BADFILE:
      return "set ssl-ca-file to a file of certificates";
    case CURLE_SSL_CONNECT_ERROR:
      return "if the server does not speak TLS, set endpoint to http://";
    // How servers that want TLS end what they do not understand.
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return is_https ? "" : "if the server speaks TLS, set endpoint to https://";
    default:
      return "";
  }
}

std::string header (CURL *easy, const char *name)
{
  curl_header *found = nullptr;
  return curl_easy_header (easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value
                                                                                 : std::string ();
}

}  // namespace

struct HttpClient::Curl {
  CURL *easy;
  CURLM *multi;  // keeps the connection
  Headers headers;

  Curl () : easy ((init_curl (), curl_easy_init ())), multi (curl_multi_init ()) {}
  ~Curl ()
  {
    curl_easy_cleanup (easy);
    curl_multi_cleanup (multi);
  }
  Curl (const Curl &) = delete;
  Curl &operator= (const Curl &) = delete;

  void add_header (const std::string &line)
  {
    if (curl_slist *longer = curl_slist_append (headers.get (), line.c_str ())) {
      static_cast<void> (headers.release ());
      headers.reset (longer);
    }
  }

  void set_up (const HttpRule &rule);
  void explain (CURLcode code, const HttpRule &rule, HttpReply &reply);
  CURLcode perform (const std::atomic<bool> &cancelled);
};

void HttpClient::Curl::set_up (const HttpRule &rule)
{
  add_header ("Content-Type: application/json");
  add_header ("Accept: application/json");
  // Asking first whether a large body is welcome costs a second with servers that do not answer.
  add_header ("Expect:");
  if (!rule.bearer.empty ())
    add_header ("Authorization: Bearer " + rule.bearer);

  curl_easy_setopt (easy, CURLOPT_URL, rule.url.c_str ());
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, headers.get ());
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  // Elsewhere the key and the images are nobody's business.
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, static_cast<long> (rule.request_timeout.count ()));
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS,
                    static_cast<long> (rule.connect_timeout.count ()));
  for (CURLoption option : {CURLOPT_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYPEER})
    curl_easy_setopt (easy, option, rule.ssl_strict ? 1L : 0L);
  for (CURLoption option : {CURLOPT_SSL_VERIFYHOST, CURLOPT_PROXY_SSL_VERIFYHOST})
    curl_easy_setopt (easy, option, rule.ssl_strict ? 2L : 0L);
  if (!rule.ssl_ca_file.empty ()) {
    curl_easy_setopt (easy, CURLOPT_CAINFO, rule.ssl_ca_file.c_str ());
    curl_easy_setopt (easy, CURLOPT_PROXY_CAINFO, rule.ssl_ca_file.c_str ());
  }
  if (!rule.proxy.empty ()) {
    curl_easy_setopt (easy, CURLOPT_PROXY, rule.proxy.c_str ());
    // The environment's no_proxy is about the environment's proxies.
    curl_easy_setopt (easy, CURLOPT_NOPROXY, "");
  }
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  // A name that is being looked up does not hold up the end.
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt (easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, read_body);
}

// Says what went wrong, beside libcurl's own words.
void HttpClient::Curl::explain (CURLcode code, const HttpRule &rule, HttpReply &reply)
{
  if (code != CURLE_OK) {
    reply.cure = cure_of (code, easy, rule.url.starts_with ("https:"));
    if (!rule.proxy.empty ())
      reply.problem += " (through the proxy " + rule.proxy + ")";
  }
  // Of an http endpoint the reply is the proxy's; to an https one no connection comes to be.
  if (reply.status == kProxyWantsPassword ||
      info_of (easy, CURLINFO_HTTP_CONNECTCODE) == kProxyWantsPassword) {
    reply.cure = kProxyPassword;
    if (reply.outcome == HttpReply::Outcome::kUnreachable)
      reply.outcome = HttpReply::Outcome::kImpossible;
  }
}

CURLcode HttpClient::Curl::perform (const std::atomic<bool> &cancelled)
{
  if (curl_multi_add_handle (multi, easy) != CURLM_OK)
    return CURLE_OUT_OF_MEMORY;
  CURLcode code = CURLE_ABORTED_BY_CALLBACK;
  int running = 1;
  while (!cancelled && curl_multi_perform (multi, &running) == CURLM_OK && running > 0)
    curl_multi_poll (multi, nullptr, 0, kPollMs, nullptr);
  int waiting = 0;
  while (const CURLMsg *message = curl_multi_info_read (multi, &waiting)) {
    if (message->msg == CURLMSG_DONE)
      code = message->data.result;
  }
  curl_multi_remove_handle (multi, easy);
  return code;
}

HttpClient::HttpClient (HttpRule rule) : rule_ (std::move (rule)), curl_ (std::make_unique<Curl> ())
{
  curl_->set_up (rule_);
}

HttpClient::~HttpClient () = default;

void HttpClient::set_cancelled (bool cancelled)
{
  cancelled_ = cancelled;
  curl_multi_wakeup (curl_->multi);
}

HttpReply HttpClient::post (const std::string &json)
{
  CURL *easy = curl_->easy;
  HttpReply reply;
  char error[CURL_ERROR_SIZE] = "";
  reply.outcome = HttpReply::Outcome::kReply;
  curl_easy_setopt (easy, CURLOPT_POSTFIELDS, json.data ());
  curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t> (json.size ()));
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, &reply);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, error);
  const CURLcode code = curl_->perform (cancelled_);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, nullptr);

  if (cancelled_)
    reply.outcome = HttpReply::Outcome::kCancelled;
  else if (reply.outcome != HttpReply::Outcome::kTooLarge)
    reply.outcome = outcome_of (code);
  if (reply.outcome == HttpReply::Outcome::kTooLarge)
    reply.problem = "the reply is larger than 8 MiB";
  else if (code != CURLE_OK)
    reply.problem = *error ? error : curl_easy_strerror (code);
  reply.status = info_of (easy, CURLINFO_RESPONSE_CODE);
  curl_->explain (code, rule_, reply);
  reply.retry_after = header (easy, "retry-after");
  reply.retry_after_ms = header (easy, "retry-after-ms");
  reply.should_retry = header (easy, "x-should-retry");
  return reply;
}

std::string completions_url (const std::string &base, std::string &problem)
{
  init_curl ();
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
  init_curl ();
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
  init_curl ();
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
