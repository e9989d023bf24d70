/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "legibility.h"

#include <algorithm>
#include <utility>

namespace numpro {

namespace {

// How often a frame is looked at: whichever is over first. An outline is to follow a cut within
// what a viewer takes for at once, also where frames are few, and looking is to cost no more than a
// few hundredths of what drawing does.
struct Interval {
  guint frames;
  GstClockTimeDiff time;
};
constexpr Interval kToChoose = {8, 250 * GST_MSECOND};
constexpr Interval kToKnow = {128, 4 * GST_SECOND};

// What WCAG 2 asks of anything that is not small text (1.4.3, 1.4.11).
constexpr double kEnough = 3;

using Paint = StampColors::Paint;

// The fill is drawn on the outline.
double contrast_of_fill (const Paint &fill, const Rgb &outline)
{
  return contrast (blend (fill.color, fill.opacity, outline), outline);
}

// Ordered by how good they are.
using Merit = std::pair<bool, double>;

Merit merit_of (const Paint &outline, const StampColors &colors,
                const std::optional<Ground> &ground)
{
  const double with_fill = contrast_of_fill (colors.fill, outline.color);
  return {with_fill >= kEnough, ground ? ground->contrast_with (outline.color) : with_fill};
}

std::size_t choose_outline (const StampColors &colors, const std::optional<Ground> &ground,
                            const std::optional<std::size_t> &last)
{
  const auto merit = [&] (std::size_t i) { return merit_of (colors.outlines[i], colors, ground); };
  if (last && merit (*last) >= Merit (true, kEnough))
    return *last;
  std::size_t best = 0;
  for (std::size_t i = 1; i < colors.outlines.size (); ++i) {
    if (merit (i) > merit (best))
      best = i;
  }
  return best;
}

std::optional<double> contrast_seen (const Paint &fill, const Paint *outline,
                                     const std::optional<Ground> &ground)
{
  if (!ground) {
    if (!outline || outline->opacity < 1)
      return std::nullopt;
    return contrast_of_fill (fill, outline->color);
  }
  const auto over = [] (const Paint &paint, const Rgb &below) {
    return blend (paint.color, paint.opacity, below);
  };
  if (!outline)
    return ground->contrast_with (over (fill, ground->mean ()));
  const Rgb around = over (*outline, ground->mean ());
  const Rgb number = over (fill, around);
  return std::max (contrast (number, around), ground->contrast_with (number));
}

}  // namespace

void Legibility::begin_frame (GstClockTimeDiff running_time, bool chooses_outline)
{
  const Interval &interval = chooses_outline ? kToChoose : kToKnow;
  now_ = running_time;
  ++frames_;
  const bool timed = GST_CLOCK_STIME_IS_VALID (now_) && GST_CLOCK_STIME_IS_VALID (judged_at_);
  due_ = due_ || frames_ >= interval.frames || (timed && ABS (now_ - judged_at_) >= interval.time);
}

void Legibility::judge (const StampColors &colors, const std::optional<Ground> &ground)
{
  due_ = false;
  frames_ = 0;
  judged_at_ = now_;

  if (colors.outlines.size () > 1)
    outline_ = choose_outline (colors, ground, outline_);
  else
    outline_.reset ();
  contrast_ = contrast_seen (
      colors.fill, colors.outlines.empty () ? nullptr : &colors.outlines[outline ()], ground);
}

}  // namespace numpro
