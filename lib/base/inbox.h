/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace numpro {

/** How long a wait goes on before it looks whether it is still wanted. */
inline constexpr std::chrono::milliseconds kPollInterval (20);

/** What gives way when there is no room. */
enum class Leak {
  kNone,       /**< nothing: the sender waits */
  kUpstream,   /**< the new item */
  kDownstream, /**< the oldest item */
};

/**
 * A bounded queue between two threads.
 *
 * Items that give way come back to the sender, so that what holds them may be told outside the
 * queue's lock.
 */
template <typename Item>
class Inbox
{
 public:
  explicit Inbox (std::size_t capacity) : capacity_ (capacity) {}

  /**
   * @return what gave way: the item itself (also when the inbox is shut, flushing, or interrupted
   *   while there is no room), an older one, or none
   */
  std::optional<Item> push (Item item, Leak leak)
  {
    std::unique_lock lock (mutex_);
    if (leak == Leak::kNone)
      changed_.wait (lock,
                     [&] { return refuses () || interrupted_ || items_.size () < capacity_; });
    if (refuses ())
      return item;
    std::optional<Item> displaced;
    if (items_.size () >= capacity_) {
      if (leak != Leak::kDownstream)
        return item;
      displaced = std::move (items_.front ());
      items_.pop_front ();
    }
    items_.push_back (std::move (item));
    changed_.notify_all ();
    return displaced;
  }

  /** Waits for an item. @return none once the inbox is closed and empty, shut, or time is up */
  std::optional<Item> pop (std::optional<std::chrono::nanoseconds> timeout = std::nullopt)
  {
    std::unique_lock lock (mutex_);
    const auto ready = [&] { return shut_ || closed_ || !items_.empty (); };
    if (timeout)
      changed_.wait_for (lock, *timeout, ready);
    else
      changed_.wait (lock, ready);
    if (shut_ || items_.empty ())
      return std::nullopt;
    std::optional<Item> item (std::move (items_.front ()));
    items_.pop_front ();
    ++out_;
    changed_.notify_all ();
    return item;
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
                              [&] { return shut_ || flushing_ || (items_.empty () && out_ == 0); });
  }

  /** Waits until what was popped is dealt with. */
  void wait_until_done ()
  {
    std::unique_lock lock (mutex_);
    changed_.wait (lock, [&] { return out_ == 0; });
  }

  /** Whether pushes are refused. */
  bool is_refusing () const
  {
    std::lock_guard lock (mutex_);
    return refuses ();
  }

  /** Whether the inbox has let go of everything, for good. */
  bool is_shut () const
  {
    std::lock_guard lock (mutex_);
    return shut_;
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
  void close ()
  {
    std::lock_guard lock (mutex_);
    closed_ = true;
    changed_.notify_all ();
  }

  /** Lets go of everything and everybody, for good. @return what was queued */
  std::deque<Item> shut ()
  {
    std::lock_guard lock (mutex_);
    shut_ = true;
    changed_.notify_all ();
    return std::exchange (items_, {});
  }

  /**
   * While flushing nobody waits to push, and pushed items come back. Opens a closed inbox.
   *
   * @return what was queued
   */
  std::deque<Item> set_flushing (bool flushing)
  {
    std::lock_guard lock (mutex_);
    flushing_ = flushing;
    closed_ = false;
    changed_.notify_all ();
    return flushing ? std::exchange (items_, {}) : std::deque<Item> ();
  }

 private:
  bool refuses () const { return shut_ || flushing_; }

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> items_;
  int out_ = 0;  // popped and not done
  bool closed_ = false, shut_ = false, flushing_ = false, interrupted_ = false;
};

}  // namespace numpro
