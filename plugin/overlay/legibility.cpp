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

// Below this digits are taken for others or not seen, unless their hue is another: half as far as
// red is from grey, as which it is read on a ground that is as light, also from a JPEG.
constexpr double kHardlyLegible = 1.5, kOtherHue = 0.25;

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

// Of a number and what is around it.
struct Difference {
  double contrast, chroma;
};

std::optional<Difference> difference_seen (const Paint &fill, const Paint *outline,
                                           const std::optional<Ground> &ground)
{
  const auto over = [] (const Paint &paint, const Rgb &below) {
    return blend (paint.color, paint.opacity, below);
  };
  if (!ground) {
    if (!outline || outline->opacity < 1)
      return std::nullopt;
    const Rgb number = over (fill, outline->color);
    return Difference{contrast (number, outline->color), chroma_distance (number, outline->color)};
  }
  const Rgb around = outline ? over (*outline, ground->mean ()) : ground->mean ();
  const Rgb number = over (fill, around);
  const Difference from_ground{ground->contrast_with (number),
                               chroma_distance (number, ground->mean ())};
  if (!outline)
    return from_ground;
  return Difference{std::max (contrast (number, around), from_ground.contrast),
                    std::max (chroma_distance (number, around), from_ground.chroma)};
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
  const auto seen = difference_seen (
      colors.fill, colors.outlines.empty () ? nullptr : &colors.outlines[outline ()], ground);
  contrast_ = seen ? std::optional (seen->contrast) : std::nullopt;
  chroma_distance_ = seen ? seen->chroma : 0;
}

bool Legibility::is_poor () const
{
  return contrast_ && *contrast_ < kHardlyLegible && chroma_distance_ < kOtherHue;
}

}  // namespace numpro
