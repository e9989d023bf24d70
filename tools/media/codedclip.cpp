/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codedclip.h"

#include <algorithm>
#include <utility>

#include "lib/base/frameorder.h"

namespace numpro::media {

CodedClip::CodedClip (GstClockTimeDiff start, GstClockTimeDiff end)
    : asked_start_ (start), end_ (GST_CLOCK_STIME_IS_VALID (end) ? end : G_MAXINT64)
{
}

std::vector<CodedPicture> CodedClip::add (CodedPicture frame)
{
  std::vector<CodedPicture> chosen;
  if (is_over_)
    return chosen;
  if (!is_begun_ && may_begin_with (frame)) {
    held_.clear ();
    behind_start_ = 0;
    first_ = frame.time;
  }
  // Frames before the first key frame, or to be seen before it, need others that are not there.
  if (!first_ || frame.time < *first_)
    return chosen;
  if (is_begun_) {
    choose (std::move (frame), chosen);
    return chosen;
  }
  const bool is_start_shown = shows_start (frame);
  held_.push_back (std::move (frame));
  return is_start_shown ? begin () : std::move (chosen);
}

std::vector<CodedPicture> CodedClip::finish ()
{
  std::vector<CodedPicture> chosen;
  if (!is_begun_)
    chosen = begin ();
  is_over_ = true;
  return chosen;
}

// Where a recording has no key frame at or before the start, its first one has to do.
bool CodedClip::may_begin_with (const CodedPicture &frame) const
{
  return frame.is_key && (!first_ || frame.time <= asked_start_);
}

// Whether no key frame at or before the start can follow a frame any more.
bool CodedClip::shows_start (const CodedPicture &frame)
{
  if (frame.time > asked_start_)
    ++behind_start_;
  const bool is_decoded_later = GST_CLOCK_STIME_IS_VALID (frame.dts) && frame.dts > asked_start_;
  return behind_start_ > 0 && (frame.is_key || is_decoded_later || behind_start_ > kMostOutOfOrder);
}

std::vector<CodedPicture> CodedClip::begin ()
{
  std::vector<CodedPicture> chosen;
  is_begun_ = true;
  for (CodedPicture &frame : std::exchange (held_, {}))
    choose (std::move (frame), chosen);
  return chosen;
}

// What is to be seen behind the end may be what frames before it are decoded from.
void CodedClip::choose (CodedPicture frame, std::vector<CodedPicture> &chosen)
{
  if (is_over_)
    return;
  if (frame.time >= end_) {
    const bool is_last = GST_CLOCK_STIME_IS_VALID (frame.dts) && frame.dts >= end_;
    waiting_.push_back (std::move (frame));
    is_over_ = is_last || waiting_.size () > kMostOutOfOrder;
    return;
  }
  for (CodedPicture &needed : std::exchange (waiting_, {})) {
    end_ = std::max (end_, needed.time);
    chosen.push_back (std::move (needed));
  }
  chosen.push_back (std::move (frame));
}

}  // namespace numpro::media
