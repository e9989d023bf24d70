/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>
#include <gst/video/video.h>

#include <optional>
#include <set>
#include <vector>

#include "laidnumber.h"
#include "lib/picture/colorsearch.h"
#include "unreadable.h"

namespace numpro {

/**
 * Finds out what of the numbers on frames is to be seen in the small pictures of them, and tells
 * once what keeps models from reading them.
 *
 * The meta says what was drawn, and where. What became of it since is seen in the picture: where a
 * number must be, some pixels have its colour, and they reach as far as its digits do. That is
 * looked for in each sample, and costs some microseconds.
 */
class LookCheck
{
 public:
  /**
   * @param has_labels whether somebody wants the numbers before images anyhow: then frames that do
   *   not show them on purpose are nothing to be told
   */
  explicit LookCheck (bool has_labels) : has_labels_ (has_labels) {}

  /** The frames that come have this format. */
  void set_info (const GstVideoInfo &info);

  /**
   * How a model sees the number of a frame.
   *
   * @param picture of the whole frame, not turned yet
   * @param meta of the frame
   */
  GstNumproLook look_in (const Picture &picture, const GstNumproMeta &meta);

  /** What was found out since the last call; each reason once. */
  std::vector<Unreadable> take_news ();

 private:
  // Where in a picture the ink of a number is, or may be, and its size and that of a digit there.
  struct Place {
    PictureArea area;
    double width, height, digit_height;
  };

  // How much of a number is at a place: kAll where that much may be another thing's, too.
  enum class Share { kNone, kPart, kAll, kAllAlone };

  // What was found of a number. The order decides between two places for it.
  enum class Finding { kMissing, kPartly, kTurned, kSeen };
  struct Sight {
    Finding finding = Finding::kMissing;
    double digit_height = G_MAXDOUBLE;  // in the picture
    Orientation orientation;            // kTurned: in which the digits lie
  };

  void note (const Unreadable &news);
  bool is_whole (const Picture &picture, const GstNumproMeta &meta);
  void note_lost (const Sight &sight, const Picture &picture, const GstNumproMeta &meta);
  Sight find (const Picture &picture, const GstNumproMeta &meta) const;
  std::optional<Orientation> find_turned (const Picture &picture, const GstNumproMeta &meta) const;
  PictureArea whole_frame () const
  {
    return {0, 0, static_cast<double> (shape_.width), static_cast<double> (shape_.height)};
  }
  std::vector<Place> places_of (const Picture &picture, const GstNumproMeta &meta,
                                const LaidNumber &number) const;
  Place place_in (const Picture &picture, const GstNumproMeta &meta, const LaidNumber &number,
                  const PictureArea &content) const;
  ColorFound ink_at (const Picture &picture, const GstNumproMeta &meta, const Place &place,
                     Strokes strokes) const;
  static Share share_of (const ColorFound &found, const Place &place);
  Share share_at (const Picture &picture, const GstNumproMeta &meta, const Place &place) const;
  void weigh (bool is_seen, const GstNumproLook &drawn);

  const bool has_labels_;
  GstVideoInfo info_{};
  FrameShape shape_;
  std::set<UnreadableReason> told_;
  std::vector<Unreadable> news_;

  // What the last samples came to.
  std::optional<GstNumproLook> drawn_;  // none before the first sample of a format
  bool is_visible_ = true;
  guint disagreeing_ = 0;  // samples, one after the other, that say otherwise
};

}  // namespace numpro
