/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "watchedpipeline.h"

WatchedPipeline::WatchedPipeline (const std::string &source, const std::string &properties)
    // Digits of 18 pixels in the smallest of frames, as there is a warning about smaller ones.
    : SinkPipeline (source + " ! numproverlay reference-height=0 font-size=24", properties),
      watcher_ ([this] { watch (); })
{
}

WatchedPipeline::~WatchedPipeline ()
{
  done_ = true;
  watcher_.join ();
}

void WatchedPipeline::require_exact (const std::set<guint64> &delivered) const
{
  const SinkCounts now = counts ();
  fail_unless_equals_uint64 (now.waiting, 0);
  fail_unless_equals_uint64 (now.dropped, told ().size ());
  fail_unless_equals_uint64 (now.delivered, delivered.size ());
  std::set<guint64> all = delivered;
  for (guint64 number : told ())
    fail_unless_in_loop (all.insert (number).second, "%d was delivered or told before",
                         static_cast<int> (number));
  fail_unless_equals_uint64 (all.size (), now.samples);
  fail_unless (all.empty () || *all.rbegin () == now.samples - 1, "a number is missing");
  fail_unless_equals_int (unbalanced_, 0);
  fail_unless (looks_ > 10);
}

void WatchedPipeline::watch ()
{
  while (!done_) {
    unbalanced_ += !counts ().balanced ();
    ++looks_;
    g_usleep (50);
  }
}
