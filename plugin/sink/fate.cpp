/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fate.h"

namespace numpro {

void Fate::frame ()
{
  std::lock_guard lock (mutex_);
  ++counts_.frames;
}

void Fate::sample ()
{
  std::lock_guard lock (mutex_);
  ++counts_.samples;
  ++counts_.waiting;
}

void Fate::batch ()
{
  std::lock_guard lock (mutex_);
  ++counts_.batches;
}

void Fate::delivered (guint64 samples)
{
  std::lock_guard lock (mutex_);
  counts_.waiting -= samples;
  counts_.delivered += samples;
}

void Fate::dropped (guint64 samples)
{
  std::lock_guard lock (mutex_);
  counts_.waiting -= samples;
  counts_.samples_dropped += samples;
}

Fate::Counts Fate::counts () const
{
  std::lock_guard lock (mutex_);
  return counts_;
}

}  // namespace numpro
