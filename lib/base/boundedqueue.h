/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace numpro {

/** How long a wait goes on before it looks whether it is still wanted. */
inline constexpr std::chrono::milliseconds kPollInterval (20);

/** What gives way when there is no room in a queue. */
enum class LeakyType {
  kAuto,       /**< as a live pipeline needs it; chosen before anything is queued */
  kNone,       /**< nothing: the sender waits */
  kUpstream,   /**< the new item */
  kDownstream, /**< the oldest item */
};

/**
 * A bounded queue between threads.
 *
 * Items that give way come back to the sender, so that what holds them may be told outside the
 * queue's lock.
 *
 * A queue is open; closed by close(), when no more items come and the rest is popped; flushing
 * between start_flush() and stop_flush(), which opens it again; or shut by shut(), for good.
 */
template <typename Item>
class BoundedQueue
{
 public:
  explicit BoundedQueue (std::size_t capacity) : capacity_ (capacity) {}

  /**
   * Waits for room where nothing may give way.
   *
   * @return what gave way: the item itself (also when the queue refuses it, or is interrupted while
   *   there is no room), an older one, or none
   */
  std::optional<Item> push (Item item, LeakyType leaky)
  {
    std::unique_lock lock (mutex_);
    if (leaky == LeakyType::kNone)
      changed_.wait (lock,
                     [&] { return refuses () || interrupted_ || items_.size () < capacity_; });
    if (refuses ())
      return item;
    std::optional<Item> displaced;
    if (items_.size () >= capacity_) {
      if (leaky != LeakyType::kDownstream)
        return item;
      displaced = std::move (items_.front ());
      items_.pop_front ();
    }
    items_.push_back (std::move (item));
    changed_.notify_all ();
    return displaced;
  }

  /**
   * Waits for an item.
   *
   * @return none once the queue is closed and empty or shut, time is up, somebody is woken, or a
   *   stop is requested
   */
  std::optional<Item> pop (std::optional<std::chrono::nanoseconds> timeout = std::nullopt,
                           std::stop_token stop = {})
  {
    std::unique_lock lock (mutex_);
    const auto ready = [&] {
      return state_ == State::kShut || state_ == State::kClosed || woken_ || !items_.empty ();
    };
    if (timeout)
      changed_.wait_for (lock, stop, *timeout, ready);
    else
      changed_.wait (lock, stop, ready);
    woken_ = false;
    if (stop.stop_requested () || items_.empty ())
      return std::nullopt;
    std::optional<Item> item (std::move (items_.front ()));
    items_.pop_front ();
    ++out_;
    changed_.notify_all ();
    return item;
  }

  /** Whoever waits for an item, or the next one to do so, looks for other things to do. */
  void wake ()
  {
    std::lock_guard lock (mutex_);
    woken_ = true;
    changed_.notify_all ();
  }

  /** The item last popped is dealt with: counts for wait_until_idle(). */
  void done ()
  {
    std::lock_guard lock (mutex_);
    --out_;
    changed_.notify_all ();
  }

  /** Waits until nothing is queued or being dealt with. @return whether it came to that in time */
  bool wait_until_idle (std::chrono::nanoseconds timeout)
  {
    std::unique_lock lock (mutex_);
    return changed_.wait_for (lock, timeout,
                              [&] { return refuses () || (items_.empty () && out_ == 0); });
  }

  /** Waits until what was popped is dealt with. */
  void wait_until_done ()
  {
    std::unique_lock lock (mutex_);
    changed_.wait (lock, [&] { return out_ == 0; });
  }

  /** Whether pushed items come back: while flushing, and once shut. */
  bool is_refusing () const
  {
    std::lock_guard lock (mutex_);
    return refuses ();
  }

  bool is_shut () const
  {
    std::lock_guard lock (mutex_);
    return state_ == State::kShut;
  }

  /** While interrupted nobody waits to push. */
  void set_interrupted (bool interrupted)
  {
    std::lock_guard lock (mutex_);
    interrupted_ = interrupted;
    changed_.notify_all ();
  }

  bool is_interrupted () const
  {
    std::lock_guard lock (mutex_);
    return interrupted_;
  }

  /** No more items come: pop() gives what there is, then none. */
  void close () { enter (State::kClosed); }

  /** Lets go of everything and everybody, for good. @return what was queued */
  std::deque<Item> shut () { return enter (State::kShut); }

  /** While flushing nobody waits to push, and pushed items come back. @return what was queued */
  std::deque<Item> start_flush () { return enter (State::kFlushing); }

  /** Opens the queue, also one that was closed before the flush. */
  void stop_flush () { enter (State::kOpen); }

 private:
  enum class State { kOpen, kClosed, kFlushing, kShut };

  bool refuses () const { return state_ == State::kShut || state_ == State::kFlushing; }

  std::deque<Item> enter (State state)
  {
    std::lock_guard lock (mutex_);
    if (state_ != State::kShut)
      state_ = state;
    changed_.notify_all ();
    return refuses () ? std::exchange (items_, {}) : std::deque<Item> ();
  }

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Item> items_;
  int out_ = 0;  // popped and not done
  State state_ = State::kOpen;
  bool interrupted_ = false;
  bool woken_ = false;
};

}  // namespace numpro
