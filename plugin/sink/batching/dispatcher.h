/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "binder.h"
#include "custody.h"
#include "distributor.h"
#include "plugin/sink/sampling/exposure.h"
#include "fate.h"
#include "history.h"
#include "lib/base/inbox.h"
#include "lib/picture/jpegencoder.h"
#include "plugin/sink/outlets/app.h"
#include "plugin/sink/outlets/outlet.h"
#include "overruns.h"
#include "lib/picture/picture.h"
#include "plugin/sink/events/reporter.h"
#include "plugin/sink/settings.h"
#include "window.h"

namespace numpro {

/**
 * Takes samples from the streaming thread, makes images and batches of them on a thread of its own,
 * and hands the batches to the outlets.
 */
class Dispatcher
{
 public:
  /** What is to be asked about a batch that is formed now. */
  using Prompts = std::function<std::vector<PromptPtr> ()>;

  /**
   * @param reporter and fate outlive the dispatcher
   * @param outlets where batches go
   * @param first_batch number of the first batch
   * @param prompts called on the dispatcher's thread
   */
  Dispatcher (
      const SinkSettings &settings, guint64 first_batch,
      std::vector<std::unique_ptr<Outlet>> outlets, std::shared_ptr<Fate> fate, Reporter &reporter,
      Prompts prompts = [] { return std::vector<PromptPtr> (); });
  ~Dispatcher ();
  Dispatcher (const Dispatcher &) = delete;
  Dispatcher &operator= (const Dispatcher &) = delete;

  /** What gives way from now on. */
  void set_leak (Leak leak);

  /** A picture to scale into: one that was used before, where there is one. */
  std::unique_ptr<Picture> take_picture ();

  /**
   * Takes a sample with its picture. Waits only where nothing may give way and there is no room.
   *
   * @return null; the sample, when waiting was interrupted, and while flushing
   */
  std::unique_ptr<Exposure> submit (std::unique_ptr<Exposure> exposure);

  bool is_interrupted () const { return jobs_.is_interrupted (); }

  /** While interrupted submit() does not wait. */
  void set_interrupted (bool interrupted) { jobs_.set_interrupted (interrupted); }

  /**
   * What comes next does not follow what was: the batch ends here, and history begins. Waits while
   * there is no room to say so.
   *
   * @param cancelled asked now and then; ends the wait
   */
  void begin_segment (const std::function<bool ()> &cancelled);

  /**
   * Ends the batch, and waits until the outlets have taken all there is.
   *
   * @param cancelled asked now and then; ends the wait
   * @return whether they have
   */
  bool drain (std::chrono::nanoseconds timeout, const std::function<bool ()> &cancelled);

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
   * @param from, to stream time in ns
   * @return number of the batch that is asked about; none where there is nothing to be seen
   */
  std::optional<guint64> ask (PromptPtr prompt, GstClockTime from, GstClockTime to);

  /** Lets go of all samples and batches that are under way; they are lost. */
  void flush ();

  /** Lets go of everything, for good. */
  void stop ();

 private:
  struct Job {
    std::unique_ptr<Exposure> exposure;  // none: the batch ends here
    bool ends_history = false;           // it does, too
  };

  void work ();
  void take (std::unique_ptr<Exposure> exposure);
  void end_batch (bool ends_history);
  bool make_images (Exposure &exposure);
  void remember (const ExposurePtr &exposure);
  BatchPtr bind (const Group &group);
  bool push_end (bool ends_history, const std::function<bool ()> &cancelled);
  void hand_out (const std::vector<Group> &groups);
  void hand_out (BatchPtr batch, const Stakes &stakes);
  void set_flushing (bool flushing);
  void lose (std::vector<guint64> numbers, const char *reason, const char *sentence);
  void lose_overlap ();
  void tell (const std::vector<Loss> &losses);
  void tell_overruns ();
  void return_picture (std::unique_ptr<Picture> picture);

  std::shared_ptr<Fate> fate_;
  Reporter &reporter_;
  std::atomic<Leak> leak_ = Leak::kNone;
  Distributor distributor_;
  Prompts prompts_;
  std::optional<SheetRule> sheets_;  // unless each sample has an image of its own
  History history_;
  Binder binder_;

  std::mutex pictures_mutex_;
  std::vector<std::unique_ptr<Picture>> pictures_;

  Overruns overruns_;
  Inbox<Job> jobs_;
  JpegEncoder encoder_;  // the worker's
  Window window_;        // the worker's, and whoever's while it has nothing to do
  Custody custody_;      // the same
  std::thread worker_;
};

}  // namespace numpro
