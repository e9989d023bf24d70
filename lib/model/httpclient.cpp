/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "httpclient.h"

#include <algorithm>
#include <vector>

#include "askedwait.h"
#include "httpurl.h"

namespace numpro {

namespace {

using Outcome = HttpReply::Outcome;

constexpr std::size_t kMaxReply = 8 << 20;
constexpr long kProxyWantsPassword = 407, kTooManyRequests = 429;

template <typename Value>
Value info_of (CURL *easy, CURLINFO info)
{
  Value value = {};
  curl_easy_getinfo (easy, info, &value);
  return value;
}

// Of OpenSSL, X509_V_... Where nothing but the name is wrong libcurl says one of the first two.
constexpr long kVerified = 0, kUnspecified = 1, kNotYetValid = 9, kExpired = 10;

const char *cure_of_distrust (CURL *easy)
{
  // A proxy that speaks TLS comes first.
  const long of_proxy = info_of<long> (easy, CURLINFO_PROXY_SSL_VERIFYRESULT);
  switch (of_proxy > kUnspecified ? of_proxy : info_of<long> (easy, CURLINFO_SSL_VERIFYRESULT)) {
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

std::string header (CURL *easy, const char *name)
{
  curl_header *found = nullptr;
  curl_easy_header (easy, name, 0, CURLH_HEADER, -1, &found);
  return found ? found->value : "";
}

// Of digits; nothing else is understood.
std::optional<double> number_in (const std::string &text)
{
  if (text.empty () || text.find_first_not_of ("0123456789.") != std::string::npos)
    return std::nullopt;
  return g_ascii_strtod (text.c_str (), nullptr);
}

// Seconds, or milliseconds as OpenAI's servers send them, or a date.
std::optional<Seconds> asked_wait (CURL *easy)
{
  if (const auto ms = number_in (header (easy, "retry-after-ms")))
    return Seconds (*ms / 1000);
  const std::string after = header (easy, "retry-after");
  if (const auto seconds = number_in (after))
    return Seconds (*seconds);
  // Not CURLINFO_RETRY_AFTER, which says the same of a date that has passed as of no date.
  const time_t date = curl_getdate (after.c_str (), nullptr);
  if (date == -1)
    return std::nullopt;
  return Seconds (std::max<gint64> (date - g_get_real_time () / G_USEC_PER_SEC, 0));
}

}  // namespace

HttpRequest::HttpRequest (CURLM *multi, const HttpOptions &options, curl_slist *headers,
                          std::string json)
    : multi_ (multi), options_ (options), body_ (std::move (json)), easy_ (curl_easy_init ())
{
  const auto set = [this] (CURLoption option, auto value) {
    curl_easy_setopt (easy_.get (), option, value);
  };
  set (CURLOPT_URL, options.url.c_str ());
  set (CURLOPT_HTTPHEADER, headers);
  set (CURLOPT_POSTFIELDS, body_.data ());
  set (CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t> (body_.size ()));
  // Hosts behind Cloudflare refuse requests without one (EchoBot 13). One of the headers replaces
  // it.
  set (CURLOPT_USERAGENT, "gst-numpro/" NUMPRO_VERSION);
  // Whatever libcurl can decode: some servers compress without being asked.
  set (CURLOPT_ACCEPT_ENCODING, "");
  set (CURLOPT_PROTOCOLS_STR, "http,https");
  // Elsewhere the key, the headers and the images are nobody's business.
  set (CURLOPT_FOLLOWLOCATION, 0L);
  set (CURLOPT_TIMEOUT_MS, static_cast<long> (options.request_timeout.count ()));
  set (CURLOPT_CONNECTTIMEOUT_MS, static_cast<long> (options.connect_timeout.count ()));
  for (CURLoption option : {CURLOPT_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYPEER})
    set (option, options.ssl_strict ? 1L : 0L);
  for (CURLoption option : {CURLOPT_SSL_VERIFYHOST, CURLOPT_PROXY_SSL_VERIFYHOST})
    set (option, options.ssl_strict ? 2L : 0L);
  if (!options.ssl_ca_file.empty ()) {
    for (CURLoption option : {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO})
      set (option, options.ssl_ca_file.c_str ());
  }
  if (!options.proxy.empty ()) {
    set (CURLOPT_PROXY, options.proxy.c_str ());
    // The environment's no_proxy is about the environment's proxies.
    set (CURLOPT_NOPROXY, "");
  }
  set (CURLOPT_NOSIGNAL, 1L);
  // A name that is being looked up does not hold up the end.
  set (CURLOPT_QUICK_EXIT, 1L);
  set (CURLOPT_TCP_KEEPALIVE, 1L);
  set (CURLOPT_WRITEFUNCTION, read_body);
  set (CURLOPT_WRITEDATA, this);
  set (CURLOPT_ERRORBUFFER, error_);
  set (CURLOPT_PRIVATE, this);
  if (curl_multi_add_handle (multi_, easy_.get ()) != CURLM_OK) {
    end (CURLE_OUT_OF_MEMORY);
    curl_multi_wakeup (multi_);
  }
}

HttpRequest::~HttpRequest ()
{
  curl_multi_remove_handle (multi_, easy_.get ());
}

std::size_t HttpRequest::read_body (char *data, std::size_t, std::size_t size, void *self)
{
  HttpReply &reply = static_cast<HttpRequest *> (self)->reply_;
  if (reply.body.size () + size > kMaxReply) {
    reply.outcome = Outcome::kTooLarge;
    return 0;
  }
  reply.body.append (data, size);
  return size;
}

void HttpRequest::end (CURLcode code)
{
  CURL *easy = easy_.get ();
  has_ended_ = true;
  reply_.status = info_of<long> (easy, CURLINFO_RESPONSE_CODE);
  reply_.latency = std::chrono::microseconds (info_of<curl_off_t> (easy, CURLINFO_TOTAL_TIME_T));
  reply_.asked_wait = asked_wait (easy);
  if (reply_.status == kTooManyRequests)
    reply_.limit_wait = wait_of_limits ([easy] (const char *name) { return header (easy, name); });
  reply_.should_retry = header (easy, "x-should-retry");
  if (const char *location = info_of<const char *> (easy, CURLINFO_REDIRECT_URL))
    reply_.location = location;
  if (reply_.outcome == Outcome::kTooLarge)
    reply_.problem = "the reply is larger than 8 MiB";
  else
    explain (code);
  if (code != CURLE_OK && !options_.proxy.empty ())
    reply_.problem += " (through the proxy " + options_.proxy + ")";
  // Of an http endpoint the reply is the proxy's; to an https one no connection comes to be.
  if (reply_.status == kProxyWantsPassword ||
      info_of<long> (easy, CURLINFO_HTTP_CONNECTCODE) == kProxyWantsPassword) {
    reply_.cure = kProxyPassword;
    if (reply_.outcome == Outcome::kUnreachable)
      reply_.outcome = Outcome::kImpossible;
  }
}

void HttpRequest::explain (CURLcode code)
{
  const bool is_https = options_.url.starts_with ("https:");
  const char *const tls = is_https ? "" : "if the server speaks TLS, set endpoint to https://";
  const auto set = [this] (Outcome outcome, const char *cure) {
    reply_.outcome = outcome;
    reply_.cure = cure;
  };
  if (code != CURLE_OK)
    reply_.problem = *error_ ? error_ : curl_easy_strerror (code);
  switch (code) {
    case CURLE_OK:
      return set (Outcome::kReply, "");
    case CURLE_OPERATION_TIMEDOUT:
      return set (Outcome::kTimeout, "");
    case CURLE_PEER_FAILED_VERIFICATION:
      return set (Outcome::kUntrusted, cure_of_distrust (easy_.get ()));
    case CURLE_SSL_CACERT_BADFILE:
      return set (Outcome::kUntrusted, "set ssl-ca-file to a file of certificates");
    case CURLE_UNSUPPORTED_PROTOCOL:
      return set (Outcome::kImpossible, tls);
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_URL_MALFORMAT:
    case CURLE_OUT_OF_MEMORY:
      return set (Outcome::kImpossible, "");
    case CURLE_SSL_CONNECT_ERROR:
      return set (Outcome::kUnreachable,
                  "if the server does not speak TLS, set endpoint to http://");
    // How servers that want TLS end what they do not understand.
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      return set (Outcome::kUnreachable, tls);
    default:
      return set (Outcome::kUnreachable, "");
  }
}

HttpClient::HttpClient (const HttpOptions &options) : options_ (options)
{
  // Never undone: another part of the process may use the library too.
  static const CURLcode initialised = curl_global_init (CURL_GLOBAL_DEFAULT);
  static_cast<void> (initialised);
  multi_.reset (curl_multi_init ());
  // A connection that breaks takes one request with it, not all.
  curl_multi_setopt (multi_.get (), CURLMOPT_PIPELINING, static_cast<long> (CURLPIPE_NOTHING));
  // Asking first whether a large body is welcome costs a second with servers that do not answer.
  std::vector<std::string> lines = {"Content-Type: application/json", "Accept: application/json",
                                    "Expect:"};
  if (!options.bearer.empty ())
    lines.push_back ("Authorization: Bearer " + options.bearer);
  for (const RequestHeader &header : options.headers)
    lines.push_back (header.name + ": " + header.value);
  for (const std::string &line : lines) {
    curl_slist *list = headers_.release ();
    headers_.reset (curl_slist_append (list, line.c_str ()));
  }
}

std::unique_ptr<HttpRequest> HttpClient::post (std::string json)
{
  return std::make_unique<HttpRequest> (multi_.get (), options_, headers_.get (), std::move (json));
}

// Returns whether some request has a reply.
bool HttpClient::work ()
{
  int count = 0;
  bool has_reply = false;
  curl_multi_perform (multi_.get (), &count);
  while (const CURLMsg *message = curl_multi_info_read (multi_.get (), &count)) {
    auto *request = info_of<HttpRequest *> (message->easy_handle, CURLINFO_PRIVATE);
    request->end (message->data.result);
    has_reply = true;
  }
  return has_reply;
}

void HttpClient::wait (std::chrono::steady_clock::time_point until)
{
  using namespace std::chrono;
  if (work ())
    return;
  // Rounded up: a wait that ends too early is followed by many that last no time.
  const auto left = ceil<milliseconds> (
      std::min<steady_clock::duration> (until - steady_clock::now (), minutes (1)));
  curl_multi_poll (multi_.get (), nullptr, 0, std::max (0, static_cast<int> (left.count ())),
                   nullptr);
  work ();
}

void HttpClient::wake ()
{
  curl_multi_wakeup (multi_.get ());
}

}  // namespace numpro
