/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "settings.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "gst/numpro/owned.h"

namespace numpro {

namespace {

constexpr const char *kNone = "none", *kAuto = "auto";

// A colour that somebody sets is wanted, be it the default one.
void set_color (OverlaySettings &settings, const GValue *value, const GParamSpec *)
{
  settings.style.color = g_value_get_uint (value);
  settings.style.is_color_chosen = true;
}

constexpr auto kLook = static_cast<GParamFlags> (kWhilePlaying | GST_PARAM_CONTROLLABLE);

// A width as outline has it: what std::from_chars takes, whatever the locale.
std::optional<double> parse_width (std::string_view text)
{
  double width = 0;
  const auto [end, error] = std::from_chars (text.data (), text.data () + text.size (), width);
  const bool in_range = width >= 0 && width <= kMaxOutlineWidth;  // what is not a number is not
  if (error != std::errc () || end != text.data () + text.size () || !in_range)
    return std::nullopt;
  return width;
}

void set_outline (OverlaySettings &settings, const GValue *value, const GParamSpec *spec)
{
  const char *text = g_value_get_string (value);
  const std::string_view outline = text ? text : G_PARAM_SPEC_STRING (spec)->default_value;
  const std::optional<double> width = outline == kNone ? 0 : parse_width (outline);
  const bool is_auto = outline == kAuto;
  if (is_auto || width)
    settings.refused_outline.reset ();
  else
    settings.refused_outline = outline;
  if (is_auto || width)
    settings.style.outline_auto = is_auto;
  if (width)
    settings.style.outline_width = *width;
}

void get_outline (const OverlaySettings &settings, GValue *value, const GParamSpec *)
{
  g_value_set_string (value, outline_text (settings.style).c_str ());
}

// The paper's look (arXiv 2411.10332, section 3.3): DejaVu Sans Bold, 40 px high at 336x336, red,
// bottom right.
constexpr Property<OverlaySettings> kProperties[] = {
    NUMPRO_PROPERTY (numbering.mode, g_param_spec_enum, "numbering", "Numbering",
                     "What moves on to the next number", numbering_mode_get_type (),
                     static_cast<gint> (NumberingOptions::Mode::kCount), kBeforeStart),
    NUMPRO_PROPERTY (numbering.every, g_param_spec_uint, "every", "Every",
                     "Buffers per number (numbering=count)", 1, G_MAXUINT, 1, kBeforeStart),
    NUMPRO_PROPERTY (numbering.rate, gst_param_spec_fraction, "rate", "Rate",
                     "Numbers per second of running time (numbering=time)", 1, G_MAXINT, G_MAXINT,
                     1, 1, 1, kBeforeStart),
    NUMPRO_PROPERTY (numbering.start, g_param_spec_uint64, "start", "Start", "First number", 0,
                     G_MAXUINT64, 0, kBeforeStart),
    NUMPRO_PROPERTY (numbering.wrap, g_param_spec_uint64, "wrap", "Wrap",
                     "Draw numbers modulo this (0 = never wrap)", 0, G_MAXUINT64, 0, kBeforeStart),
    NUMPRO_PROPERTY (style.stamp, g_param_spec_enum, "stamp", "Stamp",
                     "What is drawn: the number, or the time at which it began",
                     stamp_kind_get_type (), static_cast<gint> (StampKind::kNumber), kLook),
    NUMPRO_PROPERTY (style.font_desc, g_param_spec_string, "font-desc", "Font description",
                     "Pango font description; its size is not used, see font-size",
                     "DejaVu Sans Bold", kLook),
    NUMPRO_PROPERTY (style.font_size, g_param_spec_double, "font-size", "Font size",
                     "Height of the font in pixels at reference-height", 1, 1000, 40, kLook),
    NUMPRO_PROPERTY (style.reference_height, g_param_spec_uint, "reference-height",
                     "Reference height",
                     "Font, pads and outline scale by the frame's shorter side as seen divided by "
                     "this (0 = they do not scale)",
                     0, G_MAXINT, 336, kLook),
    {[] {
       return g_param_spec_uint (
           "color", "Color",
           "Color of the number (big-endian ARGB); where it is not set, the number on grey formats "
           "is white with a black outline",
           0, G_MAXUINT32, 0xffff0000, kLook);
     },
     set_color, get_field<NUMPRO_FIELD (style.color)>},
    {[] {
       return g_param_spec_string (
           "outline", "Outline",
           "Outline of the number: none, a width in pixels at reference-height, or auto: black or "
           "white, by what is under the number",
           kNone, kLook);
     },
     set_outline, get_outline},
    NUMPRO_PROPERTY (style.outline_color, g_param_spec_uint, "outline-color", "Outline color",
                     "Color of the outline (big-endian ARGB); not used with outline=auto", 0,
                     G_MAXUINT32, 0xff000000, kLook),
    NUMPRO_PROPERTY (
        style.outline_width, g_param_spec_double, "outline-width", "Outline width",
        "Width of the outline in pixels at reference-height (0 = none; with outline=auto "
        "0 = 2)",
        0, kMaxOutlineWidth, 0, kLook),
    NUMPRO_PROPERTY (style.shaded_background, g_param_spec_boolean, "shaded-background",
                     "Shaded background", "Darken the frame under the number", false, kLook),
    NUMPRO_PROPERTY (style.shading_value, g_param_spec_uint, "shading-value", "Shading value",
                     "How much shaded-background darkens (255 = black)", 1, 255, 80, kLook),
    NUMPRO_PROPERTY (style.halign, g_param_spec_enum, "halignment", "Horizontal alignment",
                     "Horizontal place of the number", gst_numpro_halign_get_type (),
                     GST_NUMPRO_HALIGN_RIGHT, kLook),
    NUMPRO_PROPERTY (style.valign, g_param_spec_enum, "valignment", "Vertical alignment",
                     "Vertical place of the number", gst_numpro_valign_get_type (),
                     GST_NUMPRO_VALIGN_BOTTOM, kLook),
    NUMPRO_PROPERTY (style.xpad, g_param_spec_int, "xpad", "Horizontal padding",
                     "Distance from the left or right edge in pixels at reference-height", 0,
                     G_MAXINT16, 0, kLook),
    NUMPRO_PROPERTY (style.ypad, g_param_spec_int, "ypad", "Vertical padding",
                     "Distance from the top or bottom edge in pixels at reference-height", 0,
                     G_MAXINT16, 0, kLook),
    NUMPRO_PROPERTY (style.deltax, g_param_spec_int, "deltax", "X shift",
                     "Shift to the right as seen, in pixels of the frame", G_MININT16, G_MAXINT16,
                     0, kLook),
    NUMPRO_PROPERTY (style.deltay, g_param_spec_int, "deltay", "Y shift",
                     "Shift downwards as seen, in pixels of the frame", G_MININT16, G_MAXINT16, 0,
                     kLook),
    NUMPRO_PROPERTY (silent, g_param_spec_boolean, "silent", "Silent",
                     "Count and attach the meta, but draw nothing", false, kLook),
};

}  // namespace

std::span<const Property<OverlaySettings>> overlay_properties ()
{
  return kProperties;
}

std::string outline_text (const Style &style)
{
  if (style.outline_auto)
    return kAuto;
  if (style.outline_width == 0)
    return kNone;
  std::array<char, 32> text;
  return {text.data (),
          std::to_chars (text.data (), text.data () + text.size (), style.outline_width).ptr};
}

OverlaySettings initial_settings ()
{
  OverlaySettings settings = default_settings (overlay_properties ());
  settings.style.is_color_chosen = false;
  return settings;
}

std::string differences (const OverlaySettings &others, const OverlaySettings &settings)
{
  std::string text;
  for (const Property<OverlaySettings> &property : kProperties) {
    const SpecPtr spec = owned_spec (property);
    const auto value_in = [&] (const OverlaySettings &from) {
      GValue value = G_VALUE_INIT;
      g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (spec.get ()));
      property.get (from, &value, spec.get ());
      const TextPtr words (gst_value_serialize (&value));
      g_value_unset (&value);
      return std::string (words.get ());
    };
    if (const std::string value = value_in (settings); value != value_in (others))
      text += std::string (" ") + spec->name + "=" + value;
  }
  return text;
}

GType numbering_mode_get_type ()
{
  static const GType type = [] {
    static const GEnumValue values[] = {
        {static_cast<gint> (NumberingOptions::Mode::kCount),
         "Buffers: start + floor (buffers / every)", "count"},
        {static_cast<gint> (NumberingOptions::Mode::kTime),
         "Running time: start + floor (running time x rate)", "time"},
        {static_cast<gint> (NumberingOptions::Mode::kRecorded),
         "The recording: as numproseiinserter wrote them", "recorded"},
        {0, nullptr, nullptr}};
    return g_enum_register_static ("GstNumproverlayNumbering", values);
  }();
  return type;
}

GType stamp_kind_get_type ()
{
  static const GType type = [] {
    static const GEnumValue values[] = {
        {static_cast<gint> (StampKind::kNumber), "The number: 12", "number"},
        {static_cast<gint> (StampKind::kSeconds), "Running time in seconds: 12.0s", "seconds"},
        {static_cast<gint> (StampKind::kClock), "Running time as a clock: 00:12", "clock"},
        {0, nullptr, nullptr}};
    return g_enum_register_static ("GstNumproverlayStamp", values);
  }();
  return type;
}

}  // namespace numpro
