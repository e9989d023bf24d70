/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cairo.h>

#include <string>
#include <vector>

#include "lib/base/owned.h"

namespace numpro::asking {

using SurfacePtr = OwnedBy<cairo_surface_t, cairo_surface_destroy>;

/** Frames of a recording side by side in one picture, each with a caption under it. */
class ContactSheet
{
 public:
  /**
   * @param title a line above the frames
   * @param subtitle a line under that
   */
  ContactSheet (std::string title, std::string subtitle);

  /** Adds a frame. @param is_marked whether it has a border that stands out */
  void add (SurfacePtr picture, std::string caption, bool is_marked);

  /** Whether the PNG was written. */
  bool write (const std::string &location) const;

 private:
  struct Cell {
    SurfacePtr picture;
    std::string caption;
    bool is_marked;
  };
  struct Size {
    int width, height;
  };

  Size cell_size () const;
  static void draw (cairo_t *cr, const Cell &cell, Size size);

  const std::string title_, subtitle_;
  std::vector<Cell> cells_;
};

}  // namespace numpro::asking
