/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "batchbuilder.h"
#include "history.h"
#include "lib/base/boundedqueue.h"
#include "lib/picture/jpegencoder.h"
#include "lib/picture/tonemapper.h"
#include "lib/picture/turner.h"
#include "outletset.h"
#include "plugin/sink/sampling/picturepool.h"
#include "window.h"

namespace numpro {

/** How samples become images and batches. */
struct BatcherOptions {
  WindowOptions window;
  gint jpeg_quality;
  std::optional<SheetOptions> sheets; /**< none: each sample has an image of its own */
};

/** What a batcher works with; all of it outlives the batcher. */
struct BatcherParts {
  BatchBuilder &builder;
  History &history;
  PicturePool &pictures;
  OutletSet &outlets;
  EventsPtr events;
  std::shared_ptr<Accounting> accounting;
  /** What is to be asked about a batch that is formed now. Called on the batcher's thread. */
  std::function<std::vector<PromptPtr> ()> prompts;
  /** The running time now, by the pipeline's clock; GST_CLOCK_TIME_NONE while that does not run.
   *  Called on the batcher's thread. */
  std::function<GstClockTime ()> running_time;
};

/**
 * Takes samples from the streaming thread, makes images and batches of them on a thread of its own,
 * and hands the batches to the outlets.
 */
class Batcher
{
 public:
  Batcher (const BatcherOptions &options, BatcherParts parts);
  ~Batcher ();
  Batcher (const Batcher &) = delete;
  Batcher &operator= (const Batcher &) = delete;

  /** What gives way from now on; not kAuto. */
  void set_leaky (LeakyType leaky) { leaky_ = leaky; }

  /**
   * Samples come when their time has come: a batch ends when its time is over by the clock, too.
   *
   * @param latency how late they come at most, in ns; none where they come whenever they are taken
   */
  void set_live (std::optional<GstClockTime> latency)
  {
    latency_ = latency.value_or (GST_CLOCK_TIME_NONE);
  }

  /** The clock runs again. */
  void look_at_clock ();

  /**
   * Takes a sample with its picture and its account. Waits only where nothing may give way and
   * there is no room.
   *
   * @return null; the sample, when waiting was interrupted, and while flushing
   */
  std::unique_ptr<SampledFrame> submit (std::unique_ptr<SampledFrame> frame);

  bool is_interrupted () const { return jobs_.is_interrupted (); }

  /** While interrupted submit() does not wait. */
  void set_interrupted (bool interrupted) { jobs_.set_interrupted (interrupted); }

  /**
   * What comes next does not follow what was: the batch ends here, and history begins. Waits while
   * there is no room to say so.
   *
   * @param stream_end as that of settle_times()
   * @param cancelled asked now and then; ends the wait
   */
  void begin_segment (const StreamEnd &stream_end, const std::function<bool ()> &cancelled);

  /**
   * Ends the batch, and waits until the outlets have taken all there is.
   *
   * @param stream_end as that of settle_times()
   * @param cancelled asked now and then; ends the wait
   * @return whether they have
   */
  bool drain (const StreamEnd &stream_end, std::chrono::nanoseconds timeout,
              const std::function<bool ()> &cancelled);

  /** Lets go of all samples and batches that are under way; they are lost. */
  void flush ();

  /** Lets go of everything, for good. */
  void stop ();

 private:
  enum class Boundary { kStream, kSegment, kClock };
  struct Job {
    std::unique_ptr<SampledFrame> frame;    // none: the batch ends here
    Boundary boundary = Boundary::kStream;  // why
    StreamEnd stream_end;
  };

  void work ();
  std::optional<std::chrono::nanoseconds> time_to_wait () const;
  bool is_time_over () const;
  GstClockTime due () const;
  void deal_with (Job job);
  void take (std::unique_ptr<SampledFrame> frame);
  void end_batch (const Job &end);
  bool make_images (SampledFrame &frame);
  bool push_end (Boundary boundary, const StreamEnd &stream_end,
                 const std::function<bool ()> &cancelled);
  BatchPtr build (const Group &group, const StreamEnd &stream_end);
  void hand_out (std::vector<Group> groups, const StreamEnd &stream_end = {});
  void start_flush ();
  void clear_window (LossReason reason, const char *sentence);

  const BatcherParts parts_;
  const std::optional<SheetOptions> sheets_;
  std::atomic<LeakyType> leaky_ = LeakyType::kNone;
  std::atomic<GstClockTime> latency_ = GST_CLOCK_TIME_NONE;
  DroppedSamples dropped_;
  BoundedQueue<Job> jobs_;
  ToneMapper tone_mapper_;  // the worker's, as the next two
  Turner turner_;
  JpegEncoder encoder_;
  Window window_;  // the worker's, and whoever's while it has nothing to do
  GstClockTime due_ = GST_CLOCK_TIME_NONE;  // the worker's: when the batch ends by the clock
  std::thread worker_;
};

}  // namespace numpro
