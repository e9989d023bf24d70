/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace reader {

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
};

struct Box {
  int x = 0, y = 0, width = 0, height = 0;

  int right () const { return x + width; }
  int bottom () const { return y + height; }
  bool contains (int px, int py) const
  {
    return px >= x && px < right () && py >= y && py < bottom ();
  }
};

/** Decoded pixels. */
class Picture
{
 public:
  Picture () = default;
  Picture (int width, int height);

  /** None if it is no whole JPEG, or one too large to be a picture of a video. */
  static std::optional<Picture> from_jpeg (std::string_view jpeg);

  int width () const { return width_; }
  int height () const { return height_; }

  Rgb at (int x, int y) const;
  std::uint8_t *row (int y);

  /** What is inside of @box, which has to lie in the picture. */
  Picture cut (const Box &box) const;

  /** The same with a longer edge of at most @edge pixels. */
  Picture shrunken (int edge) const;

 private:
  int width_ = 0, height_ = 0;
  std::vector<std::uint8_t> rgb_;
};

}  // namespace reader
