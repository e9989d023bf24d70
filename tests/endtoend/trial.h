/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <random>
#include <string>

#include "film.h"

/** How films go to numprosink. */
struct TrialRule {
  std::string reader;          /**< properties: the model's endpoint and name */
  std::string sink_properties; /**< more of them */
  bool h264 = false;           /**< through x264 at 1 Mbit/s and back */
};

/**
 * A film, a question about it, and the answer.
 *
 * Of the model's answer nothing is known but the messages on the bus. The film does not begin at
 * stream time 0, nor numbers at 0.
 */
class Trial
{
 public:
  explicit Trial (unsigned seed);

  /** Asks. @return what is wrong with the answer, or nothing */
  std::string run (const TrialRule &rule);

  /** "something green, 2/1, ...": what distinguishes this one. */
  std::string description () const;

 private:
  /** What the bus told. */
  struct Told {
    Intervals intervals;
    std::string problem;
  };

  std::string launch_line (const TrialRule &rule) const;
  void send (GstPad *pad) const;
  void note (GstMessage *message, Told &told) const;
  std::string judge (Intervals found) const;

  std::mt19937 random_;
  unsigned rate_, batch_size_, first_number_;
  GstClockTime slot_, offset_;
  Film film_;
};
