/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lossreport.h"

#include <utility>

namespace numpro {

LossReport::LossReport (EventsPtr events, Lost loss)
    : events_ (std::move (events)), loss_ (std::move (loss))
{
}

LossReport::~LossReport ()
{
  tell_rest ();
}

void LossReport::add (guint64 number)
{
  std::lock_guard lock (mutex_);
  loss_.numbers.push_back (number);
}

void LossReport::tell ()
{
  std::unique_lock lock (mutex_);
  const Lost told = loss_;
  loss_.numbers.clear ();
  lock.unlock ();
  events_->tell (told);
}

void LossReport::tell_rest ()
{
  std::unique_lock lock (mutex_);
  const bool has_rest = !loss_.numbers.empty ();
  lock.unlock ();
  if (has_rest)
    tell ();
}

}  // namespace numpro
