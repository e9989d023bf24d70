/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <optional>
#include <string>
#include <vector>

namespace numpro {

/** Numbers from one to another, as an answer names them: not yet compared with any batch. */
struct NumberRange {
  guint64 first, last;
};

struct NumberScore {
  guint64 number;
  double score;
};

/** What an answer says, by itself: whether the numbers are those of a batch is seen later. */
struct Reading {
  std::string obstacle;             /**< why it cannot be read; empty when it can */
  std::vector<NumberRange> present; /**< where the event is visible; empty: nowhere */
  std::vector<NumberRange> absent;  /**< where the answer says that it is not */
  bool denies_only = false;         /**< says where the event is not, and nothing else */
  bool is_pair = false; /**< two numbers that may be two frames or the ends of a range */
  std::vector<NumberScore> scores;
  std::optional<guint64> first_seen, last_seen;

  bool is_read () const { return obstacle.empty (); }
};

inline Reading unreadable (std::string obstacle)
{
  Reading reading;
  reading.obstacle = std::move (obstacle);
  return reading;
}

}  // namespace numpro
