/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "numberpicture.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "gst/numpro/owned.h"
#include "lumaweights.h"

namespace numpro {

namespace {

using Surface = OwnedBy<cairo_surface_t, cairo_surface_destroy>;
using Cairo = OwnedBy<cairo_t, cairo_destroy>;
using Gradient = OwnedBy<cairo_pattern_t, cairo_pattern_destroy>;
using Layout = OwnedBy<PangoLayout, g_object_unref>;
using Context = OwnedBy<PangoContext, g_object_unref>;
using FontMap = OwnedBy<PangoFontMap, g_object_unref>;
using Description = OwnedBy<PangoFontDescription, pango_font_description_free>;

// The paper's (arXiv 2411.10332, section 3.3).
constexpr char kFont[] = "DejaVu Sans Bold";
constexpr double kFontSize = 40, kReferenceHeight = 336, kPad = kFontSize / 20;

Rgb jfif_ycbcr (const Rgb &rgb)
{
  return LumaWeights (GST_VIDEO_COLOR_MATRIX_BT601).to_ycbcr (rgb);
}

double luma_of (const Rgb &rgb)
{
  return jfif_ycbcr (rgb)[0];
}

// A pale tint that is another one with each variant, and never the number's colour.
Rgb ground_for (const Rgb &color, guint variant)
{
  constexpr double kTurn = 2.39996;  // the golden angle: few of its multiples lie near each other
  constexpr double kTint = 0.06;
  const double grey = luma_of (color) > 0.5 ? 0.2 : 0.75;
  Rgb ground;
  for (std::size_t i = 0; i < ground.size (); ++i)
    ground[i] = grey + kTint * std::cos (kTurn * variant + 2 * G_PI / 3 * static_cast<double> (i));
  return ground;
}

void paint_ground (cairo_t *cr, const Rgb &ground, int height)
{
  constexpr double kSlope = 0.05;
  const Gradient gradient (cairo_pattern_create_linear (0, 0, 0, height));
  cairo_pattern_add_color_stop_rgb (gradient.get (), 0, ground[0] + kSlope, ground[1] + kSlope,
                                    ground[2] + kSlope);
  cairo_pattern_add_color_stop_rgb (gradient.get (), 1, ground[0] - kSlope, ground[1] - kSlope,
                                    ground[2] - kSlope);
  cairo_set_source (cr, gradient.get ());
  cairo_paint (cr);
}

// Near edge, middle, far edge: both axes count alike.
double align (int alignment, double space, double pad)
{
  return alignment == GST_NUMPRO_HALIGN_LEFT     ? pad
         : alignment == GST_NUMPRO_HALIGN_CENTER ? space / 2
                                                 : space - pad;
}

void paint_number (cairo_t *cr, guint64 number, const GstNumproLook &look, int width, int height)
{
  const double scale = std::min (width, height) / kReferenceHeight;
  // A map of its own: the default one belongs to the thread.
  const FontMap map (pango_cairo_font_map_new ());
  const Context context (pango_font_map_create_context (map.get ()));
  const Layout layout (pango_layout_new (context.get ()));
  const Description description (pango_font_description_from_string (kFont));
  pango_font_description_set_absolute_size (description.get (), kFontSize * scale * PANGO_SCALE);
  pango_layout_set_font_description (layout.get (), description.get ());
  pango_layout_set_text (layout.get (), std::to_string (number).c_str (), -1);
  PangoRectangle ink;
  pango_layout_get_pixel_extents (layout.get (), &ink, nullptr);
  const double x = align (look.halign, width - ink.width, kPad * scale);
  const double y = align (look.valign, height - ink.height, kPad * scale);
  const Rgb color = rgb_of (look.color);
  cairo_set_source_rgba (cr, color[0], color[1], color[2], (look.color >> 24) / 255.0);
  cairo_move_to (cr, x - ink.x, y - ink.y);
  pango_cairo_show_layout (cr, layout.get ());
}

// Each plane at its own resolution: chroma of four pixels is their mean.
class Converter
{
 public:
  Converter (cairo_surface_t *surface, Picture &picture)
      : pixels_ (cairo_image_surface_get_data (surface)),
        stride_ (cairo_image_surface_get_stride (surface)),
        picture_ (picture)
  {
  }

  void run ()
  {
    for (int y = 0; y < 2 * picture_.chroma_height (); ++y) {
      for (int x = 0; x < picture_.luma_stride (); ++x)
        picture_.y ()[y * picture_.luma_stride () + x] = sample (luma_of (pixel (x, y)));
    }
    for (int y = 0; y < picture_.chroma_height (); ++y) {
      for (int x = 0; x < picture_.chroma_width (); ++x)
        set_chroma (x, y);
    }
  }

 private:
  static guint8 sample (double value)
  {
    return static_cast<guint8> (std::clamp (std::lround (value * 255), 0L, 255L));
  }

  // Pixels beyond the edge are those at it.
  Rgb pixel (int x, int y) const
  {
    guint32 argb;
    std::copy_n (pixels_ + std::min (y, picture_.height - 1) * stride_ +
                     std::min (x, picture_.width - 1) * 4,
                 sizeof (argb), reinterpret_cast<guint8 *> (&argb));
    return rgb_of (argb);
  }

  void set_chroma (int x, int y)
  {
    Rgb mean{};
    for (int i = 0; i < 4; ++i) {
      const Rgb rgb = pixel (2 * x + i % 2, 2 * y + i / 2);
      for (std::size_t c = 0; c < mean.size (); ++c)
        mean[c] += rgb[c] / 4;
    }
    const Rgb ycbcr = jfif_ycbcr (mean);
    const int at = y * picture_.chroma_stride () + x;
    picture_.u ()[at] = sample (ycbcr[1] + 128 / 255.0);
    picture_.v ()[at] = sample (ycbcr[2] + 128 / 255.0);
  }

  const guint8 *pixels_;
  int stride_;
  Picture &picture_;
};

}  // namespace

void draw_number (guint64 number, const GstNumproLook &look, guint variant, Picture &picture)
{
  const Surface surface (
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, picture.width, picture.height));
  {
    const Cairo cr (cairo_create (surface.get ()));
    paint_ground (cr.get (), ground_for (rgb_of (look.color), variant), picture.height);
    paint_number (cr.get (), number, look, picture.width, picture.height);
  }
  cairo_surface_flush (surface.get ());
  picture.colorimetry = jfif_colorimetry ();
  Converter (surface.get (), picture).run ();
}

}  // namespace numpro
