/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lookcheck.h"

#include <algorithm>
#include <utility>

#include "lib/picture/showncolor.h"
#include "lib/picture/transfer.h"

namespace numpro {

namespace {

// Of the area of a number, the share that its ink takes at least; digits take a third.
constexpr double kLeastInk = 0.05;

// Pixels of a picture. Strokes of smaller digits are so thin that their colour is mixed with
// others, and nobody reads them anyhow.
constexpr double kLeastHeightToJudge = 8;

// Samples in a row that must agree before numbers are taken for gone, or for back: a frame that was
// damaged on its way is no reason to end a batch.
constexpr guint kPatience = 3;

bool is_complete (const GstNumproMeta &meta)
{
  return meta.width > 0 && meta.height > 0 && meta.digit_height > 0 && meta.frame_width > 0 &&
         meta.frame_height > 0 && meta.frame_par_n > 0 && meta.frame_par_d > 0;
}

FrameShape shape_of (const GstNumproMeta &meta)
{
  return {meta.frame_width, meta.frame_height, meta.frame_par_n, meta.frame_par_d};
}

// Whether the frame that it was drawn on had no room for all of it. Around the ink there is a
// margin.
bool is_cut (const GstNumproMeta &meta, const Orientation &orientation)
{
  const double height = orientation.swaps_axes ? meta.width : meta.height;
  const double margin = (height - meta.digit_height) / 2;
  const double right = static_cast<double> (meta.x) + meta.width;
  const double bottom = static_cast<double> (meta.y) + meta.height;
  return meta.x < -margin || meta.y < -margin || right > meta.frame_width + margin ||
         bottom > meta.frame_height + margin;
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
  const FrameShape drawn_on = shape_of (meta);
  const std::optional<Place> place = find (picture, meta, drawn_on);
  const double height = place ? meta.digit_height * place->scale_of_digits : G_MAXDOUBLE;
  if (meta.look.stamp == GST_NUMPRO_STAMP_NUMBER && height < Unreadable::kLeastDigitHeight)
    note ({.reason = UnreadableReason::kSmall,
           .digit_height = height,
           .is_scaled_down = picture.height < static_cast<int> (shape_.height)});
  if (is_cut (meta, picture.orientation) && height >= kLeastHeightToJudge) {
    note ({UnreadableReason::kCut});
    return false;
  }
  weigh (place.has_value (), meta.look);
  if (!is_visible_)
    note ({.reason =
               drawn_on.is_like (shape_) ? UnreadableReason::kCovered : UnreadableReason::kCropped,
           .drawn_on = drawn_on,
           .received = shape_});
  return is_visible_;
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

std::optional<LookCheck::Place> LookCheck::find (const Picture &picture, const GstNumproMeta &meta,
                                                 const FrameShape &drawn_on) const
{
  const auto width = static_cast<double> (shape_.width),
             height = static_cast<double> (shape_.height);
  std::vector<Place> places;
  if (drawn_on.is_like (shape_)) {
    places.push_back (place_in (picture, meta, drawn_on, {0, 0, width, height}));
  } else {
    places.push_back (place_in (picture, meta, drawn_on, between_borders (drawn_on, shape_)));
    // Cropped or padded by as much as the sizes differ, nobody knows on which side.
    Place place = place_in (
        picture, meta, drawn_on,
        {0, 0, static_cast<double> (drawn_on.width), static_cast<double> (drawn_on.height)});
    const double more_x = (width - drawn_on.width) * place.scale_x;
    const double more_y = (height - drawn_on.height) * place.scale_y;
    place.area.left += std::min (more_x, 0.0);
    place.area.right += std::max (more_x, 0.0);
    place.area.top += std::min (more_y, 0.0);
    place.area.bottom += std::max (more_y, 0.0);
    places.push_back (place);
  }
  for (const Place &place : places) {
    if (shows (picture, meta, place))
      return place;
  }
  return std::nullopt;
}

// Where the number is if all of the frame that it was drawn on is in this part of the one that
// came.
LookCheck::Place LookCheck::place_in (const Picture &picture, const GstNumproMeta &meta,
                                      const FrameShape &from, const PictureArea &content) const
{
  const double to_x = static_cast<double> (picture.width) / shape_.width;
  const double to_y = static_cast<double> (picture.height) / shape_.height;
  const double scale_x = (content.right - content.left) / from.width * to_x;
  const double scale_y = (content.bottom - content.top) / from.height * to_y;
  const double left = content.left * to_x + meta.x * scale_x;
  const double top = content.top * to_y + meta.y * scale_y;
  return {{left, top, left + meta.width * scale_x, top + meta.height * scale_y},
          scale_x,
          scale_y,
          picture.orientation.swaps_axes ? scale_x : scale_y};
}

bool LookCheck::shows (const Picture &picture, const GstNumproMeta &meta, const Place &place) const
{
  // Nor is a colour looked for that has yet to be mapped to what models see.
  if (meta.digit_height * place.scale_of_digits < kLeastHeightToJudge ||
      is_hdr (picture.colorimetry))
    return true;
  const double pixels = meta.width * place.scale_x * meta.height * place.scale_y;
  return has_color (picture, shown_color (meta.look.color, info_), place.area, kLeastInk * pixels);
}

}  // namespace numpro
