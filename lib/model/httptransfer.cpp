/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "httptransfer.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "httpurl.h"

namespace numpro {

namespace {

using Outcome = HttpReply::Outcome;

constexpr long kProxyWantsPassword = 407;

Outcome outcome_of (CURLcode code)
{
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

std::optional<double> number_in (const std::string &text)
{
  double value = 0;
  const char *end = text.data () + text.size ();
  const auto result = std::from_chars (text.data (), end, value);
  if (result.ec != std::errc () || result.ptr != end || !std::isfinite (value) || value < 0)
    return std::nullopt;
  return value;
}

// Seconds, or milliseconds as OpenAI's servers send them, or a date, which libcurl reads.
std::optional<Seconds> asked_wait (CURL *easy)
{
  if (const auto ms = number_in (header (easy, "retry-after-ms")))
    return Seconds (*ms / 1000);
  if (const auto seconds = number_in (header (easy, "retry-after")))
    return Seconds (*seconds);
  // Nothing is also what it says where it does not understand; a date may have passed.
  curl_off_t seconds = 0;
  curl_easy_getinfo (easy, CURLINFO_RETRY_AFTER, &seconds);
  if (seconds == 0)
    return std::nullopt;
  return Seconds (std::max<curl_off_t> (seconds, 0));
}

}  // namespace

HttpTransfer::HttpTransfer (const HttpOptions &options)
    : options_ (options), easy_ (curl_easy_init ())
{
  add_header ("Content-Type: application/json");
  add_header ("Accept: application/json");
  // Asking first whether a large body is welcome costs a second with servers that do not answer.
  add_header ("Expect:");
  if (!options_.bearer.empty ())
    add_header ("Authorization: Bearer " + options_.bearer);
  set_up ();
}

void HttpTransfer::add_header (const std::string &line)
{
  if (curl_slist *longer = curl_slist_append (headers_.get (), line.c_str ())) {
    static_cast<void> (headers_.release ());
    headers_.reset (longer);
  }
}

void HttpTransfer::set_up ()
{
  CURL *easy = easy_.get ();
  curl_easy_setopt (easy, CURLOPT_URL, options_.url.c_str ());
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, headers_.get ());
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  // Elsewhere the key and the images are nobody's business.
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS,
                    static_cast<long> (options_.request_timeout.count ()));
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS,
                    static_cast<long> (options_.connect_timeout.count ()));
  for (CURLoption option : {CURLOPT_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYPEER})
    curl_easy_setopt (easy, option, options_.ssl_strict ? 1L : 0L);
  for (CURLoption option : {CURLOPT_SSL_VERIFYHOST, CURLOPT_PROXY_SSL_VERIFYHOST})
    curl_easy_setopt (easy, option, options_.ssl_strict ? 2L : 0L);
  if (!options_.ssl_ca_file.empty ()) {
    curl_easy_setopt (easy, CURLOPT_CAINFO, options_.ssl_ca_file.c_str ());
    curl_easy_setopt (easy, CURLOPT_PROXY_CAINFO, options_.ssl_ca_file.c_str ());
  }
  if (!options_.proxy.empty ()) {
    curl_easy_setopt (easy, CURLOPT_PROXY, options_.proxy.c_str ());
    // The environment's no_proxy is about the environment's proxies.
    curl_easy_setopt (easy, CURLOPT_NOPROXY, "");
  }
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  // A name that is being looked up does not hold up the end.
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt (easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, read_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, error_);
  curl_easy_setopt (easy, CURLOPT_PRIVATE, this);
}

void HttpTransfer::set_body (std::string json)
{
  body_ = std::move (json);
  reply_ = {};
  ended_.reset ();
  *error_ = '\0';
  curl_easy_setopt (handle (), CURLOPT_POSTFIELDS, body_.data ());
  curl_easy_setopt (handle (), CURLOPT_POSTFIELDSIZE_LARGE,
                    static_cast<curl_off_t> (body_.size ()));
}

std::size_t HttpTransfer::read_body (char *data, std::size_t, std::size_t size, void *self)
{
  HttpReply &reply = static_cast<HttpTransfer *> (self)->reply_;
  if (reply.body.size () + size > kMaxReply) {
    reply.outcome = Outcome::kTooLarge;
    return 0;
  }
  reply.body.append (data, size);
  return size;
}

void HttpTransfer::end (CURLcode code)
{
  body_ = {};
  if (reply_.outcome == Outcome::kTooLarge) {
    reply_.problem = "the reply is larger than 8 MiB";
  } else {
    reply_.outcome = outcome_of (code);
    if (code != CURLE_OK)
      reply_.problem = *error_ ? error_ : curl_easy_strerror (code);
  }
  reply_.status = info_of (handle (), CURLINFO_RESPONSE_CODE);
  explain (code);
  curl_off_t latency = 0;
  curl_easy_getinfo (handle (), CURLINFO_TOTAL_TIME_T, &latency);
  reply_.latency = std::chrono::microseconds (latency);
  reply_.asked_wait = asked_wait (handle ());
  reply_.should_retry = header (handle (), "x-should-retry");
  ended_ = std::exchange (reply_, {});
}

// Says what went wrong, beside libcurl's own words.
void HttpTransfer::explain (CURLcode code)
{
  if (code != CURLE_OK) {
    reply_.cure = cure_of (code, handle (), options_.url.starts_with ("https:"));
    if (!options_.proxy.empty ())
      reply_.problem += " (through the proxy " + options_.proxy + ")";
  }
  // Of an http endpoint the reply is the proxy's; to an https one no connection comes to be.
  if (reply_.status == kProxyWantsPassword ||
      info_of (handle (), CURLINFO_HTTP_CONNECTCODE) == kProxyWantsPassword) {
    reply_.cure = kProxyPassword;
    if (reply_.outcome == Outcome::kUnreachable)
      reply_.outcome = Outcome::kImpossible;
  }
}

}  // namespace numpro
