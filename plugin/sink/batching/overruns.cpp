/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overruns.h"

#include <algorithm>
#include <utility>

namespace numpro {

void Overruns::add (guint64 number)
{
  std::lock_guard lock (mutex_);
  numbers_.push_back (number);
}

std::optional<std::chrono::nanoseconds> Overruns::time_to_tell () const
{
  constexpr std::chrono::seconds kInterval (1);
  std::lock_guard lock (mutex_);
  if (numbers_.empty ())
    return std::nullopt;
  if (!taken_)
    return std::chrono::nanoseconds::zero ();
  return std::max<std::chrono::nanoseconds> (std::chrono::nanoseconds::zero (),
                                             *taken_ + kInterval - Clock::now ());
}

std::vector<guint64> Overruns::take ()
{
  std::lock_guard lock (mutex_);
  if (!numbers_.empty ())
    taken_ = Clock::now ();
  return std::exchange (numbers_, {});
}

}  // namespace numpro
