/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "contactsheet.h"

#include <algorithm>
#include <cstdio>

namespace numpro::media {

namespace {

constexpr int kColumns = 4;
constexpr int kCellEdge = 480;  // the longer side of a frame on the sheet
constexpr int kGap = 8;
constexpr int kCaptionHeight = 26;
constexpr double kCaptionSize = 16;
constexpr double kMark[] = {1, 0.65, 0};  // orange: stands out from white and from most pictures

// 1:02.500
std::string caption_of (GstClockTime time)
{
  const guint64 milliseconds = (time + GST_MSECOND / 2) / GST_MSECOND;
  char text[40];
  std::snprintf (text, sizeof text,
                 "%" G_GUINT64_FORMAT ":%02" G_GUINT64_FORMAT ".%03" G_GUINT64_FORMAT,
                 milliseconds / 60000, milliseconds / 1000 % 60, milliseconds % 1000);
  return text;
}

}  // namespace

void ContactSheet::add (SurfacePtr picture, std::string caption, bool is_marked)
{
  cells_.push_back ({std::move (picture), std::move (caption), is_marked});
}

void ContactSheet::add_frames (FrameReader &reader, int count)
{
  for (int i = 0; i < count; ++i) {
    // The middle of the i-th of count equal parts.
    const GstClockTime time = gst_util_uint64_scale_int (reader.duration (), 2 * i + 1, 2 * count);
    Frame frame = reader.at (time);
    if (frame.picture)
      add (std::move (frame.picture), caption_of (frame.time), false);
  }
}

bool ContactSheet::write (const std::string &location) const
{
  if (cells_.empty ())
    return false;

  const int frame_width = cairo_image_surface_get_width (cells_.front ().picture.get ());
  const int frame_height = cairo_image_surface_get_height (cells_.front ().picture.get ());
  const double scale = static_cast<double> (kCellEdge) / std::max (frame_width, frame_height);
  const int cell_width = std::max (1, static_cast<int> (frame_width * scale));
  const int cell_height = std::max (1, static_cast<int> (frame_height * scale));

  const int count = static_cast<int> (cells_.size ());
  const int columns = std::min (count, kColumns);
  const int rows = (count + columns - 1) / columns;
  const SurfacePtr sheet (
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, kGap + columns * (cell_width + kGap),
                                  kGap + rows * (cell_height + kCaptionHeight + kGap)));
  const OwnedBy<cairo_t, cairo_destroy> context (cairo_create (sheet.get ()));
  cairo_t *cr = context.get ();
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_select_font_face (cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, kCaptionSize);

  for (int i = 0; i < count; ++i) {
    const int x = kGap + i % columns * (cell_width + kGap);
    const int y = kGap + i / columns * (cell_height + kCaptionHeight + kGap);
    cairo_save (cr);
    cairo_translate (cr, x, y);
    cairo_rectangle (cr, 0, 0, cell_width, cell_height);
    cairo_clip (cr);
    cairo_scale (cr, scale, scale);
    cairo_set_source_surface (cr, cells_[i].picture.get (), 0, 0);
    cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
    cairo_paint (cr);
    cairo_restore (cr);

    if (cells_[i].is_marked) {
      cairo_set_source_rgb (cr, kMark[0], kMark[1], kMark[2]);
      cairo_set_line_width (cr, kGap);
      cairo_rectangle (cr, x - kGap / 2., y - kGap / 2., cell_width + kGap, cell_height + kGap);
      cairo_stroke (cr);
    }
    cairo_set_source_rgb (cr, 0, 0, 0);
    cairo_move_to (cr, x, y + cell_height + kCaptionSize + 2);
    cairo_show_text (cr, cells_[i].caption.c_str ());
  }
  return cairo_surface_write_to_png (sheet.get (), location.c_str ()) == CAIRO_STATUS_SUCCESS;
}

}  // namespace numpro::media
