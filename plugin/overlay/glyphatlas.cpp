/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "glyphatlas.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "gst/numpro/owned.h"

namespace numpro {

namespace {

using Context = OwnedBy<PangoContext, g_object_unref>;
using Layout = OwnedBy<PangoLayout, g_object_unref>;
using Font = OwnedBy<PangoFont, g_object_unref>;
using Description = OwnedBy<PangoFontDescription, pango_font_description_free>;
using FontOptions = OwnedBy<cairo_font_options_t, cairo_font_options_destroy>;
using Surface = OwnedBy<cairo_surface_t, cairo_surface_destroy>;
using Cairo = OwnedBy<cairo_t, cairo_destroy>;

// Beyond this a digit is larger than any screen, and its drawing than memory is worth.
constexpr double kMaxPixelSize = 4096;

// The paper's code puts the text's top at H - h - h/3 with h the height of the ink, counted from
// the ascender line. For DejaVu Sans Bold at 40 px that leaves 2 px below the ink: a twentieth of
// the font size.
constexpr double kMarginPerSize = 1.0 / 20;

constexpr std::string_view kGenericFamilies[] = {"sans",    "sans-serif", "serif",    "monospace",
                                                 "cursive", "fantasy",    "system-ui"};

// Where the ink of one character is, as it is seen: pixels from the pen's start and the baseline.
struct Extents {
  int left = 0, right = 0, top = 0, bottom = 0;
  int advance = 0;
  bool has_ink () const { return left < right; }
};

int round_up (int value, int step)
{
  return (value + step - 1) / step * step;
}

Context make_context (const GlyphSpec &spec)
{
  // Whole-pixel advances and hinted outlines: the pixels that Pillow, and so the paper, draws.
  FontOptions options (cairo_font_options_create ());
  cairo_font_options_set_antialias (options.get (), CAIRO_ANTIALIAS_GRAY);
  // Where pixels are not square, outlines are drawn as they are, and measure what their scale says.
  const bool is_square = spec.x_density == 1 && spec.y_density == 1;
  cairo_font_options_set_hint_style (options.get (),
                                     is_square ? CAIRO_HINT_STYLE_FULL : CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options.get (),
                                       is_square ? CAIRO_HINT_METRICS_ON : CAIRO_HINT_METRICS_OFF);

  // A map of our own: the default one belongs to the thread, and streaming threads come and go.
  OwnedBy<PangoFontMap, g_object_unref> map (pango_cairo_font_map_new ());
  Context context (pango_font_map_create_context (map.get ()));
  pango_cairo_context_set_font_options (context.get (), options.get ());
  return context;
}

Layout make_layout (PangoContext *context, const PangoFontDescription *description, char c)
{
  Layout layout (pango_layout_new (context));
  pango_layout_set_font_description (layout.get (), description);
  pango_layout_set_text (layout.get (), &c, 1);
  return layout;
}

int pixels_down (int units, double density)
{
  return static_cast<int> (std::floor (units * density / PANGO_SCALE));
}

int pixels_up (int units, double density)
{
  return static_cast<int> (std::ceil (units * density / PANGO_SCALE));
}

// What an outline adds on each side.
int outline_reach (const GlyphSpec &spec, double density)
{
  return static_cast<int> (std::ceil (spec.outline_width * density));
}

Extents measure (PangoLayout *layout, const GlyphSpec &spec)
{
  PangoRectangle ink, logical;
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  pango_layout_line_get_extents (line, &ink, &logical);

  Extents extents;
  extents.advance = pixels_up (logical.width, spec.x_density);
  if (ink.width > 0 && ink.height > 0) {
    const int beside = outline_reach (spec, spec.x_density);
    const int above = outline_reach (spec, spec.y_density);
    extents.left = pixels_down (ink.x, spec.x_density) - beside;
    extents.right = pixels_up (ink.x + ink.width, spec.x_density) + beside;
    extents.top = pixels_down (ink.y, spec.y_density) - above;
    extents.bottom = pixels_up (ink.y + ink.height, spec.y_density) + above;
  }
  return extents;
}

// Where the pen starts in a cell, as it is seen.
struct Pen {
  int x, baseline;
};

struct CellSize {
  int width, height;
};

template <typename Paint>
std::vector<guint8> draw_mask (const CellSize &cell, const Pen &pen, const GlyphSpec &spec,
                               Paint paint)
{
  const auto [width, height] = cell;
  Surface surface (cairo_image_surface_create (CAIRO_FORMAT_A8, width, height));
  {
    Cairo cr (cairo_create (surface.get ()));
    cairo_scale (cr.get (), spec.x_density, spec.y_density);
    paint (cr.get (), pen.x / spec.x_density, pen.baseline / spec.y_density);
  }
  cairo_surface_flush (surface.get ());

  std::vector<guint8> mask (static_cast<std::size_t> (width) * height);
  const guint8 *pixels = cairo_image_surface_get_data (surface.get ());
  const int stride = cairo_image_surface_get_stride (surface.get ());
  if (pixels) {
    for (int y = 0; y < height; ++y)
      std::copy_n (pixels + y * stride, width, mask.data () + y * width);
  }
  return mask;
}

// The mask as it lies in the frame.
std::vector<guint8> lay_mask (const std::vector<guint8> &seen, const CellSize &cell,
                              const Orientation &orientation)
{
  if (orientation.is_upright ())
    return seen;
  const auto [width, height] = cell;
  const int columns = orientation.swaps_axes ? height : width;
  std::vector<guint8> lying (seen.size ());
  for (int v = 0; v < height; ++v) {
    for (int u = 0; u < width; ++u) {
      int x = orientation.swaps_axes ? v : u, y = orientation.swaps_axes ? u : v;
      if (orientation.reverses_x)
        x = columns - 1 - x;
      if (orientation.reverses_y)
        y = static_cast<int> (seen.size ()) / columns - 1 - y;
      lying[static_cast<std::size_t> (y) * columns + x] =
          seen[static_cast<std::size_t> (v) * width + u];
    }
  }
  return lying;
}

// A character, drawn with the pen there and laid as the frame is.
Glyph draw_glyph (PangoLayout *layout, const CellSize &cell, const Pen &pen, const GlyphSpec &spec)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  Glyph glyph;
  glyph.width = spec.orientation.swaps_axes ? cell.height : cell.width;
  glyph.height = spec.orientation.swaps_axes ? cell.width : cell.height;
  const auto draw = [&] (auto paint) {
    return lay_mask (draw_mask (cell, pen, spec, paint), cell, spec.orientation);
  };
  glyph.fill = draw ([&] (cairo_t *cr, double x, double y) {
    cairo_move_to (cr, x, y);
    pango_cairo_show_layout_line (cr, line);
  });
  if (spec.outline_width > 0) {
    glyph.outline = draw ([&] (cairo_t *cr, double x, double y) {
      cairo_move_to (cr, x, y);
      pango_cairo_show_layout_line (cr, line);
      cairo_move_to (cr, x, y);
      pango_cairo_layout_line_path (cr, line);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_line_width (cr, 2 * spec.outline_width);
      cairo_stroke (cr);
    });
  }
  return glyph;
}

Box ink_in_cell (const Extents &extents, const Pen &pen, const GlyphSpec &spec)
{
  if (!extents.has_ink ())
    return {};
  const int beside = outline_reach (spec, spec.x_density);
  const int above = outline_reach (spec, spec.y_density);
  return {pen.x + extents.left + beside, pen.baseline + extents.top + above,
          extents.right - extents.left - 2 * beside, extents.bottom - extents.top - 2 * above};
}

std::string family_of_loaded_font (PangoContext *context, const PangoFontDescription *description)
{
  Font font (pango_context_load_font (context, description));
  if (!font)
    return {};
  Description loaded (pango_font_describe (font.get ()));
  const char *family = pango_font_description_get_family (loaded.get ());
  return family ? family : "";
}

// A generic family ("Sans") stands for whatever the system has; of a list any member will do.
bool asks_for (const PangoFontDescription *description, const std::string &family)
{
  const char *wanted = pango_font_description_get_family (description);
  if (!wanted)
    return true;
  OwnedBy<gchar *, g_strfreev> names (g_strsplit (wanted, ",", -1));
  for (gchar **name = names.get (); *name; ++name) {
    g_strstrip (*name);
    const auto same = [&] (std::string_view other) {
      return g_ascii_strcasecmp (*name, std::string (other).c_str ()) == 0;
    };
    if (same (family) ||
        std::any_of (std::begin (kGenericFamilies), std::end (kGenericFamilies), same))
      return true;
  }
  return false;
}

}  // namespace

