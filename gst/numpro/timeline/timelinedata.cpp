/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "timelinedata.h"

#include <algorithm>
#include <utility>

namespace numpro {

namespace {

EventPtr event_of (const TextEvent &given)
{
  EventPtr event (g_new0 (GstNumproEvent, 1));
  event->span.start = given.start;
  event->span.end = given.end;
  event->span.utc_start = event->span.utc_end = GST_CLOCK_TIME_NONE;
  return event;
}

}  // namespace

void TimelineData::add_window (Window window)
{
  windows_.push_back (std::move (window));
  results_.reset ();
}

void TimelineData::add_given (TextEvent event)
{
  given_.push_back (std::move (event));
  results_.reset ();
}

const std::vector<QuestionResult> &TimelineData::results () const
{
  const std::lock_guard lock (mutex_);
  if (results_)
    return *results_;
  results_ = merge_windows (windows_);
  for (const TextEvent &given : given_) {
    auto result = std::find_if (
        results_->begin (), results_->end (),
        [&given] (const QuestionResult &other) { return other.question == given.question; });
    if (result == results_->end ())
      result = results_->insert (result, QuestionResult{given.question, {}, {}});
    result->events.push_back (event_of (given));
  }
  return *results_;
}

}  // namespace numpro
