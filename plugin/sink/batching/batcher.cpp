/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batcher.h"

#include "lib/base/threadname.h"
#include "plugin/sink/debug.h"

namespace numpro {

namespace {

std::vector<SampleAccountPtr> accounts_of (const Group &group)
{
  std::vector<SampleAccountPtr> accounts;
  for (const SampledFramePtr &frame : group)
    accounts.push_back (frame->account);
  return accounts;
}

}  // namespace

Batcher::Batcher (const BatcherOptions &options, BatcherParts parts)
    : parts_ (std::move (parts)),
      sheets_ (options.sheets),
      dropped_ (parts_.events),
      jobs_ (PicturePool::kCapacity),
      encoder_ (options.jpeg_quality),
      window_ (options.window),
      worker_ ([this] { work (); })
{
}

Batcher::~Batcher ()
{
  stop ();
}

void Batcher::stop ()
{
  if (!worker_.joinable ())
    return;
  start_flush ();
  jobs_.shut ();
  worker_.join ();
  dropped_.tell ();
  clear_window (GST_NUMPRO_LOSS_REASON_STOP, "the element was stopped");
  parts_.outlets.stop ();
}

std::unique_ptr<SampledFrame> Batcher::submit (std::unique_ptr<SampledFrame> frame)
{
  // Where something may give way it is the new sample: what is queued is encoded soon.
  const bool waits = leaky_ == LeakyType::kNone;
  std::optional<Job> refused =
      jobs_.push ({std::move (frame)}, waits ? LeakyType::kNone : LeakyType::kUpstream);
  if (!refused)
    return nullptr;
  if (waits || jobs_.is_refusing ())
    return std::move (refused->frame);
  dropped_.add (std::move (refused->frame->account));
  return nullptr;
}

void Batcher::begin_segment (GstClockTime stream_end, const std::function<bool ()> &cancelled)
{
  push_end (true, stream_end, cancelled);
}

bool Batcher::push_end (bool ends_history, GstClockTime stream_end,
                        const std::function<bool ()> &cancelled)
{
  // The end must not give way to anything, nor make a sample give way.
  while (jobs_.push ({nullptr, ends_history, stream_end}, LeakyType::kUpstream)) {
    if (jobs_.is_refusing () || cancelled ())
      return false;
    jobs_.wait_until_idle (kPollInterval);
  }
  return true;
}

bool Batcher::drain (GstClockTime stream_end, std::chrono::nanoseconds timeout,
                     const std::function<bool ()> &cancelled)
{
  const auto deadline = std::chrono::steady_clock::now () + timeout;
  const auto over = [&] { return cancelled () || std::chrono::steady_clock::now () >= deadline; };
  parts_.outlets.begin_drain ();
  bool drained = push_end (false, stream_end, over);
  while (drained && !jobs_.wait_until_idle (kPollInterval))
    drained = !over ();
  return parts_.outlets.drain (over) && drained;
}

void Batcher::flush ()
{
  GST_DEBUG_ID (parts_.events->id (), "flushing");
  start_flush ();
  // The worker may be at a sample still; it goes with the others.
  jobs_.wait_until_done ();
  dropped_.tell ();
  clear_window (GST_NUMPRO_LOSS_REASON_FLUSH, kFlushed);
  parts_.history.clear ();
  jobs_.stop_flush ();
  parts_.outlets.stop_flush ();
}

void Batcher::start_flush ()
{
  std::vector<SampleAccountPtr> accounts;
  for (const Job &job : jobs_.start_flush ()) {
    if (job.frame)
      accounts.push_back (std::move (job.frame->account));
  }
  drop_samples (std::move (accounts), parts_.events, GST_NUMPRO_LOSS_REASON_FLUSH, kFlushed);
  parts_.outlets.start_flush ();
}

void Batcher::clear_window (LossReason reason, const char *sentence)
{
  drop_samples (accounts_of (window_.clear ()), parts_.events, reason, sentence);
}

void Batcher::work ()
{
  name_thread ("numpro-batcher");
  while (!jobs_.is_shut ()) {
    if (std::optional<Job> job = jobs_.pop (dropped_.time_to_tell ())) {
      if (job->frame)
        take (std::move (job->frame));
      else
        end_batch (*job);
      jobs_.done ();
    }
    if (dropped_.time_to_tell () == std::chrono::nanoseconds::zero ())
      dropped_.tell ();
  }
}

void Batcher::take (std::unique_ptr<SampledFrame> frame)
{
  if (!make_images (*frame)) {
    drop_samples ({std::move (frame->account)}, parts_.events, GST_NUMPRO_LOSS_REASON_ENCODE,
                  "libjpeg-turbo could not make an image");
    return;
  }
  parts_.history.add (*frame);
  hand_out (window_.add (std::move (frame)));
}

void Batcher::end_batch (const Job &end)
{
  dropped_.tell ();
  hand_out (window_.finish (), end.stream_end);
  if (end.ends_history)
    parts_.history.clear ();
  else
    parts_.history.set_stream_end (end.stream_end);
}

bool Batcher::make_images (SampledFrame &frame)
{
  tone_mapper_.map (*frame.picture);
  turner_.turn (*frame.picture);
  frame.sample->width = static_cast<guint> (frame.picture->width);
  frame.sample->height = static_cast<guint> (frame.picture->height);
  convert_to_jfif (*frame.picture);
  if (!sheets_ || parts_.history.is_kept ()) {
    frame.jpeg = encoder_.encode (*frame.picture);
    if (!frame.jpeg)
      return false;
  }
  if (!sheets_)
    parts_.pictures.give_back (std::move (frame.picture));
  return true;
}

BatchPtr Batcher::build (const Group &group, GstClockTime stream_end)
{
  return sheets_ ? parts_.builder.build_with_sheets (group, *sheets_, encoder_, stream_end)
                 : parts_.builder.build_with_frames (group, stream_end);
}

void Batcher::hand_out (std::vector<Group> groups, GstClockTime stream_end)
{
  for (Group &group : groups) {
    BatchPtr batch = build (group, stream_end);
    std::vector<SampleAccountPtr> accounts = accounts_of (std::exchange (group, {}));
    if (!batch) {
      drop_samples (std::move (accounts), parts_.events, GST_NUMPRO_LOSS_REASON_ENCODE,
                    "libjpeg-turbo could not make a sheet");
      continue;
    }
    GST_DEBUG_ID (parts_.events->id (), "batch %" G_GUINT64_FORMAT ": %" G_GSIZE_FORMAT " samples",
                  gst_numpro_ledger_get_batch (gst_numpro_batch_get_ledger (batch.get ())),
                  accounts.size ());
    parts_.accounting->count ([] (Counts &counts) { ++counts.batches; });
    parts_.outlets.hand_out (
        std::make_shared<OutgoingBatch> (parts_.accounting, std::move (batch), parts_.prompts (),
                                         std::move (accounts)),
        leaky_);
  }
}

}  // namespace numpro
