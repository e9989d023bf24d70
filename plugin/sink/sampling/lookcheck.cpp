/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lookcheck.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/picture/showncolor.h"
#include "lib/picture/transfer.h"

namespace numpro {

namespace {

// Of the box around a number's ink, the share that the ink takes at least; digits take a half, and
// a sixth in the thinnest font.
constexpr double kLeastInk = 0.05;

// The same of what is found. Of strokes that take less some may have lost their colour to an
// encoder, and what is left looks like a part.
constexpr double kLeastInkOfPart = 0.2;

// Pixels of a picture. Strokes of smaller digits are so thin that their colour is mixed with
// others, and nobody reads them anyhow.
constexpr double kLeastHeightToJudge = 8;

// Pixels of a picture. Strokes of smaller digits may be thinner than one of them.
constexpr double kLeastHeightOfThick = 24;

// A number of which more is missing, across or down, is not sure to be read.
constexpr double kLeastShare = 0.9;

// Pixels of a picture by which what is found may be smaller or larger than what was drawn: pairs
// of them share their chroma.
constexpr double kBlur = 2;

// Samples in a row that must agree before numbers are taken for gone, or for back: a frame that was
// damaged on its way is no reason to end a batch.
constexpr guint kPatience = 3;

bool is_complete (const GstNumproMeta &meta)
{
  return meta.ink_width > 0 && meta.ink_height > 0 && meta.digit_height > 0 &&
         meta.frame_width > 0 && meta.frame_height > 0 && meta.frame_par_n > 0 &&
         meta.frame_par_d > 0;
}

// Whether the frame that it was drawn on had no room for all of its ink, which is measured in whole
// pixels.
bool is_cut (const GstNumproMeta &meta)
{
  return meta.ink_x < -1 || meta.ink_y < -1 ||
         static_cast<double> (meta.ink_x) + meta.ink_width > meta.frame_width + 1.0 ||
         static_cast<double> (meta.ink_y) + meta.ink_height > meta.frame_height + 1.0;
}

Turned turned_of (const Orientation &digits, const Orientation &picture)
{
  if (digits.swaps_axes != picture.swaps_axes)
    return Turned::kSideways;
  const bool both =
      digits.reverses_x != picture.reverses_x && digits.reverses_y != picture.reverses_y;
  return both ? Turned::kUpsideDown : Turned::kMirrored;
}

PictureArea grown (const PictureArea &area, double by)
{
  return {area.left - by, area.top - by, area.right + by, area.bottom + by};
}

PictureArea united (const PictureArea &one, const PictureArea &other)
{
  return {std::min (one.left, other.left), std::min (one.top, other.top),
          std::max (one.right, other.right), std::max (one.bottom, other.bottom)};
}

bool is_within (const PictureArea &inner, const PictureArea &outer)
{
  return inner.left >= outer.left && inner.top >= outer.top && inner.right <= outer.right &&
         inner.bottom <= outer.bottom;
}

// Where a frame is in one of another shape that shows all of it between borders.
PictureArea between_borders (const FrameShape &frame, const FrameShape &in)
{
  const double frame_width = frame.width * frame.pixel_width ();
  const double in_width = in.width * in.pixel_width ();
  const double scale =
      std::min (in_width / frame_width, static_cast<double> (in.height) / frame.height);
  const double width = frame_width * scale / in.pixel_width (), height = frame.height * scale;
  const double left = (in.width - width) / 2, top = (in.height - height) / 2;
  return {left, top, left + width, top + height};
}

}  // namespace

void LookCheck::set_info (const GstVideoInfo &info)
{
  info_ = info;
  shape_ = FrameShape (info);
  drawn_.reset ();
}

std::vector<Unreadable> LookCheck::take_news ()
{
  return std::exchange (news_, {});
}

void LookCheck::note (const Unreadable &news)
{
  if (told_.insert (news.reason).second)
    news_.push_back (news);
}

GstNumproLook LookCheck::look_in (const Picture &picture, const GstNumproMeta &meta)
{
  GstNumproLook look = meta.look;
  look.color = shown_color (look.color, info_);
  if (look.stamp != GST_NUMPRO_STAMP_NUMBER && !has_labels_)
    note ({look.stamp == GST_NUMPRO_STAMP_NONE ? UnreadableReason::kNotDrawn
                                               : UnreadableReason::kTime});
  if (look.stamp == GST_NUMPRO_STAMP_NONE || !is_complete (meta))
    return look;
  if (!is_whole (picture, meta))
    look.stamp = GST_NUMPRO_STAMP_NONE;
  return look;
}

// Whether a picture shows what was drawn.
bool LookCheck::is_whole (const Picture &picture, const GstNumproMeta &meta)
{
  const Sight sight = find (picture, meta);
  if (meta.look.stamp == GST_NUMPRO_STAMP_NUMBER &&
      sight.digit_height < Unreadable::kLeastDigitHeight)
    note ({.reason = UnreadableReason::kSmall,
           .digit_height = sight.digit_height,
           .is_scaled_down = picture.height < static_cast<int> (shape_.height)});
  if (is_cut (meta) && sight.digit_height >= kLeastHeightToJudge) {
    note ({UnreadableReason::kCut});
    return false;
  }
  weigh (sight.finding == Finding::kSeen, meta.look);
  if (!is_visible_)
    note_lost (sight, picture, meta);
  return is_visible_;
}

// A number that was not seen in the samples before this one.
void LookCheck::note_lost (const Sight &sight, const Picture &picture, const GstNumproMeta &meta)
{
  const FrameShape drawn_on = shape_of (meta);
  // Sizes that are the same would tell nobody what happened.
  const bool is_like = drawn_on.is_like (shape_) ||
                       (drawn_on.width == shape_.width && drawn_on.height == shape_.height);
  Unreadable news = {.drawn_on = drawn_on, .received = shape_};
  switch (sight.finding) {
    case Finding::kSeen:
      return;
    case Finding::kTurned:
      news.reason = UnreadableReason::kTurned;
      news.turned = turned_of (sight.orientation, picture.orientation);
      break;
    case Finding::kPartly:
      news.reason = UnreadableReason::kPartly;
      break;
    case Finding::kMissing:
      news.reason = is_like ? UnreadableReason::kCovered : UnreadableReason::kCropped;
      break;
  }
  note (news);
}

// What is seen first counts at once.
void LookCheck::weigh (bool is_seen, const GstNumproLook &drawn)
{
  const bool is_new = !drawn_ || !gst_numpro_look_equal (&*drawn_, &drawn);
  drawn_ = drawn;
  disagreeing_ = is_seen == is_visible_ ? 0 : disagreeing_ + 1;
  if (is_new || disagreeing_ >= kPatience) {
    is_visible_ = is_seen;
    disagreeing_ = 0;
  }
}

// Other things of the number's colour may be beside it, so that more is found than was drawn. Of a
// frame that still has its shape, that is enough where the number stands upright. Where it does not
// what is found must have its size: around seven places there is more that may look like a number.
LookCheck::Sight LookCheck::find (const Picture &picture, const GstNumproMeta &meta) const
{
  Sight sight;
  const LaidNumber upright (meta, picture.orientation);
  const bool is_like = upright.frame.is_like (shape_);
  for (const Place &place : places_of (picture, meta, upright)) {
    const Share share = share_at (picture, meta, place);
    if (share == Share::kAllAlone || (share == Share::kAll && is_like))
      return {Finding::kSeen, place.digit_height, picture.orientation};
    const Finding finding = share == Share::kAll    ? Finding::kSeen
                            : share == Share::kPart ? Finding::kPartly
                                                    : Finding::kMissing;
    if (finding > sight.finding)
      sight = {finding, place.digit_height, picture.orientation};
  }
  if (const std::optional<Orientation> turned = find_turned (picture, meta))
    return {.finding = Finding::kTurned, .orientation = *turned};
  return sight;
}

// In which orientation the digits lie that do not stand upright, in frames that were turned and not
// put into another shape since.
std::optional<Orientation> LookCheck::find_turned (const Picture &picture,
                                                   const GstNumproMeta &meta) const
{
  for (const GstVideoOrientationMethod method : kOrientationMethods) {
    const LaidNumber number (meta, Orientation::of (method));
    if (number.orientation == picture.orientation || !number.frame.is_like (shape_))
      continue;
    const Place place = place_in (picture, meta, number, whole_frame ());
    if (share_at (picture, meta, place) == Share::kAllAlone)
      return number.orientation;
  }
  return std::nullopt;
}

std::vector<LookCheck::Place> LookCheck::places_of (const Picture &picture,
                                                    const GstNumproMeta &meta,
                                                    const LaidNumber &number) const
{
  const PictureArea frame = whole_frame ();
  const FrameShape &drawn_on = number.frame;
  if (drawn_on.is_like (shape_))
    return {place_in (picture, meta, number, whole_frame ())};
  // Cropped or padded by as much as the sizes differ, nobody knows on which side.
  Place place = place_in (
      picture, meta, number,
      {0, 0, static_cast<double> (drawn_on.width), static_cast<double> (drawn_on.height)});
  const double more_x = (frame.right - drawn_on.width) * picture.width / frame.right;
  const double more_y = (frame.bottom - drawn_on.height) * picture.height / frame.bottom;
  place.area.left += std::min (more_x, 0.0);
  place.area.right += std::max (more_x, 0.0);
  place.area.top += std::min (more_y, 0.0);
  place.area.bottom += std::max (more_y, 0.0);
  return {place_in (picture, meta, number, between_borders (drawn_on, shape_)), place};
}

// Where the number is if all of the frame that it was drawn on is in this part of the one that
// came.
LookCheck::Place LookCheck::place_in (const Picture &picture, const GstNumproMeta &meta,
                                      const LaidNumber &number, const PictureArea &content) const
{
  const double to_x = static_cast<double> (picture.width) / shape_.width;
  const double to_y = static_cast<double> (picture.height) / shape_.height;
  const double scale_x = (content.right - content.left) / number.frame.width * to_x;
  const double scale_y = (content.bottom - content.top) / number.frame.height * to_y;
  const double left = content.left * to_x, top = content.top * to_y;
  const PictureArea &ink = number.ink;
  return {{left + ink.left * scale_x, top + ink.top * scale_y, left + ink.right * scale_x,
           top + ink.bottom * scale_y},
          (ink.right - ink.left) * scale_x,
          (ink.bottom - ink.top) * scale_y,
          meta.digit_height * (number.orientation.swaps_axes ? scale_x : scale_y)};
}

// What has the number's colour there, and beside it as far as that reaches.
ColorFound LookCheck::ink_at (const Picture &picture, const GstNumproMeta &meta, const Place &place,
                              Strokes strokes) const
{
  constexpr int kMostSteps = 4;
  const guint32 color = shown_color (meta.look.color, info_);
  const double reach = place.digit_height / 4;
  PictureArea area = grown (place.area, kBlur);
  ColorFound found = find_color (picture, color, area, strokes);
  for (int i = 0; i < kMostSteps && found.pixels > 0; ++i) {
    const PictureArea beside = grown (found.around, reach);
    if (is_within (beside, area))
      break;
    area = united (area, beside);
    found = find_color (picture, color, area, strokes);
  }
  return found;
}

LookCheck::Share LookCheck::share_of (const ColorFound &found, const Place &place)
{
  if (found.pixels < kLeastInk * place.width * place.height)
    return Share::kNone;
  const double width = found.around.right - found.around.left;
  const double height = found.around.bottom - found.around.top;
  const auto least = [] (double size) { return kLeastShare * size - kBlur; };
  const auto most = [] (double size) { return size / kLeastShare + kBlur; };
  if (width < least (place.width) || height < least (place.height))
    return found.pixels < kLeastInkOfPart * width * height ? Share::kAll : Share::kPart;
  return width <= most (place.width) && height <= most (place.height) ? Share::kAllAlone
                                                                      : Share::kAll;
}

LookCheck::Share LookCheck::share_at (const Picture &picture, const GstNumproMeta &meta,
                                      const Place &place) const
{
  // Nor is a colour looked for that has yet to be mapped to what models see.
  if (place.digit_height < kLeastHeightToJudge || is_hdr (picture.colorimetry))
    return Share::kAll;
  Share share = Share::kNone;
  if (place.digit_height >= kLeastHeightOfThick)
    share = share_of (ink_at (picture, meta, place, Strokes::kThick), place);
  // Some strokes are thinner than others.
  if (place.digit_height < kLeastHeightOfThick || share == Share::kPart)
    share = share_of (ink_at (picture, meta, place, Strokes::kThin), place);
  const bool is_small = place.digit_height < Unreadable::kLeastDigitHeight;
  return share == Share::kPart && is_small ? Share::kAll : share;
}

}  // namespace numpro
