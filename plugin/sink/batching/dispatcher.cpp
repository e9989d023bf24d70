/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "dispatcher.h"

namespace numpro {

namespace {

// Scaled pictures between the streaming thread and the encoder: enough to smooth a burst.
constexpr std::size_t kMaxPictures = 8;

Stakes stakes_of (const Group &group)
{
  Stakes stakes;
  for (const ExposurePtr &exposure : group)
    stakes.push_back (exposure->stake);
  return stakes;
}

}  // namespace

Dispatcher::Dispatcher (const SinkSettings &settings, guint64 first_batch,
                        std::vector<std::unique_ptr<Outlet>> outlets, std::shared_ptr<Fate> fate,
                        Reporter &reporter, Prompts prompts)
    : fate_ (std::move (fate)),
      reporter_ (reporter),
      distributor_ (std::move (outlets), fate_, reporter),
      prompts_ (std::move (prompts)),
      sheets_ (settings.layout == Layout::kGrid ? std::optional (settings.sheet) : std::nullopt),
      history_ (settings.history),
      binder_ (first_batch),
      jobs_ (kMaxPictures),
      encoder_ (settings.jpeg_quality),
      window_ (settings.window),
      custody_ (fate_, settings.window.overlap),
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
  tell_overruns ();
  lose (window_.clear (), "stop", "the element was stopped");
  lose_overlap ();
  distributor_.stop ();
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

std::unique_ptr<Exposure> Dispatcher::submit (std::unique_ptr<Exposure> exposure)
{
  // Where something may give way it is the new sample: what is queued is encoded soon.
  const bool waits = leak_ == Leak::kNone;
  std::optional<Job> refused =
      jobs_.push ({std::move (exposure)}, waits ? Leak::kNone : Leak::kUpstream);
  if (!refused)
    return nullptr;
  if (waits || jobs_.is_refusing ())
    return std::move (refused->exposure);
  fate_->dropped (1);
  overruns_.add (refused->exposure->sample->number);
  return nullptr;
}

void Dispatcher::begin_segment (const std::function<bool ()> &cancelled)
{
  push_end (true, cancelled);
}

bool Dispatcher::push_end (bool ends_history, const std::function<bool ()> &cancelled)
{
  // Has its place in the queue whatever gives way there.
  while (jobs_.push ({nullptr, ends_history}, Leak::kUpstream)) {
    if (jobs_.is_refusing () || cancelled ())
      return false;
    jobs_.wait_until_idle (kPollInterval);
  }
  return true;
}

bool Dispatcher::drain (std::chrono::nanoseconds timeout, const std::function<bool ()> &cancelled)
{
  const auto deadline = std::chrono::steady_clock::now () + timeout;
  const auto over = [&] { return cancelled () || std::chrono::steady_clock::now () >= deadline; };
  bool drained = push_end (false, over);
  while (drained && !jobs_.wait_until_idle (kPollInterval))
    drained = !over ();
  return distributor_.drain (over) && drained;
}

void Dispatcher::flush ()
{
  set_flushing (true);
  // The worker may be at a sample still; it goes with the others.
  jobs_.wait_until_done ();
  tell_overruns ();
  lose (window_.clear (), "flush", kFlushed);
  lose_overlap ();
  history_.clear ();
  set_flushing (false);
}

void Dispatcher::set_flushing (bool flushing)
{
  std::vector<guint64> numbers;
  for (const Job &job : jobs_.set_flushing (flushing)) {
    if (job.exposure)
      numbers.push_back (job.exposure->sample->number);
  }
  lose (std::move (numbers), "flush", kFlushed);
  distributor_.set_flushing (flushing);
}

void Dispatcher::work ()
{
  while (!jobs_.is_shut ()) {
    if (std::optional<Job> job = jobs_.pop (overruns_.time_to_tell ())) {
      if (job->exposure)
        take (std::move (job->exposure));
      else
        end_batch (job->ends_history);
      jobs_.done ();
    }
    if (overruns_.time_to_tell () == std::chrono::nanoseconds::zero ())
      tell_overruns ();
  }
}

void Dispatcher::take (std::unique_ptr<Exposure> exposure)
{
  if (!make_images (*exposure)) {
    lose ({exposure->sample->number}, "encode", "libjpeg-turbo could not make an image");
    return;
  }
  exposure->stake = std::make_shared<Stake> (exposure->sample->number);
  const ExposurePtr finished = std::move (exposure);
  remember (finished);
  hand_out (window_.add (finished));
}

void Dispatcher::end_batch (bool ends_history)
{
  tell_overruns ();
  hand_out (window_.finish ());
  lose_overlap ();
  if (ends_history)
    history_.clear ();
}

bool Dispatcher::make_images (Exposure &exposure)
{
  exposure.sample->width = static_cast<guint> (exposure.picture->width);
  exposure.sample->height = static_cast<guint> (exposure.picture->height);
  convert_to_jfif (*exposure.picture);
  if (!sheets_ || history_.is_kept ()) {
    exposure.jpeg = encoder_.encode (*exposure.picture);
    if (!exposure.jpeg)
      return false;
  }
  if (!sheets_)
    return_picture (std::move (exposure.picture));
  return true;
}

void Dispatcher::remember (const ExposurePtr &exposure)
{
  if (!exposure->picture) {
    history_.add (exposure);
    return;
  }
  if (!history_.is_kept ())
    return;
  // Pictures are large: history has the image alone.
  auto light = std::make_shared<Exposure> ();
  light->sample.reset (gst_numpro_sample_copy (exposure->sample.get ()));
  light->look = exposure->look;
  light->jpeg.reset (g_bytes_ref (exposure->jpeg.get ()));
  history_.add (std::move (light));
}

BatchPtr Dispatcher::recall (GstClockTime from, GstClockTime to)
{
  const std::vector<ExposurePtr> exposures = history_.find (from, to);
  return exposures.empty () ? nullptr : binder_.bind_frames (exposures);
}

BatchPtr Dispatcher::bind (const Group &group)
{
  return sheets_ ? binder_.bind_sheets (group, *sheets_, encoder_) : binder_.bind_frames (group);
}

void Dispatcher::hand_out (const std::vector<Group> &groups)
{
  for (const Group &group : groups) {
    const Stakes stakes = stakes_of (group);
    if (BatchPtr batch = bind (group)) {
      hand_out (std::move (batch), stakes);
      continue;
    }
    fate_->hold (stakes);
    tell (custody_.keep (stakes));
    tell (fate_->release (
        stakes, std::make_shared<Loss> ("encode", "libjpeg-turbo could not make a sheet")));
  }
}

void Dispatcher::hand_out (BatchPtr batch, const Stakes &stakes)
{
  fate_->batch ();
  Distributor::Tickets tickets = distributor_.make_tickets (
      std::make_shared<Dossier> (std::move (batch), prompts_ ()), stakes);
  tell (custody_.keep (stakes));
  distributor_.hand_out (std::move (tickets));
}

std::optional<guint64> Dispatcher::ask (PromptPtr prompt, GstClockTime from, GstClockTime to)
{
  BatchPtr batch = recall (from, to);
  if (!batch)
    return std::nullopt;
  std::vector<PromptPtr> prompts;
  prompts.push_back (std::move (prompt));
  const auto dossier = std::make_shared<Dossier> (std::move (batch), std::move (prompts));
  distributor_.ask (dossier);
  return dossier->number ();
}

void Dispatcher::set_leak (Leak leak)
{
  leak_ = leak;
  distributor_.set_leak (leak);
}

void Dispatcher::lose (std::vector<guint64> numbers, const char *reason, const char *sentence)
{
  if (numbers.empty ())
    return;
  fate_->dropped (numbers.size ());
  reporter_.lost ({reason, sentence, std::move (numbers)});
}

void Dispatcher::lose_overlap ()
{
  tell (custody_.let_go ());
}

void Dispatcher::tell (const std::vector<Loss> &losses)
{
  for (const Loss &loss : losses)
    reporter_.lost (loss);
}

void Dispatcher::tell_overruns ()
{
  if (std::vector<guint64> numbers = overruns_.take (); !numbers.empty ())
    reporter_.lost ({"overrun", "images are not encoded fast enough", std::move (numbers)});
}

}  // namespace numpro
