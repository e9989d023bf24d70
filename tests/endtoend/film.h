/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <random>
#include <string>

#include "interval.h"

/**
 * A film of 16 to 30 seconds in which a colour is seen from one frame to another, made up from a
 * seed: on the whole screen or as a bar, never, once or twice, before another colour, with noise
 * and something else that moves.
 */
class Film
{
 public:
  static constexpr int kWidth = 640, kHeight = 360, kFps = 30;

  /** @param slot of the numbers that will be drawn: nothing shorter could be found for certain */
  Film (unsigned seed, GstClockTime slot);

  /** What is asked about it. */
  const std::string &question () const { return question_; }

  /** When it is true, from the film's start. */
  const Intervals &truth () const { return truth_; }

  int frames () const { return frames_; }
  static GstClockTime time_of (int frame);
  static GstCaps *caps ();

  /** A new buffer with the frame, which lies on its own time. */
  GstBuffer *frame (int index) const;

 private:
  struct Yuv {
    guint8 y, u, v;
  };
  struct Bar {
    int x, y, width, height;
  };

  int pick (int from, int to);
  Yuv shade_of (std::size_t color);
  void choose_colors ();
  void choose_events (GstClockTime slot);
  void fill (guint8 *planes, const Bar &bar, const Yuv &color) const;
  void add_noise (guint8 *luma, int index) const;
  bool shows_event (int index) const;

  std::mt19937 random_;
  int frames_ = 0;
  std::string question_;
  Intervals truth_;
  Yuv event_{}, background_{}, mover_{};
  Bar place_{};
};
