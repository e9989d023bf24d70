/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <initializer_list>
#include <random>

/** Numbers that are the same everywhere for the same seed. */
class Dice
{
 public:
  explicit Dice (guint seed) : engine_ (seed) {}

  /** From 0 to below @sides. */
  guint64 roll (guint64 sides) { return engine_ () % sides; }
  bool one_in (guint64 sides) { return roll (sides) == 0; }
  template <typename T>
  T pick (std::initializer_list<T> faces)
  {
    return *(faces.begin () + roll (faces.size ()));
  }

 private:
  std::mt19937 engine_;
};
