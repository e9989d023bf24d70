/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "transferloop.h"

#include <algorithm>

namespace numpro {

namespace {

CURLM *make_multi ()
{
  // Never undone: another part of the process may use the library too.
  static const CURLcode initialised = curl_global_init (CURL_GLOBAL_DEFAULT);
  static_cast<void> (initialised);
  return curl_multi_init ();
}

}  // namespace

TransferLoop::TransferLoop () : multi_ (make_multi ())
{
  // A connection that breaks takes one request with it, not all.
  curl_multi_setopt (multi_.get (), CURLMOPT_PIPELINING, static_cast<long> (CURLPIPE_NOTHING));
}

void TransferLoop::start (HttpTransfer &transfer)
{
  if (curl_multi_add_handle (multi_.get (), transfer.handle ()) == CURLM_OK)
    return;
  transfer.end (CURLE_OUT_OF_MEMORY);
  wake ();
}

void TransferLoop::abort (HttpTransfer &transfer)
{
  curl_multi_remove_handle (multi_.get (), transfer.handle ());
}

// Returns whether some transfer has a reply.
bool TransferLoop::work ()
{
  int count = 0;
  bool has_reply = false;
  curl_multi_perform (multi_.get (), &count);
  while (const CURLMsg *message = curl_multi_info_read (multi_.get (), &count)) {
    if (message->msg != CURLMSG_DONE)
      continue;
    const CURLcode code = message->data.result;
    CURL *easy = message->easy_handle;
    HttpTransfer *transfer = nullptr;
    curl_easy_getinfo (easy, CURLINFO_PRIVATE, &transfer);
    curl_multi_remove_handle (multi_.get (), easy);
    transfer->end (code);
    has_reply = true;
  }
  return has_reply;
}

void TransferLoop::wait (std::chrono::steady_clock::time_point until)
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

void TransferLoop::wake ()
{
  curl_multi_wakeup (multi_.get ());
}

}  // namespace numpro
