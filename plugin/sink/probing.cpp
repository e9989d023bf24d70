/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probing.h"

#include <utility>

#include "lib/base/threadname.h"
#include "plugin/sink/outlets/modeloutlet.h"

namespace numpro {

Probing::Probing (const StartSettings &settings, std::shared_ptr<Accounting> accounting,
                  EventsPtr events, std::function<void ()> release)
    : settings_ (settings),
      accounting_ (std::move (accounting)),
      events_ (std::move (events)),
      release_ (std::move (release)),
      model_options_ (settings.ask.is_asked () ? settings.ask.model_options () : ModelOptions ()),
      is_due_ (settings.ask.probes_first ())
{
  // That of a ledger of which nothing else is known.
  const LedgerPtr ledger (gst_numpro_ledger_new (0));
  look_ = *gst_numpro_ledger_get_look (ledger.get ());
}

Probing::~Probing ()
{
  stop ();
}

void Probing::note_sample (const GstNumproLook &look, int width, int height)
{
  std::lock_guard lock (mutex_);
  // The pictures of a probe show numbers, whatever the frames do.
  if (look.stamp != GST_NUMPRO_STAMP_NONE)
    look_ = look;
  look_.stamp = GST_NUMPRO_STAMP_NUMBER;
  width_ = width;
  height_ = height;
  if (is_due_)
    begin_locked ();
}

void Probing::begin_at_start ()
{
  std::lock_guard lock (mutex_);
  if (is_due_)
    begin_locked ();
}

bool Probing::begin ()
{
  std::lock_guard lock (mutex_);
  if (!settings_.ask.is_asked () || is_running_ || is_stopped_)
    return false;
  begin_locked ();
  return true;
}

// The one that is due at the start is the first that there is.
void Probing::begin_locked ()
{
  if (is_running_ || is_stopped_)
    return;
  // It has ended, but for its last step.
  if (thread_.joinable ())
    thread_.join ();
  is_running_ = true;
  is_due_ = false;
  probe_ = std::make_unique<ServerProbe> (
      model_options_, settings_.ask.answer_format == GST_NUMPRO_ANSWER_FORMAT_JSON,
      [accounting = accounting_] (const SentRequest &sent) {
        accounting->count ([&sent] (Counts &counts) {
          counts.bytes_sent += sent.bytes;
          counts.retries += sent.is_retry;
        });
      });
  thread_ = std::thread (
      [this, pictures = settings_.probe_pictures (look_, width_, height_)] { run (pictures); });
}

void Probing::run (const ProbePictures &pictures)
{
  name_thread ("numpro-probe");
  tell (probe_->run (pictures));
  release_ ();
  std::unique_lock lock (mutex_);
  is_running_ = false;
  lock.unlock ();
  over_.notify_all ();
}

bool Probing::wait (std::chrono::nanoseconds timeout)
{
  std::unique_lock lock (mutex_);
  return over_.wait_for (lock, timeout, [&] { return !is_running_; });
}

void Probing::tell (const ProbeResult &result) const
{
  for (const Adaptation &news : result.news)
    events_->tell (Adapted{news.sentence ()});
  if (result.probe) {
    events_->tell (Probed{result.probe.get ()});
    return;
  }
  const LossReason reason =
      result.failure ? reason_of (*result.failure) : GST_NUMPRO_LOSS_REASON_ENCODE;
  events_->tell (ProbeFailed{reason,
                             result.failure == AskFailure::kCancelled ? kFlushed : result.problem,
                             kProbeQuestion});
}

void Probing::stop ()
{
  std::unique_lock lock (mutex_);
  is_stopped_ = true;
  if (is_running_)
    probe_->cancel ();
  lock.unlock ();
  if (thread_.joinable ())
    thread_.join ();
}

}  // namespace numpro
