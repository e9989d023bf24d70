/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "run.h"

#include "plugin/sink/events/answersignal.h"
#include "plugin/sink/events/busmessages.h"
#include "plugin/sink/events/errorpolicy.h"
#include "plugin/sink/outlets/diskoutlet.h"
#include "plugin/sink/outlets/signaloutlet.h"

namespace numpro {

Run::Run (const Element &element, const StartSettings &settings_now, GstNumproBundleDir *dir)
    : settings (settings_now),
      live_settings_ (element.live_settings),
      events_ (
          std::make_shared<Events> (GST_OBJECT_NAME (element.element), make_listeners (element))),
      builder_ (dir ? gst_numpro_bundle_dir_get_next_batch (dir) : 0),
      history_ (settings.history, settings.window.max_gap),
      outlets_ (make_outlets (element, dir), events_),
      probing_ (settings, accounting, events_,
                [this] {
                  if (model_outlet_)
                    model_outlet_->release ();
                }),
      time_warnings (element.element),
      sampler (Sampler (settings.sample_rate.n, settings.sample_rate.d), settings.max_edge,
               settings.ask.image_label == GST_NUMPRO_IMAGE_LABEL_NUMBER, pictures_),
      batcher (
          settings.batcher_options (),
          {builder_, history_, pictures_, outlets_, events_, accounting,
           [this] { return live_settings_ ().make_prompts (settings.ask); }, element.running_time})
{
}

std::vector<std::unique_ptr<Listener>> Run::make_listeners (const Element &element)
{
  std::vector<std::unique_ptr<Listener>> listeners;
  listeners.push_back (std::make_unique<BusMessages> (element.element));
  listeners.push_back (std::make_unique<ErrorPolicy> (element.element, settings.on_error, failed_));
  if (settings.emit_signals)
    listeners.push_back (std::make_unique<AnswerSignal> (element.element, element.new_answer));
  return listeners;
}

std::vector<std::unique_ptr<Outlet>> Run::make_outlets (const Element &element,
                                                        GstNumproBundleDir *dir)
{
  const guint capacity = settings.max_batches;
  std::vector<std::unique_ptr<Outlet>> outlets;
  if (dir)
    outlets.push_back (std::make_unique<DiskOutlet> (capacity, dir, settings.max_bundles, events_));
  if (settings.emit_signals)
    outlets.push_back (std::make_unique<SignalOutlet> (
        capacity,
        [sink = element.element, signal = element.new_batch] (GstNumproBatch *batch) {
          g_signal_emit (sink, signal, 0, batch);
        },
        events_));
  if (settings.ask.is_asked ()) {
    auto model =
        std::make_unique<ModelOutlet> (capacity, settings.ask.model_options (), accounting, dir,
                                       settings.ask.resume, events_, settings.ask.probes_first ());
    model_outlet_ = model.get ();
    outlets.push_back (std::move (model));
  }
  auto pull = std::make_unique<PullOutlet> (capacity, outlets.empty (), events_);
  pull_outlet_ = pull.get ();
  outlets.push_back (std::move (pull));
  return outlets;
}

void Run::set_info (const GstVideoInfo &info, double peak, std::optional<GstClockTime> live_latency)
{
  time_warnings.set_live (live_latency.has_value ());
  batcher.set_live (live_latency);
  batcher.set_leaky (settings.leaky_type != LeakyType::kAuto ? settings.leaky_type
                     : live_latency                          ? LeakyType::kDownstream
                                                             : LeakyType::kNone);
  sampler.set_info (info, peak);
  picture_problem_.reset ();
}

bool Run::note_orientation (GstPad *pad, GstEvent *event)
{
  if (!orientation_.note (pad, event))
    return false;
  sampler.set_orientation (orientation_.now ());
  picture_problem_.reset ();
  return true;
}

// Not when caps come: how frames lie is told after them.
const std::string &Run::picture_problem ()
{
  if (!picture_problem_)
    picture_problem_ =
        settings.layout == Layout::kGrid
            ? sheet_problem (settings.sheet, sampler.picture_width (), sampler.picture_height ())
            : std::string ();
  return *picture_problem_;
}

std::unique_ptr<SampledFrame> Run::submit (std::unique_ptr<SampledFrame> frame)
{
  if (!frame->account) {
    for (const Unreadable &news : sampler.take_news ())
      events_->tell (NumbersUnreadable{news.nick (), news.sentence ()});
    probing_.note_sample (frame->look, sampler.picture_width (), sampler.picture_height ());
    frame->account = std::make_shared<SampleAccount> (accounting, frame->sample->number);
  }
  return batcher.submit (std::move (frame));
}

void Run::begin_segment (const std::function<bool ()> &over)
{
  batcher.begin_segment (sampler.stream_end (), over);
  sampler.reset ();
}

bool Run::drain (std::chrono::nanoseconds timeout, const std::function<bool ()> &over)
{
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end = Clock::now () + timeout;
  probing_.begin_at_start ();
  const bool drained = batcher.drain (sampler.stream_end (), timeout, over);
  while (!probing_.wait (kPollInterval)) {
    if (over () || Clock::now () >= end)
      return false;
  }
  return drained;
}

void Run::stop ()
{
  probing_.stop ();
  batcher.stop ();
}

void Run::drop (std::unique_ptr<SampledFrame> frame)
{
  drop_samples ({std::move (frame->account)}, events_, GST_NUMPRO_LOSS_REASON_FLUSH, kFlushed);
}

BatchPtr Run::recall (GstClockTime from, GstClockTime to)
{
  const std::vector<SampledFramePtr> frames = history_.find (from, to);
  return frames.empty () ? nullptr : builder_.build_with_frames (frames, history_.stream_end ());
}

guint64 Run::ask (const std::string &question, GstClockTime from, GstClockTime to)
{
  BatchPtr batch = settings.ask.is_asked () ? recall (from, to) : nullptr;
  if (!batch)
    return G_MAXUINT64;
  std::vector<PromptPtr> prompts;
  prompts.push_back (settings.ask.make_prompt (live_settings_ ().task, question));
  auto asked = std::make_shared<OutgoingBatch> (accounting, std::move (batch), std::move (prompts));
  const guint64 number = asked->number ();
  outlets_.hand_out (std::move (asked), LeakyType::kUpstream);
  return number;
}

}  // namespace numpro