GlyphSpec::GlyphSpec (const Style &style, const FrameView &view, const PixelSteps &pixel_steps)
    : font_desc (style.font_desc),
      stamp (style.stamp),
      x_density (view.x_density ()),
      y_density (view.y_density ()),
      orientation (view.orientation),
      steps (pixel_steps)
{
  const double scale = style.scale (view.info);
  const double most = kMaxPixelSize / std::max ({x_density, y_density, 1.0});
  pixel_size = std::clamp (style.font_size * scale, 1.0, most);
  outline_width = std::min (style.drawn_outline_width () * scale, pixel_size);
}

GlyphAtlas::GlyphAtlas (const GlyphSpec &spec) : spec_ (spec)
{
  Description description (pango_font_description_from_string (spec.font_desc.c_str ()));
  pango_font_description_set_absolute_size (description.get (), spec.pixel_size * PANGO_SCALE);
  Context context = make_context (spec);

  family_ = family_of_loaded_font (context.get (), description.get ());
  font_substituted_ = !asks_for (description.get (), family_);

  const std::string_view characters = stamp_characters (spec.stamp);
  std::vector<Layout> layouts (characters.size ());
  std::vector<Extents> extents (characters.size ());
  Extents all;         // ink of every character: the height of the cells
  int digit_left = 0;  // what the widest digit needs on both sides of the pen's start
  int digit_right = 0;
  for (std::size_t i = 0; i < characters.size (); ++i) {
    layouts[i] = make_layout (context.get (), description.get (), characters[i]);
    extents[i] = measure (layouts[i].get (), spec);
    const Extents &e = extents[i];
    if (e.has_ink ()) {
      all.top = std::min (all.top, e.top);
      all.bottom = std::max (all.bottom, e.bottom);
    }
    if (g_ascii_isdigit (characters[i])) {
      digit_height_ =
          std::max (digit_height_, e.bottom - e.top - 2 * outline_reach (spec, spec.y_density));
      digit_left = std::max (digit_left, -e.left);
      digit_right = std::max ({digit_right, e.advance, e.right});
    }
  }

  const int margin =
      static_cast<int> (std::lround (spec.pixel_size * spec.y_density * kMarginPerSize));
  const bool swaps = spec.orientation.swaps_axes;
  const int needed = std::max (all.bottom - all.top + 2 * margin, 1);
  height_ = round_up (needed, swaps ? spec.steps.x : spec.steps.y);
  // What rounding adds goes above: the number keeps its distance from the lower edge.
  const int baseline = height_ - needed + margin - all.top;

  for (std::size_t i = 0; i < characters.size (); ++i) {
    const bool digit = g_ascii_isdigit (characters[i]);
    const int left = digit ? digit_left : std::max (0, -extents[i].left);
    const int right = digit ? digit_right : std::max (extents[i].advance, extents[i].right);
    const int width = round_up (std::max (left + right, 1), swaps ? spec.steps.y : spec.steps.x);
    // What rounding adds goes to the left: the last digit keeps its distance from the right edge.
    const Pen pen = {width - right, baseline};
    Glyph &glyph = glyphs_[slot_of (characters[i])];
    glyph = draw_glyph (layouts[i].get (), {width, height_}, pen, spec);
    glyph.ink = ink_in_cell (extents[i], pen, spec);
    if (digit && glyph.ink.height == digit_height_)
      digit_top_ = glyph.ink.y;
  }
}

int GlyphAtlas::width (std::string_view text) const
{
  int width = 0;
  for (char c : text)
    width += spec_.orientation.swaps_axes ? glyph (c).height : glyph (c).width;
  return width;
}

Box GlyphAtlas::ink (std::string_view text, int width) const
{
  // Texts begin with a digit; digits are as high as all ink, and only the ends tell how wide it is.
  const Glyph &first = glyph (text.front ()), &last = glyph (text.back ());
  const bool swaps = spec_.orientation.swaps_axes;
  const int right = width - (swaps ? last.height : last.width) + last.ink.x + last.ink.width;
  if (digit_height_ <= 0 || first.ink.x >= right)
    return {};
  return lay ({first.ink.x, digit_top_, right - first.ink.x, digit_height_}, spec_.orientation,
              swaps ? height_ : width, swaps ? width : height_);
}

AtlasPtr find_atlas (const GlyphSpec &spec, AtlasPtr &last)
{
  if (!last || last->spec () != spec)
    last = std::make_shared<const GlyphAtlas> (spec);
  return last;
}

}  // namespace numpro
