/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "looktext.h"

#include <charconv>

namespace numpro {

namespace {

constexpr guint32 kOpaque = 0xff000000;

// The basic colour keywords of CSS that people use for what they name.
constexpr struct {
  std::string_view name;
  guint32 argb;
} kColors[] = {
    {"red", 0xffff0000},     {"lime", 0xff00ff00},  {"green", 0xff008000},  {"blue", 0xff0000ff},
    {"yellow", 0xffffff00},  {"white", 0xffffffff}, {"black", 0xff000000},  {"gray", 0xff808080},
    {"magenta", 0xffff00ff}, {"cyan", 0xff00ffff},  {"orange", 0xffffa500}, {"purple", 0xff800080},
};

constexpr std::string_view kColumns[] = {"left", "center", "right"};
constexpr std::string_view kRows[] = {"top", "center", "bottom"};

}  // namespace

std::string color_to_string (guint32 argb)
{
  for (const auto &color : kColors) {
    if (color.argb == (argb | kOpaque))
      return std::string (color.name);
  }
  char text[8];
  g_snprintf (text, sizeof (text), "#%06x", argb & ~kOpaque);
  return text;
}

std::optional<guint32> color_from_string (std::string_view text)
{
  for (const auto &color : kColors) {
    if (color.name == text)
      return color.argb;
  }
  guint32 rgb = 0;
  if (text.size () != 7 || text[0] != '#')
    return std::nullopt;
  const char *end = text.data () + text.size ();
  const auto result = std::from_chars (text.data () + 1, end, rgb, 16);
  if (result.ec != std::errc () || result.ptr != end)
    return std::nullopt;
  return rgb | kOpaque;
}

std::string position_to_string (const GstNumproLook &look)
{
  if (look.halign == GST_NUMPRO_HALIGN_CENTER && look.valign == GST_NUMPRO_VALIGN_CENTER)
    return "center";
  return std::string (kRows[look.valign]) + "-" + std::string (kColumns[look.halign]);
}

bool position_from_string (std::string_view text, GstNumproLook &look)
{
  for (int v = GST_NUMPRO_VALIGN_TOP; v <= GST_NUMPRO_VALIGN_BOTTOM; ++v) {
    for (int h = GST_NUMPRO_HALIGN_LEFT; h <= GST_NUMPRO_HALIGN_RIGHT; ++h) {
      look.halign = static_cast<GstNumproHAlign> (h);
      look.valign = static_cast<GstNumproVAlign> (v);
      if (text == position_to_string (look))
        return true;
    }
  }
  return false;
}

}  // namespace numpro
