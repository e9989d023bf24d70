/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modelserver.h"

#include <algorithm>
#include <map>

#include "lib/base/owned.h"
#include "modeldebug.h"
#include "transferloop.h"

namespace numpro {

namespace {

using Clock = ModelServer::Clock;

constexpr std::chrono::seconds kKeyRefusedFor (30);

// A key that worked may be refused now and then by one of many machines behind a name.
constexpr int kRefusalsOfGoodKey = 3;

// How long a request goes ahead of the next one. All know by then what its refusal says, such as
// how many images the server takes; a model that thinks for longer is not to be slow for all.
constexpr std::chrono::seconds kHeadStart (1);

bool is_busy (const HttpReply &reply)
{
  return reply.status == 429 || reply.status == 503;
}

}  // namespace

ModelServer::ModelServer () : key_refusals_ (kRefusalsOfGoodKey - 1) {}

std::shared_ptr<ModelServer> ModelServer::find (const ModelOptions &options)
{
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<ModelServer>> servers;

  // What is kept of a key tells nobody what it is.
  const std::string text =
      options.http.url + '\n' + options.chat.model + '\n' + options.http.bearer;
  const TextPtr name (g_compute_checksum_for_string (G_CHECKSUM_SHA256, text.c_str (), -1));
  std::lock_guard lock (mutex);
  std::erase_if (servers, [] (const auto &one) { return one.second.expired (); });
  std::weak_ptr<ModelServer> &known = servers[name.get ()];
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

Clock::time_point ModelServer::begin_request (TransferLoop &loop, Clock::time_point now)
{
  std::lock_guard lock (mutex_);
  // The first replies may be refusals that are the same for all, and each would cost all images of
  // a batch. So at first, and after the server was busy or refused the key, one request goes ahead.
  const Clock::time_point next = std::max (
      rests_until_, is_ready_ || under_way_ == 0 ? now : std::max (now, last_begin_ + kHeadStart));
  if (next > now) {
    waiting_.insert (&loop);
    return next;
  }
  waiting_.erase (&loop);
  ++under_way_;
  last_begin_ = now;
  return now;
}

void ModelServer::end_request (const HttpReply *reply, std::optional<Seconds> wait,
                               Clock::time_point now)
{
  std::lock_guard lock (mutex_);
  --under_way_;
  if (reply && reply->outcome == HttpReply::Outcome::kReply)
    is_ready_ = !is_busy (*reply) && !is_unauthorized (*reply);
  if (reply && wait && (is_busy (*reply) || reply->asked_wait)) {
    rests_until_ = std::max (rests_until_, now + std::chrono::ceil<Clock::duration> (*wait));
    GST_DEBUG ("the server is left alone for %.3g s", wait->count ());
  }
  for (TransferLoop *loop : waiting_)
    loop->wake ();
}

void ModelServer::forget (TransferLoop &loop)
{
  std::lock_guard lock (mutex_);
  waiting_.erase (&loop);
}

}  // namespace numpro
