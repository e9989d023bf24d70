/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fate.h"

#include "plugin/sink/events/reporter.h"

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

void Fate::dropped (guint64 samples)
{
  std::lock_guard lock (mutex_);
  counts_.waiting -= samples;
  counts_.samples_dropped += samples;
}

void Fate::hold (const Stakes &stakes)
{
  std::lock_guard lock (mutex_);
  for (const auto &stake : stakes)
    ++stake->holders_;
}

void Fate::deliver (const Stakes &stakes)
{
  std::lock_guard lock (mutex_);
  for (const auto &stake : stakes) {
    --stake->holders_;
    if (stake->delivered_)
      continue;
    stake->delivered_ = true;
    --counts_.waiting;
    ++counts_.delivered;
  }
}

std::vector<Loss> Fate::release (const Stakes &stakes, std::shared_ptr<const Loss> cause)
{
  std::vector<Loss> losses;
  std::shared_ptr<const Loss> last_cause;
  std::lock_guard lock (mutex_);
  for (const auto &stake : stakes) {
    if (cause)
      stake->cause_ = cause;
    if (--stake->holders_ > 0 || stake->delivered_)
      continue;
    --counts_.waiting;
    ++counts_.samples_dropped;
    if (!stake->cause_)
      continue;
    if (stake->cause_ != last_cause)
      losses.push_back (*stake->cause_);
    last_cause = stake->cause_;
    losses.back ().numbers.push_back (stake->number_);
  }
  return losses;
}

void Fate::question ()
{
  std::lock_guard lock (mutex_);
  ++counts_.questions;
  ++counts_.pending;
}

void Fate::answered ()
{
  std::lock_guard lock (mutex_);
  --counts_.pending;
  ++counts_.answered;
}

void Fate::failed ()
{
  std::lock_guard lock (mutex_);
  --counts_.pending;
  ++counts_.failed;
}

void Fate::question_dropped ()
{
  std::lock_guard lock (mutex_);
  --counts_.pending;
  ++counts_.dropped;
}

void Fate::request (std::size_t bytes, bool is_retry)
{
  std::lock_guard lock (mutex_);
  counts_.bytes_sent += bytes;
  counts_.retries += is_retry;
}

Fate::Counts Fate::counts () const
{
  std::lock_guard lock (mutex_);
  return counts_;
}

}  // namespace numpro
