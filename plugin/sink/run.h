/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/picture/streamorientation.h"
#include "plugin/sink/batching/batcher.h"
#include "plugin/sink/outlets/modeloutlet.h"
#include "plugin/sink/outlets/pulloutlet.h"
#include "plugin/sink/sampling/framesampler.h"
#include "plugin/sink/sampling/timewarnings.h"
#include "probing.h"
#include "settings.h"

namespace numpro {

/** What numprosink needs from READY to READY. */
class Run
{
 public:
  /** The element, as what it is made of sees it. */
  struct Element {
    GstElement *element;                          /**< outlives the run */
    guint new_batch, new_answer;                  /**< its signals, as GLib counts */
    std::function<LiveSettings ()> live_settings; /**< as they are now; called from any thread */
    std::function<GstClockTime ()> running_time;  /**< as BatcherParts wants it */
  };

  /** @param dir prepared; null where there is no location */
  Run (const Element &element, const StartSettings &settings_now, GstNumproBundleDir *dir);

  /**
   * The frames that come have this format.
   *
   * @param peak as content_peak()
   * @param live_latency how late they come at most, in ns; none where they wait until they are
   *   taken
   */
  void set_info (const GstVideoInfo &info, double peak, std::optional<GstClockTime> live_latency);

  /**
   * Takes note of how the frames that come lie.
   *
   * @param pad that the event came to
   * @return whether they lie in another way than before
   */
  bool note_orientation (GstPad *pad, GstEvent *event);

  /** Why no image has room for the pictures that frames become; empty if one has. */
  const std::string &picture_problem ();

  /** Whether a loss has ended the stream, and the application was told. */
  bool has_failed () const { return *failed_; }

  /** Counts the sample, and hands it to the batcher. @return it, if it could not be queued */
  std::unique_ptr<SampledFrame> submit (std::unique_ptr<SampledFrame> frame);

  /** A sample that was not queued is lost to a flush. */
  void drop (std::unique_ptr<SampledFrame> frame);

  /** As PullOutlet::pull(). May be called from any thread. */
  BatchPtr pull (std::optional<std::chrono::nanoseconds> time) { return pull_outlet_->pull (time); }

  /**
   * A batch of samples that were to be seen in the recent past, whatever became of their batches.
   * May be called from any thread.
   *
   * @param from, to stream time in ns
   * @return null when there are none
   */
  BatchPtr recall (GstClockTime from, GstClockTime to);

  /**
   * Asks about the recent past. May be called from any thread; does not wait.
   *
   * @return number of the batch that is asked about; G_MAXUINT64 where nobody is asked, or there is
   * nothing to be seen
   */
  guint64 ask (const std::string &question, GstClockTime from, GstClockTime to);

  /** Finds out what reaches the model. As Probing::begin(). */
  bool probe () { return probing_.begin (); }

  /** What comes next does not follow what was. As Batcher::begin_segment(). */
  void begin_segment (const std::function<bool ()> &over);

  /**
   * The stream has ended: waits until the probes are over, and all batches are taken.
   *
   * @param over whether to give up waiting
   * @return whether it came to that in time
   */
  bool drain (std::chrono::nanoseconds timeout, const std::function<bool ()> &over);

  /** Stops everything. */
  void stop ();

  const StartSettings settings;
  const std::shared_ptr<Accounting> accounting = std::make_shared<Accounting> ();

 private:
  std::vector<std::unique_ptr<Listener>> make_listeners (const Element &element);
  std::vector<std::unique_ptr<Outlet>> make_outlets (const Element &element,
                                                     GstNumproBundleDir *dir);

  const std::function<LiveSettings ()> live_settings_;
  const std::shared_ptr<std::atomic<bool>> failed_ = std::make_shared<std::atomic<bool>> (false);
  const EventsPtr events_;
  PicturePool pictures_;
  BatchBuilder builder_;
  History history_;
  PullOutlet *pull_outlet_ = nullptr;    // one of the outlets
  ModelOutlet *model_outlet_ = nullptr;  // one of the outlets, where a model is asked
  OutletSet outlets_;
  Probing probing_;
  StreamOrientation orientation_;
  std::optional<std::string> picture_problem_;  // of the frames that come

 public:
  TimeWarnings time_warnings;
  FrameSampler sampler;
  bool has_segment = false; /**< whether the stream has begun since the start or a flush */
  Batcher batcher;
};

}  // namespace numpro
