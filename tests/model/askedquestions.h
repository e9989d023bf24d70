/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "lib/model/modelclient.h"
#include "tests/support/localserver.h"
#include "tests/support/loopcheck.h"

// What the tests that ask without a pipeline share: questions, what became of them, and requests.

namespace numpro {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

inline constexpr char kKey[] = "canary-key";

inline BatchPtr make_batch (guint64 number, guint images = 4, std::size_t bytes = 10)
{
  const LedgerPtr ledger (gst_numpro_ledger_new (number));
  for (guint i = 0; i < images; ++i) {
    const SamplePtr sample (gst_numpro_sample_new (i));
    sample->stream_time = sample->running_time = i * GST_SECOND;
    sample->duration = GST_SECOND;
    sample->image = g_strdup_printf ("%u.jpg", i);
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  }
  BatchPtr batch (gst_numpro_batch_new (ledger.get ()));
  const std::string image (bytes, 'x');
  const BytesPtr jpeg (g_bytes_new (image.data (), image.size ()));
  for (guint i = 0; i < images; ++i)
    gst_numpro_batch_add_image (
        batch.get (), gst_numpro_ledger_get_sample (ledger.get (), i)->image, jpeg.get ());
  return batch;
}

/** What was told of questions. They are told by the number of the batch. */
class Told
{
 public:
  void ask (ModelClient &client, guint64 number, guint images = 4, std::size_t bytes = 10)
  {
    const BatchPtr batch = make_batch (number, images, bytes);
    const std::string question = "event " + std::to_string (number) + "!";
    const PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, question.c_str ()));
    ask (client, prompt.get (), batch.get ());
  }

  void ask (ModelClient &client, GstNumproPrompt *prompt, GstNumproBatch *batch)
  {
    const guint64 number = gst_numpro_ledger_get_batch (gst_numpro_batch_get_ledger (batch));
    client.ask (prompt, batch, [this, number] (AskResult result) {
      std::lock_guard lock (mutex_);
      fail_unless_in_loop (std::this_thread::get_id () != asking_, "told while it is asked");
      fail_unless_in_loop (results_.emplace (number, std::move (result)).second, "told twice");
      changed_.notify_all ();
    });
  }

  void wait_for (std::size_t count)
  {
    std::unique_lock lock (mutex_);
    fail_unless_in_loop (changed_.wait_for (lock, std::chrono::seconds (60),
                                            [&] { return results_.size () >= count; }),
                         "%d of %d questions are told", static_cast<int> (results_.size ()),
                         static_cast<int> (count));
  }

  /** When nothing more is told. */
  const std::map<guint64, AskResult> &results () const { return results_; }

  int count (std::optional<AskFailure> failure) const
  {
    int count = 0;
    for (const auto &[number, result] : results_) {
      fail_unless_in_loop (result.failure.has_value () != (result.answer != nullptr),
                           "both, or none");
      count += result.failure == failure;
    }
    return count;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<guint64, AskResult> results_;
  const std::thread::id asking_ = std::this_thread::get_id ();
};

inline ModelOptions options_for (const std::string &url, guint max_in_flight = 4)
{
  ModelOptions options = {};
  options.http = {.url = url,
                  .bearer = kKey,
                  .request_timeout = std::chrono::seconds (60),
                  .connect_timeout = std::chrono::seconds (5),
                  .ssl_strict = true};
  options.retry = {.retries = 2, .backoff_factor = 0.001, .backoff_max = 30};
  options.chat.model = "m";
  options.max_in_flight = max_in_flight;
  return options;
}

/** Counts requests, and when they came. */
class Counter
{
 public:
  /** @return how many came before */
  int count ()
  {
    std::lock_guard lock (mutex_);
    times_.push_back (Clock::now ());
    return static_cast<int> (times_.size ()) - 1;
  }

  std::vector<Clock::time_point> times ()
  {
    std::lock_guard lock (mutex_);
    return times_;
  }

  int total () { return static_cast<int> (times ().size ()); }

 private:
  std::mutex mutex_;
  std::vector<Clock::time_point> times_;
};

inline guint images_in (const std::string &request)
{
  guint count = 0;
  for (std::size_t at = 0; (at = request.find ("\"image_url\":{", at)) != std::string::npos; ++at)
    ++count;
  return count;
}

inline unsigned long event_in (const std::string &request)
{
  return std::strtoul (request.c_str () + request.find ("event ") + 6, nullptr, 10);
}

/** Takes so many images, and knows the key. */
inline std::string answer_with_cap (const std::string &request, guint cap)
{
  if (request.find (std::string ("Authorization: Bearer ") + kKey) == std::string::npos)
    return LocalServer::error (401, "Incorrect API key provided");
  if (images_in (request) > cap)
    return LocalServer::error (
        400, "At most " + std::to_string (cap) + " image(s) may be provided in one prompt.");
  return LocalServer::completion ("From 0 to 1.");
}

}  // namespace numpro
