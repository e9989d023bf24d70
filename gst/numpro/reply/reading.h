/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/obstacle.h>

#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace numpro {

/** Numbers from one to another, as an answer names them: not yet compared with any batch. */
struct NumberRange {
  guint64 first, last;

  auto operator<=> (const NumberRange &) const = default;
};

struct NumberScore {
  guint64 number;
  double score;
};

/** What an answer says, by itself: whether the numbers are those of a batch is seen later. */
struct Reading {
  GstNumproObstacle obstacle = GST_NUMPRO_OBSTACLE_NONE; /**< why it cannot be read */
  std::string detail;                                    /**< more about that; may be empty */
  std::vector<NumberRange> spans; /**< where the event is visible; empty: nowhere */
  bool is_in_words = false;       /**< spans that overlap may be a guess and a better one */
  std::vector<NumberScore> scores;
  std::optional<guint64> first_seen, last_seen;

  bool is_read () const { return obstacle == GST_NUMPRO_OBSTACLE_NONE; }
};

inline Reading unreadable (GstNumproObstacle obstacle, std::string detail = {})
{
  Reading reading;
  reading.obstacle = obstacle;
  reading.detail = std::move (detail);
  return reading;
}

}  // namespace numpro
