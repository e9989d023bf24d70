/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "custody.h"
#include "fate.h"
#include "inbox.h"
#include "jpegencoder.h"
#include "outlets/app.h"
#include "outlets/outlet.h"
#include "overruns.h"
#include "picture.h"
#include "reporter.h"
#include "settings.h"
#include "window.h"

namespace numpro {

/** A sample on its way to an image. */
struct Shot {
  SamplePtr sample;
  Look look;
  std::unique_ptr<Picture> picture;
};

/**
 * Takes samples from the streaming thread, makes images and batches of them on a thread of its own,
 * and hands the batches to the outlets.
 */
class Dispatcher
{
 public:
  /**
   * @param reporter and fate outlive the dispatcher
   * @param outlets where batches go
   * @param first_batch number of the first batch
   */
  Dispatcher (const SinkSettings &settings, std::string stream, guint64 first_batch,
              std::vector<std::unique_ptr<Outlet>> outlets, std::shared_ptr<Fate> fate,
              Reporter &reporter);
  ~Dispatcher ();
  Dispatcher (const Dispatcher &) = delete;
  Dispatcher &operator= (const Dispatcher &) = delete;

  /** What gives way from now on. */
  void set_leak (Leak leak) { leak_ = leak; }

  /** A picture to scale into: one that was used before, where there is one. */
  std::unique_ptr<Picture> take_picture ();

  /**
   * Takes a sample. Waits only where nothing may give way and there is no room.
   *
   * @return the sample, when waiting was interrupted, and while flushing
   */
  std::optional<Shot> submit (Shot shot);

  bool is_interrupted () const { return jobs_.is_interrupted (); }

  /** While interrupted submit() does not wait. */
  void set_interrupted (bool interrupted) { jobs_.set_interrupted (interrupted); }

  /**
   * The batch ends here: what comes next does not follow what was. Waits while there is no room to
   * say so.
   *
   * @param cancelled asked now and then; ends the wait
   * @return whether it does
   */
  bool end_batch (const std::function<bool ()> &cancelled);

  /**
   * Ends the batch, and waits until the outlets have taken all there is.
   *
   * @param cancelled asked now and then; ends the wait
   * @return whether they have
   */
  bool drain (std::chrono::nanoseconds timeout, const std::function<bool ()> &cancelled);

  /** Lets go of all samples and batches that are under way; they are lost. */
  void flush ();

  /** Lets go of everything, for good. */
  void stop ();

 private:
  struct EndOfBatch {
  };
  using Job = std::variant<Shot, EndOfBatch>;

  void work ();
  void perform (Shot &shot);
  void perform (EndOfBatch &);
  void hand_out (std::vector<FormedBatch> batches);
  void hand_to (Outlet &outlet, TicketPtr ticket);
  void set_flushing (bool flushing);
  void lose (std::vector<guint64> numbers, const char *reason, const char *sentence);
  void lose_overlap ();
  void tell (const std::vector<Loss> &losses);
  void tell_overruns ();
  void return_picture (std::unique_ptr<Picture> picture);

  std::shared_ptr<Fate> fate_;
  Reporter &reporter_;
  std::atomic<Leak> leak_ = Leak::kNone;
  std::vector<std::unique_ptr<Outlet>> outlets_;
  bool has_bundles_;

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
