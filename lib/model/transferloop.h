/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>

#include "httptransfer.h"

namespace numpro {

/**
 * Drives any number of transfers from one thread, and keeps their connections. All but wake() is
 * for that thread.
 */
class TransferLoop
{
 public:
  TransferLoop ();

  /** Has the transfer's body posted. It stays where it is until its reply is there. */
  void start (HttpTransfer &transfer);

  /** Lets go of a transfer that has no reply yet, at once. */
  void abort (HttpTransfer &transfer);

  /** Works until some transfer has a reply, wake() was called, or it is that late. */
  void wait (std::chrono::steady_clock::time_point until);

  /** Ends wait(), or the next one. Called from any thread. */
  void wake ();

 private:
  struct Free {
    void operator() (CURLM *multi) const { curl_multi_cleanup (multi); }
  };

  bool work ();

  std::unique_ptr<CURLM, Free> multi_;
};

}  // namespace numpro
