/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sheetcutter.h"

#include <algorithm>

#include "stampfinder.h"

namespace reader {

namespace {

constexpr int kMostColumns = 8;
constexpr double kInPlace = 0.06;  // of a cell's shorter side

struct Grid {
  int columns = 1, rows = 1;

  int cells () const { return columns * rows; }
};

Box cell_at (const Picture &sheet, const Grid &grid, int column, int row)
{
  const int width = sheet.width () / grid.columns, height = sheet.height () / grid.rows;
  return {column * width, row * height, width, height};
}

bool is_in_place (const ShapeRow &shapes, const Picture &sheet, const Grid &grid,
                  const StampLook &look)
{
  const int x = shapes.box.x + shapes.box.width / 2, y = shapes.box.y + shapes.box.height / 2;
  const int column = std::min (x * grid.columns / sheet.width (), grid.columns - 1);
  const int row = std::min (y * grid.rows / sheet.height (), grid.rows - 1);
  return distance_to_place (shapes, cell_at (sheet, grid, column, row), look) <= kInPlace;
}

Grid find_grid (const Picture &sheet, const StampLook &look)
{
  const std::vector<ShapeRow> candidates = StampFinder (sheet, look).rows ();
  Grid best;
  std::ptrdiff_t most = 0;
  for (int columns = 1; columns <= kMostColumns; ++columns) {
    for (int rows = 1; rows <= kMostColumns; ++rows) {
      const Grid grid = {columns, rows};
      const std::ptrdiff_t count = std::count_if (
          candidates.begin (), candidates.end (),
          [&] (const ShapeRow &shapes) { return is_in_place (shapes, sheet, grid, look); });
      if (count > most || (count == most && count > 0 && grid.cells () < best.cells ())) {
        most = count;
        best = grid;
      }
    }
  }
  return best;
}

}  // namespace

std::vector<Box> cells_of_sheet (const Picture &sheet, const StampLook &look)
{
  const Grid grid = find_grid (sheet, look);
  std::vector<Box> cells;
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column)
      cells.push_back (cell_at (sheet, grid, column, row));
  }
  return cells;
}

}  // namespace reader
