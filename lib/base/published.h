/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>

namespace numpro {

/**
 * A value that one thread changes and others read, at no cost: a count of frames is not worth the
 * twenty cycles that several writers would take.
 */
template <typename Value>
class Published
{
 public:
  Published &operator= (Value value)
  {
    value_.store (value, std::memory_order_relaxed);
    return *this;
  }
  Published &operator+= (Value more) { return *this = load () + more; }
  Published &operator++ () { return *this += 1; }
  Value load () const { return value_.load (std::memory_order_relaxed); }

 private:
  std::atomic<Value> value_ = 0;
};

}  // namespace numpro
