/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modelserver.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "lib/base/boundedqueue.h"
#include "modeldebug.h"

namespace numpro {

namespace {

using Clock = ModelServer::Clock;

constexpr std::chrono::seconds kKeyRefusedFor (30);

// How long a request goes ahead of the next one. All know by then what its refusal says, such as
// how many images the server takes; a model that thinks for longer is not to be slow for all.
constexpr std::chrono::seconds kHeadStart (1);

}  // namespace

std::shared_ptr<ModelServer> ModelServer::find (const ModelOptions &options)
{
  static std::mutex mutex;
  using Key = std::tuple<std::string, std::string, std::string, std::vector<RequestHeader>>;
  static std::map<Key, std::weak_ptr<ModelServer>> servers;

  std::lock_guard lock (mutex);
  std::erase_if (servers, [] (const auto &one) { return one.second.expired (); });
  std::weak_ptr<ModelServer> &known =
      servers[{options.http.url, options.chat.model, options.http.bearer, options.http.headers}];
  std::shared_ptr<ModelServer> server = known.lock ();
  if (!server)
    known = server = std::make_shared<ModelServer> ();
  return server;
}

guint ModelServer::image_limit () const
{
  std::lock_guard lock (mutex_);
  return image_limit_;
}

void ModelServer::learn_image_limit (guint limit)
{
  GST_DEBUG ("the server takes %u images in a request", limit);
  std::lock_guard lock (mutex_);
  image_limit_ = std::min (image_limit_, limit);
}

ResponseFormat ModelServer::format () const
{
  std::lock_guard lock (mutex_);
  return format_;
}

void ModelServer::learn_format (ResponseFormat format)
{
  GST_DEBUG ("answers are asked for %s", words_for (format));
  std::lock_guard lock (mutex_);
  format_ = std::max (format_, format);
}

std::vector<Adaptation> ModelServer::take_news (guint images, guint parts)
{
  std::vector<Adaptation> news;
  std::lock_guard lock (mutex_);
  if (parts > 0 && image_limit_ != std::exchange (told_image_limit_, image_limit_))
    news.push_back ({.kind = Adaptation::Kind::kParts,
                     .image_limit = image_limit_,
                     .images = images,
                     .parts = parts});
  if (format_ != std::exchange (told_format_, format_))
    news.push_back ({.kind = Adaptation::Kind::kFormat, .format = format_});
  return news;
}

std::optional<std::string> ModelServer::key_refusal (Clock::time_point now) const
{
  std::lock_guard lock (mutex_);
  return now < key_refused_until_ ? std::optional (key_refusal_) : std::nullopt;
}

void ModelServer::refuse_key (const std::string &problem, Clock::time_point now)
{
  std::lock_guard lock (mutex_);
  if (++key_refusals_ < kRefusalsOfGoodKey)
    return;
  GST_DEBUG ("the server refuses the key, which is not shown to it for %d s",
             static_cast<int> (kKeyRefusedFor.count ()));
  key_refusal_ = problem;
  key_refused_until_ = now + kKeyRefusedFor;
}

void ModelServer::accept_key ()
{
  std::lock_guard lock (mutex_);
  key_refusals_ = 0;
  key_refused_until_ = {};
}

// The first replies may be refusals that are the same for all, and each would cost all images of a
// batch. So at first, and after the server was busy or refused the key, one request goes ahead.
Clock::time_point ModelServer::begin_request (Clock::time_point now)
{
  std::lock_guard lock (mutex_);
  if (rests_until_ > now)
    return rests_until_;
  if (head_start_until_ > now)
    return std::min (head_start_until_, now + kPollInterval);
  if (!is_ready_)
    head_start_until_ = now + kHeadStart;
  return now;
}

void ModelServer::end_request (const HttpReply &reply, Seconds wait, bool adapts,
                               Clock::time_point now)
{
  std::lock_guard lock (mutex_);
  head_start_until_ = {};
  const bool is_busy = reply.status == 429 || reply.status == 503;
  if (reply.outcome == HttpReply::Outcome::kReply)
    is_ready_ = !is_busy && !adapts && !reply.refuses_key ();
  if (wait > Seconds (0) && (is_busy || reply.asked_wait)) {
    rests_until_ = std::max (rests_until_, now + std::chrono::ceil<Clock::duration> (wait));
    GST_DEBUG ("the server is left alone for %.3g s", wait.count ());
  }
}

}  // namespace numpro
