/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stampfinder.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace reader {

namespace {

constexpr int kInkLevel = 128;           // of gray, below which it is ink
constexpr int kLeastHeight = 7;          // of a digit; smaller ones nobody reads
constexpr double kLargestHeight = 0.35;  // of a digit, in parts of the picture's shorter side
constexpr double kFarthest = 0.12;       // of a stamp from its place
constexpr int kNearestGround = 48;       // off the ink; nearer than this it is no ground

bool is_digit_like (const Box &box, int side)
{
  // A "1" is narrow; digits of small pictures run into each other.
  return box.height >= kLeastHeight && box.height <= kLargestHeight * side &&
         box.width * 6 >= box.height && box.width <= 8 * box.height;
}

bool continues (const ShapeRow &row, const Box &shape)
{
  const Box &last = row.shapes.back ();
  const int tolerance = std::max (2, last.height / 6);
  return std::abs (last.y - shape.y) <= tolerance &&
         std::abs (last.bottom () - shape.bottom ()) <= tolerance &&
         shape.x - last.right () <= last.height * 2 / 3;
}

void append (ShapeRow &row, const Box &shape)
{
  const int top = std::min (row.box.y, shape.y);
  const int bottom = std::max (row.box.bottom (), shape.bottom ());
  const int right = std::max (row.box.right (), shape.right ());
  row.box = {row.box.x, top, right - row.box.x, bottom - top};
  row.shapes.push_back (shape);
}

int distance_of (const Rgb &one, const Rgb &other)
{
  return std::max (
      {std::abs (one.r - other.r), std::abs (one.g - other.g), std::abs (one.b - other.b)});
}

// How far off the ink most of a picture is; one without pixels has no ground.
int distance_of_ground (const Picture &picture, const Rgb &ink)
{
  std::vector<int> distances;
  for (int y = 0; y < picture.height (); y += 2) {
    for (int x = 0; x < picture.width (); x += 2)
      distances.push_back (distance_of (picture.at (x, y), ink));
  }
  if (distances.empty ())
    return kNearestGround;
  const auto middle = distances.begin () + static_cast<std::ptrdiff_t> (distances.size () / 2);
  std::nth_element (distances.begin (), middle, distances.end ());
  return std::max (*middle, kNearestGround);
}

double gap (StampLook::Horizontal place, const Box &box, const Box &area)
{
  switch (place) {
    case StampLook::Horizontal::kLeft:
      return box.x - area.x;
    case StampLook::Horizontal::kCenter:
      return box.x + box.width / 2.0 - area.x - area.width / 2.0;
    case StampLook::Horizontal::kRight:
      break;
  }
  return area.right () - box.right ();
}

double gap (StampLook::Vertical place, const Box &box, const Box &area)
{
  switch (place) {
    case StampLook::Vertical::kTop:
      return box.y - area.y;
    case StampLook::Vertical::kCenter:
      return box.y + box.height / 2.0 - area.y - area.height / 2.0;
    case StampLook::Vertical::kBottom:
      break;
  }
  return area.bottom () - box.bottom ();
}

}  // namespace

StampFinder::StampFinder (const Picture &picture, const StampLook &look)
    : look_ (look), gray_ (pixCreate (picture.width (), picture.height (), 8))
{
  // White is what the number stands on, be it as near to red as the gray of a wall.
  const int ground = distance_of_ground (picture, look.ink);
  for (int y = 0; y < picture.height (); ++y) {
    l_uint32 *line = pixGetData (gray_.get ()) + y * pixGetWpl (gray_.get ());
    for (int x = 0; x < picture.width (); ++x)
      SET_DATA_BYTE (line, x,
                     std::min (255, distance_of (picture.at (x, y), look.ink) * 255 / ground));
  }
}

std::vector<ShapeRow> StampFinder::rows () const
{
  const PixPtr ink (pixThresholdToBinary (gray_.get (), kInkLevel));
  const BoxesPtr boxes (pixConnCompBB (ink.get (), 8));
  const int side = std::min (pixGetWidth (gray_.get ()), pixGetHeight (gray_.get ()));
  std::vector<Box> shapes;
  for (l_int32 i = 0; i < boxaGetCount (boxes.get ()); ++i) {
    Box box;
    boxaGetBoxGeometry (boxes.get (), i, &box.x, &box.y, &box.width, &box.height);
    if (is_digit_like (box, side))
      shapes.push_back (box);
  }
  std::sort (shapes.begin (), shapes.end (), [] (const Box &a, const Box &b) { return a.x < b.x; });

  std::vector<ShapeRow> rows;
  for (const Box &shape : shapes) {
    const auto row = std::find_if (rows.begin (), rows.end (), [&] (const ShapeRow &candidate) {
      return continues (candidate, shape);
    });
    if (row == rows.end ())
      rows.push_back ({shape, {shape}});
    else
      append (*row, shape);
  }
  return rows;
}

std::optional<ShapeRow> StampFinder::stamp () const
{
  const Box area = {0, 0, pixGetWidth (gray_.get ()), pixGetHeight (gray_.get ())};
  std::optional<ShapeRow> nearest;
  double least = kFarthest;
  for (ShapeRow &row : rows ()) {
    const double distance = distance_to_place (row, area, look_);
    if (distance <= least) {
      least = distance;
      nearest = std::move (row);
    }
  }
  return nearest;
}

PixPtr StampFinder::cut (const Box &box) const
{
  const BoxPtr area (boxCreate (box.x, box.y, box.width, box.height));
  return PixPtr (pixClipRectangle (gray_.get (), area.get (), nullptr));
}

double distance_to_place (const ShapeRow &row, const Box &area, const StampLook &look)
{
  const double side = std::min (area.width, area.height);
  return std::hypot (gap (look.horizontal, row.box, area), gap (look.vertical, row.box, area)) /
         side;
}

}  // namespace reader
