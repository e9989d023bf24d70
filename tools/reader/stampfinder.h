/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <vector>

#include "owned.h"
#include "stamplook.h"

namespace reader {

/** Shapes of one height beside each other, as digits are. */
struct ShapeRow {
  Box box;
  std::vector<Box> shapes;
};

/** What in a picture is of the ink's colour. */
class StampFinder
{
 public:
  StampFinder (const Picture &picture, const StampLook &look);

  /** Rows of shapes that may be numbers, wherever they are. */
  std::vector<ShapeRow> rows () const;

  /** The row in the place where the look says that the number is. */
  std::optional<ShapeRow> stamp () const;

  /** A part of the picture: black where there is ink, white where there is none, gray between. */
  PixPtr cut (const Box &box) const;

 private:
  StampLook look_;
  PixPtr gray_;
};

/** How far a row is from where numbers stand in an area, in parts of its shorter side. */
double distance_to_place (const ShapeRow &row, const Box &area, const StampLook &look);

}  // namespace reader
