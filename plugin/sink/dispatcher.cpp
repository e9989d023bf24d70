/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "dispatcher.h"

namespace numpro {

namespace {

// Scaled pictures between the streaming thread and the encoder: enough to smooth a burst.
constexpr std::size_t kMaxPictures = 8;

// How long a wait goes on before it looks whether it is still wanted.
constexpr std::chrono::milliseconds kPatience (20);

constexpr const char *kFlushed = "the stream was flushed or stopped";

std::string image_name (const GstNumproSample &sample)
{
  // The slot, not the number: it is not wrapped, and so does not come again.
  char name[32];
  g_snprintf (name, sizeof (name), "%06" G_GUINT64_FORMAT ".jpg", sample.slot);
  return name;
}

}  // namespace

Dispatcher::Dispatcher (const SinkSettings &settings, std::string stream, guint64 first_batch,
                        std::vector<std::unique_ptr<Outlet>> outlets, std::shared_ptr<Fate> fate,
                        Reporter &reporter)
    : fate_ (std::move (fate)),
      reporter_ (reporter),
      outlets_ (std::move (outlets)),
      has_bundles_ (!settings.location.empty ()),
      jobs_ (kMaxPictures),
      encoder_ (settings.jpeg_quality),
      window_ (settings.window, first_batch, std::move (stream)),
      worker_ ([this] { work (); })
{
}

Dispatcher::~Dispatcher ()
{
  stop ();
}

void Dispatcher::stop ()
{
  if (!worker_.joinable ())
    return;
  set_flushing (true);
  jobs_.shut ();
  worker_.join ();
  lose (window_.clear (), "stop", "the element was stopped");
  for (const std::unique_ptr<Outlet> &outlet : outlets_)
    outlet->inbox ().shut ();
}

std::unique_ptr<Picture> Dispatcher::take_picture ()
{
  std::lock_guard lock (pictures_mutex_);
  if (pictures_.empty ())
    return std::make_unique<Picture> ();
  std::unique_ptr<Picture> picture = std::move (pictures_.back ());
  pictures_.pop_back ();
  return picture;
}

void Dispatcher::return_picture (std::unique_ptr<Picture> picture)
{
  std::lock_guard lock (pictures_mutex_);
  if (pictures_.size () < kMaxPictures)
    pictures_.push_back (std::move (picture));
}

std::optional<Shot> Dispatcher::submit (Shot shot)
{
  // Where something may give way it is the new sample: what is queued is encoded soon.
  const bool waits = leak_ == Leak::kNone;
  std::optional<Job> refused = jobs_.push (std::move (shot), waits ? Leak::kNone : Leak::kUpstream);
  if (!refused)
    return std::nullopt;
  Shot back = std::move (std::get<Shot> (*refused));
  if (waits)
    return back;
  lose ({back.sample->number}, "overrun", "images are not encoded fast enough");
  return std::nullopt;
}

void Dispatcher::end_batch ()
{
  // Has its place in the queue whatever gives way there.
  while (jobs_.push (EndOfBatch (), Leak::kUpstream) && !jobs_.is_refusing ())
    jobs_.wait_until_idle (kPatience);
}

bool Dispatcher::drain (std::chrono::nanoseconds timeout, const std::function<bool ()> &cancelled)
{
  const auto deadline = std::chrono::steady_clock::now () + timeout;
  const auto idle = [&] (auto &inbox) {
    while (!inbox.wait_until_idle (kPatience)) {
      if (cancelled () || std::chrono::steady_clock::now () >= deadline)
        return false;
    }
    return true;
  };
  end_batch ();
  bool drained = idle (jobs_);
  for (const std::unique_ptr<Outlet> &outlet : outlets_) {
    if (outlet->drains_at_eos ())
      drained = idle (outlet->inbox ()) && drained;
    else
      outlet->inbox ().close ();
  }
  return drained;
}

void Dispatcher::flush ()
{
  set_flushing (true);
  // The worker may be at a sample still; it goes with the others.
  jobs_.wait_until_done ();
  lose (window_.clear (), "flush", kFlushed);
  set_flushing (false);
}

void Dispatcher::set_flushing (bool flushing)
{
  std::vector<guint64> numbers;
  for (const Job &job : jobs_.set_flushing (flushing)) {
    if (const Shot *shot = std::get_if<Shot> (&job))
      numbers.push_back (shot->sample->number);
  }
  lose (std::move (numbers), "flush", kFlushed);
  for (const std::unique_ptr<Outlet> &outlet : outlets_) {
    for (const TicketPtr &ticket : outlet->inbox ().set_flushing (flushing))
      reporter_.lost (Loss::of_batch (ticket->batch (), "flush", kFlushed));
  }
}

void Dispatcher::work ()
{
  while (std::optional<Job> job = jobs_.pop ()) {
    std::visit ([this] (auto &what) { perform (what); }, *job);
    jobs_.done ();
  }
}

void Dispatcher::perform (Shot &shot)
{
  BytesPtr jpeg = encoder_.encode (*shot.picture);
  if (!jpeg) {
    lose ({shot.sample->number}, "encode", "libjpeg-turbo could not make an image");
    return;
  }
  GstNumproSample &sample = *shot.sample;
  sample.image = g_strdup (image_name (sample).c_str ());
  sample.width = static_cast<guint> (shot.picture->width);
  sample.height = static_cast<guint> (shot.picture->height);
  return_picture (std::move (shot.picture));
  hand_out (window_.add ({std::move (shot.sample), std::move (jpeg), shot.look}));
}

void Dispatcher::perform (EndOfBatch &)
{
  hand_out (window_.finish ());
  // What was kept for an overlap, too.
  window_.clear ();
}

void Dispatcher::hand_out (std::vector<FormedBatch> batches)
{
  for (FormedBatch &formed : batches) {
    fate_->batch ();
    const auto ticket = std::make_shared<Ticket> (fate_, std::move (formed));
    for (const std::unique_ptr<Outlet> &outlet : outlets_) {
      if (outlet->wants_batches ())
        hand_to (*outlet, ticket);
    }
    if (!has_bundles_)
      reporter_.batch_ready (ticket->batch (), {});
  }
}

void Dispatcher::hand_to (Outlet &outlet, const TicketPtr &ticket)
{
  const std::optional<TicketPtr> displaced = outlet.inbox ().push (ticket, leak_);
  if (!displaced)
    return;
  GstNumproBatch *lost = (*displaced)->batch ();
  if (outlet.inbox ().is_refusing ())
    reporter_.lost (Loss::of_batch (lost, "flush", kFlushed));
  else
    reporter_.lost (Loss::of_batch (lost, "overrun", "batches are not taken fast enough"));
}

void Dispatcher::lose (std::vector<guint64> numbers, const char *reason, const char *sentence)
{
  if (numbers.empty ())
    return;
  fate_->dropped (numbers.size ());
  reporter_.lost ({reason, sentence, std::move (numbers)});
}

}  // namespace numpro
