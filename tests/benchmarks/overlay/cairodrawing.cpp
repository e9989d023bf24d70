/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cairodrawing.h"

#include <cairo.h>

#include <algorithm>

namespace numpro::bench {

namespace {

struct Drawing {
  double font_size;
  double x, y;  // where the baseline starts
  unsigned number = 100;
};

void draw (GstElement *, cairo_t *cairo, guint64, guint64, gpointer data)
{
  auto *drawing = static_cast<Drawing *> (data);
  char text[sizeof "999"];
  g_snprintf (text, sizeof text, "%u", drawing->number);
  drawing->number = drawing->number == 999 ? 100 : drawing->number + 1;

  cairo_select_font_face (cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (cairo, drawing->font_size);
  cairo_set_source_rgb (cairo, 1, 0, 0);
  cairo_move_to (cairo, drawing->x, drawing->y);
  cairo_show_text (cairo, text);
}

void destroy (gpointer data, GClosure *)
{
  std::unique_ptr<Drawing>{static_cast<Drawing *> (data)};
}

}  // namespace

void draw_numbers_with_cairo (GstElement *cairooverlay, const FrameKind &kind)
{
  constexpr double kDigitAdvance = 0.7;  // of the font size, in DejaVu Sans Bold
  const double font_size = 40.0 * std::min (kind.width, kind.height) / 336;

  auto drawing = std::make_unique<Drawing> ();
  drawing->font_size = font_size;
  drawing->x = kind.width - 3 * kDigitAdvance * font_size;
  drawing->y = kind.height - 0.05 * font_size;
  g_signal_connect_data (cairooverlay, "draw", G_CALLBACK (draw), drawing.release (), destroy,
                         static_cast<GConnectFlags> (0));
}

}  // namespace numpro::bench
