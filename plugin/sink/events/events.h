/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace numpro {

using LossReason = GstNumproLossReason;

/** What happened, of what is lost for the reason "flush". */
inline constexpr const char *kFlushed = "the stream was flushed or stopped";

/** A batch is there. */
struct BatchReady {
  GstNumproBatch *batch;
  std::string location; /**< of its bundle; empty when it is not on disk */
};

/** A question is answered. */
struct Answered {
  GstNumproAnswer *answer;
  std::string location; /**< of the bundle that it is in; empty when it is not on disk */
};

/** Samples, a batch or a question about it are lost. */
struct Lost {
  LossReason reason;
  std::string sentence;              /**< what happened */
  std::optional<guint64> batch = {}; /**< unless the samples were in none yet */
  std::optional<std::string> question = {};
  /** Of a lost question those of its batch, else of the samples that no batch will bring. */
  std::vector<guint64> numbers = {};
  bool is_expected = false; /**< for a cause that people were told of before */

  /** The word for the reason in messages and logs. */
  const char *nick () const;
};

/** A server takes less than it was to be asked for, and is asked otherwise from now on. */
struct Adapted {
  std::string sentence; /**< what is done, without a full stop */
};

/** Models cannot read the numbers on frames, or may not. */
struct NumbersUnreadable {
  const char *reason;   /**< a word for logs */
  std::string sentence; /**< what is wrong, what is done about it, and what helps */
};

/** The server has gone, or is back. */
struct ServerChanged {
  GstNumproServerState state;
  LossReason reason;                    /**< why it is away */
  std::string sentence;                 /**< the same in words, without a full stop */
  bool postpones = false;               /**< whether questions wait on the disk until it is back */
  guint64 lost = 0;                     /**< questions, while it was away */
  guint64 postponed = 0;                /**< the same, of those that are asked now */
  std::chrono::nanoseconds duration{0}; /**< for how long it was away */
};

/** It was found out what reaches the model of images. */
struct Probed {
  const GstNumproProbe *probe;
};

/** It could not be found out. */
struct ProbeFailed {
  LossReason reason;
  std::string sentence; /**< what happened, without a full stop */
  std::string question; /**< that was asked */
};

/** Hears what becomes of batches. Called from any thread, with no lock held. */
class Listener
{
 public:
  virtual ~Listener () = default;

  virtual void on_batch_ready (const BatchReady &) {}
  virtual void on_answered (const Answered &) {}
  virtual void on_lost (const Lost &) {}
  virtual void on_adapted (const Adapted &) {}
  virtual void on_server_changed (const ServerChanged &) {}
  virtual void on_numbers_unreadable (const NumbersUnreadable &) {}
  virtual void on_probed (const Probed &) {}
  virtual void on_probe_failed (const ProbeFailed &) {}
};

/** Tells the listeners, one after the other. */
class Events
{
 public:
  /** @param id of the element, for logs */
  Events (std::string id, std::vector<std::unique_ptr<Listener>> listeners)
      : id_ (std::move (id)), listeners_ (std::move (listeners))
  {
  }

  const char *id () const { return id_.c_str (); }

  void tell (const BatchReady &event) const;
  void tell (const Answered &event) const;
  void tell (const Lost &event) const;
  void tell (const Adapted &event) const;
  void tell (const ServerChanged &event) const;
  void tell (const NumbersUnreadable &event) const;
  void tell (const Probed &event) const;
  void tell (const ProbeFailed &event) const;

 private:
  const std::string id_;
  const std::vector<std::unique_ptr<Listener>> listeners_;
};

using EventsPtr = std::shared_ptr<const Events>;

}  // namespace numpro
