/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "contactsheet.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <utility>

namespace numpro::asking {

namespace {

using Context = OwnedBy<cairo_t, cairo_destroy>;
using Layout = OwnedBy<PangoLayout, g_object_unref>;
using Description = OwnedBy<PangoFontDescription, pango_font_description_free>;

constexpr int kColumns = 4;
constexpr int kCellEdge = 480;  // the longer side of a frame on the sheet
constexpr int kGap = 8;
constexpr int kTitleHeight = 40, kSubtitleHeight = 44, kCaptionHeight = 30;
constexpr double kTitleSize = 28, kSubtitleSize = 22, kCaptionSize = 16;
constexpr double kMark[] = {1, 0.65, 0};  // orange: stands out from white and from most pictures

enum class Weight { kNormal, kBold };

// A line of text, in whatever script it is, cut off where it is wider than there is room for.
void show_text (cairo_t *cr, const std::string &text, int y, int width, double size, Weight weight)
{
  const Layout layout (pango_cairo_create_layout (cr));
  const Description font (pango_font_description_from_string ("DejaVu Sans"));
  pango_font_description_set_absolute_size (font.get (), size * PANGO_SCALE);
  if (weight == Weight::kBold)
    pango_font_description_set_weight (font.get (), PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout.get (), font.get ());
  pango_layout_set_single_paragraph_mode (layout.get (), TRUE);
  pango_layout_set_width (layout.get (), width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout.get (), PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout.get (), text.c_str (), static_cast<int> (text.size ()));
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, 0, y);
  pango_cairo_show_layout (cr, layout.get ());
}

}  // namespace

ContactSheet::ContactSheet (std::string title, std::string subtitle)
    : title_ (std::move (title)), subtitle_ (std::move (subtitle))
{
}

void ContactSheet::add (SurfacePtr picture, std::string caption, bool is_marked)
{
  cells_.push_back ({std::move (picture), std::move (caption), is_marked});
}

// That of the first picture; those of one recording have one size.
ContactSheet::Size ContactSheet::cell_size () const
{
  const int width = cairo_image_surface_get_width (cells_.front ().picture.get ());
  const int height = cairo_image_surface_get_height (cells_.front ().picture.get ());
  const double scale = static_cast<double> (kCellEdge) / std::max (width, height);
  return {std::max (1, static_cast<int> (width * scale)),
          std::max (1, static_cast<int> (height * scale))};
}

void ContactSheet::draw (cairo_t *cr, const Cell &cell, Size size)
{
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, size.width, size.height);
  cairo_clip (cr);
  const double scale = static_cast<double> (kCellEdge) /
                       std::max (cairo_image_surface_get_width (cell.picture.get ()),
                                 cairo_image_surface_get_height (cell.picture.get ()));
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, cell.picture.get (), 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
  if (cell.is_marked) {
    cairo_set_source_rgb (cr, kMark[0], kMark[1], kMark[2]);
    cairo_set_line_width (cr, kGap);
    cairo_rectangle (cr, -kGap / 2., -kGap / 2., size.width + kGap, size.height + kGap);
    cairo_stroke (cr);
  }
  show_text (cr, cell.caption, size.height + kGap, size.width, kCaptionSize,
             cell.is_marked ? Weight::kBold : Weight::kNormal);
}

bool ContactSheet::write (const std::string &location) const
{
  if (cells_.empty ())
    return false;
  const Size cell = cell_size ();
  const int count = static_cast<int> (cells_.size ());
  const int columns = std::min (count, kColumns);
  const int rows = (count + columns - 1) / columns;
  const int cells_top = kGap + kTitleHeight + kSubtitleHeight;
  const int width = kGap + columns * (cell.width + kGap);
  const SurfacePtr sheet (cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, width, cells_top + rows * (cell.height + kCaptionHeight + kGap)));
  const Context context (cairo_create (sheet.get ()));
  cairo_t *cr = context.get ();
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, kGap, 0);
  show_text (cr, title_, kGap, width - 2 * kGap, kTitleSize, Weight::kBold);
  show_text (cr, subtitle_, kGap + kTitleHeight, width - 2 * kGap, kSubtitleSize, Weight::kNormal);
  for (int i = 0; i < count; ++i) {
    cairo_save (cr);
    cairo_translate (cr, i % columns * (cell.width + kGap),
                     cells_top + i / columns * (cell.height + kCaptionHeight + kGap));
    draw (cr, cells_[i], cell);
    cairo_restore (cr);
  }
  return cairo_surface_write_to_png (sheet.get (), location.c_str ()) == CAIRO_STATUS_SUCCESS;
}

}  // namespace numpro::asking
