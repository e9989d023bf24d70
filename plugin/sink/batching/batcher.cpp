/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "batcher.h"

#include "lib/base/threadname.h"
#include "plugin/sink/debug.h"

namespace numpro {

namespace {

// What comes later than anything before it is waited for a while.
constexpr GstClockTime kGrace = GST_SECOND;

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

void Batcher::begin_segment (const StreamEnd &stream_end, const std::function<bool ()> &cancelled)
{
  push_end (Boundary::kSegment, stream_end, cancelled);
}

void Batcher::look_at_clock ()
{
  // Takes no room, which samples need that all come when a live pipeline begins to play.
  jobs_.wake ();
}

bool Batcher::push_end (Boundary boundary, const StreamEnd &stream_end,
                        const std::function<bool ()> &cancelled)
{
  // The end must not give way to anything, nor make a sample give way.
  while (jobs_.push ({nullptr, boundary, stream_end}, LeakyType::kUpstream)) {
    if (jobs_.is_refusing () || cancelled ())
      return false;
    jobs_.wait_until_idle (kPollInterval);
  }
  return true;
}

bool Batcher::drain (const StreamEnd &stream_end, std::chrono::nanoseconds timeout,
                     const std::function<bool ()> &cancelled)
{
  const auto deadline = std::chrono::steady_clock::now () + timeout;
  const auto over = [&] { return cancelled () || std::chrono::steady_clock::now () >= deadline; };
  parts_.outlets.begin_drain ();
  bool drained = push_end (Boundary::kStream, stream_end, over);
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
    if (std::optional<Job> job = jobs_.pop (time_to_wait ())) {
      deal_with (std::move (*job));
      jobs_.done ();
    } else if (is_time_over ()) {
      // A job as others: what has come meanwhile goes before it, and a flush waits for it. Where
      // there is no room there is something to do first, and time is looked at afterwards.
      jobs_.push ({nullptr, Boundary::kClock}, LeakyType::kUpstream);
    }
    if (dropped_.time_to_tell () == std::chrono::nanoseconds::zero ())
      dropped_.tell ();
  }
}

std::optional<std::chrono::nanoseconds> Batcher::time_to_wait () const
{
  using std::chrono::nanoseconds;
  std::optional<nanoseconds> wait = dropped_.time_to_tell ();
  const GstClockTime now =
      GST_CLOCK_TIME_IS_VALID (due_) ? parts_.running_time () : GST_CLOCK_TIME_NONE;
  if (GST_CLOCK_TIME_IS_VALID (now)) {
    // Not less, as the clock may stand still; not more, so that it can be added to any time.
    const GstClockTime left = std::clamp<GstClockTime> (
        due_ - std::min (due_, now), nanoseconds (kPollInterval).count (), 3600 * GST_SECOND);
    const nanoseconds time (static_cast<gint64> (left));
    wait = wait ? std::min (*wait, time) : time;
  }
  return wait;
}

bool Batcher::is_time_over () const
{
  if (!GST_CLOCK_TIME_IS_VALID (due_))
    return false;
  const GstClockTime now = parts_.running_time ();
  return GST_CLOCK_TIME_IS_VALID (now) && now >= due_;
}

GstClockTime Batcher::due () const
{
  const GstClockTime latency = latency_;
  if (!GST_CLOCK_TIME_IS_VALID (latency))
    return GST_CLOCK_TIME_NONE;
  const GstClockTime due = window_.due (latency);
  return GST_CLOCK_TIME_IS_VALID (due) ? due + kGrace : due;
}

void Batcher::deal_with (Job job)
{
  if (job.frame) {
    take (std::move (job.frame));
  } else if (job.boundary != Boundary::kClock) {
    end_batch (job);
  } else if (is_time_over ()) {
    GST_DEBUG_ID (parts_.events->id (), "the time of a batch is over by the clock");
    hand_out (window_.close ());
  }
  due_ = due ();
}

void Batcher::take (std::unique_ptr<SampledFrame> frame)
{
  if (!make_images (*frame)) {
    drop_samples ({std::move (frame->account)}, parts_.events, GST_NUMPRO_LOSS_REASON_ENCODE,
                  "libjpeg-turbo could not make an image");
    return;
  }
  parts_.history.add (*frame);
  const guint64 number = frame->sample->number;
  std::vector<Group> groups = window_.add (std::move (frame));
  if (window_.parting () != Parting::kNone)
    GST_DEBUG_ID (parts_.events->id (), "a batch ends before number %" G_GUINT64_FORMAT ": %s",
                  number, text_of (window_.parting ()));
  hand_out (std::move (groups));
}

void Batcher::end_batch (const Job &end)
{
  dropped_.tell ();
  hand_out (window_.finish (), end.stream_end);
  if (end.boundary == Boundary::kSegment)
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

BatchPtr Batcher::build (const Group &group, const StreamEnd &stream_end)
{
  return sheets_ ? parts_.builder.build_with_sheets (group, *sheets_, encoder_, stream_end)
                 : parts_.builder.build_with_frames (group, stream_end);
}

void Batcher::hand_out (std::vector<Group> groups, const StreamEnd &stream_end)
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
