/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "settings.h"

#include <limits>
#include <memory>

namespace numpro {

namespace {

constexpr int kAlways = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
constexpr int kBeforeStart = kAlways | GST_PARAM_MUTABLE_READY;
constexpr int kLook = kAlways | GST_PARAM_MUTABLE_PLAYING | GST_PARAM_CONTROLLABLE;

GParamFlags flags_of (int flags)
{
  return static_cast<GParamFlags> (flags);
}

struct Names {
  const char *name, *nick, *blurb;
};

template <typename Field>
Property uint_property (Names n, guint min, guint max, guint preset, int flags, Field field)
{
  return {[=] {
            return g_param_spec_uint (n.name, n.nick, n.blurb, min, max, preset, flags_of (flags));
          },
          [=] (Settings &s, const GValue *v) { field (s) = g_value_get_uint (v); },
          [=] (Settings &s, GValue *v) { g_value_set_uint (v, field (s)); }};
}

template <typename Field>
Property uint64_property (Names n, guint64 preset, int flags, Field field)
{
  return {[=] {
            return g_param_spec_uint64 (n.name, n.nick, n.blurb, 0, G_MAXUINT64, preset,
                                        flags_of (flags));
          },
          [=] (Settings &s, const GValue *v) { field (s) = g_value_get_uint64 (v); },
          [=] (Settings &s, GValue *v) { g_value_set_uint64 (v, field (s)); }};
}

template <typename Field>
Property int_property (Names n, gint min, gint max, gint preset, int flags, Field field)
{
  return {[=] {
            return g_param_spec_int (n.name, n.nick, n.blurb, min, max, preset, flags_of (flags));
          },
          [=] (Settings &s, const GValue *v) { field (s) = g_value_get_int (v); },
          [=] (Settings &s, GValue *v) { g_value_set_int (v, field (s)); }};
}

template <typename Field>
Property double_property (Names n, double min, double max, double preset, int flags, Field field)
{
  return {[=] {
            return g_param_spec_double (n.name, n.nick, n.blurb, min, max, preset,
                                        flags_of (flags));
          },
          [=] (Settings &s, const GValue *v) { field (s) = g_value_get_double (v); },
          [=] (Settings &s, GValue *v) { g_value_set_double (v, field (s)); }};
}

template <typename Field>
Property bool_property (Names n, bool preset, int flags, Field field)
{
  return {[=] { return g_param_spec_boolean (n.name, n.nick, n.blurb, preset, flags_of (flags)); },
          [=] (Settings &s, const GValue *v) { field (s) = g_value_get_boolean (v); },
          [=] (Settings &s, GValue *v) { g_value_set_boolean (v, field (s)); }};
}

template <typename Field>
Property string_property (Names n, const char *preset, int flags, Field field)
{
  return {[=] { return g_param_spec_string (n.name, n.nick, n.blurb, preset, flags_of (flags)); },
          [=] (Settings &s, const GValue *v) {
            const char *text = g_value_get_string (v);
            field (s) = text ? text : preset;
          },
          [=] (Settings &s, GValue *v) { g_value_set_string (v, field (s).c_str ()); }};
}

template <typename Enum, typename Field>
Property enum_property (Names n, GType (*type) (), Enum preset, int flags, Field field)
{
  return {
      [=] {
        return g_param_spec_enum (n.name, n.nick, n.blurb, type (), static_cast<gint> (preset),
                                  flags_of (flags));
      },
      [=] (Settings &s, const GValue *v) { field (s) = static_cast<Enum> (g_value_get_enum (v)); },
      [=] (Settings &s, GValue *v) { g_value_set_enum (v, static_cast<gint> (field (s))); }};
}

// Fractions from 1/max to max/1 of two fields.
template <typename Numerator, typename Denominator>
Property rate_property (Names n, gint preset_n, gint preset_d, int flags, Numerator numerator,
                        Denominator denominator)
{
  return {
      [=] {
        return gst_param_spec_fraction (n.name, n.nick, n.blurb, 1, G_MAXINT, G_MAXINT, 1, preset_n,
                                        preset_d, flags_of (flags));
      },
      [=] (Settings &s, const GValue *v) {
        numerator (s) = gst_value_get_fraction_numerator (v);
        denominator (s) = gst_value_get_fraction_denominator (v);
      },
      [=] (Settings &s, GValue *v) { gst_value_set_fraction (v, numerator (s), denominator (s)); }};
}

#define FIELD(member)        \
  [](Settings & s) -> auto & \
  {                          \
    return s.member;         \
  }

// The paper's look (arXiv 2411.10332, section 3.3): DejaVu Sans Bold, 40 px high at 336x336, red,
// bottom right.
const Property kProperties[] = {
    enum_property ({"numbering", "Numbering", "What moves on to the next number"},
                   numbering_mode_get_type, NumberingRule::Mode::kCount, kBeforeStart,
                   FIELD (numbering.mode)),
    uint_property ({"every", "Every", "Buffers per number (numbering=count)"}, 1, G_MAXUINT, 1,
                   kBeforeStart, FIELD (numbering.every)),
    rate_property ({"rate", "Rate", "Numbers per second of running time (numbering=time)"}, 1, 1,
                   kBeforeStart, FIELD (numbering.rate_n), FIELD (numbering.rate_d)),
    uint64_property ({"start", "Start", "First number"}, 0, kBeforeStart, FIELD (numbering.start)),
    uint64_property ({"wrap", "Wrap", "Draw numbers modulo this (0 = never wrap)"}, 0, kBeforeStart,
                     FIELD (numbering.wrap)),
    enum_property ({"stamp", "Stamp", "What is drawn: the number, or the time at which it began"},
                   label_kind_get_type, LabelKind::kNumber, kLook, FIELD (style.label)),
    string_property ({"font-desc", "Font description",
                      "Pango font description; its size is not used, see font-size"},
                     "DejaVu Sans Bold", kLook, FIELD (style.font_desc)),
    double_property ({"font-size", "Font size", "Height of the font in pixels at reference-height"},
                     1, 1000, 40, kLook, FIELD (style.font_size)),
    uint_property ({"reference-height", "Reference height",
                    "Font, pads and outline scale by the frame's shorter side divided by this "
                    "(0 = they do not scale)"},
                   0, G_MAXINT, 336, kLook, FIELD (style.reference_height)),
    uint_property ({"color", "Color", "Color of the number (big-endian ARGB)"}, 0, G_MAXUINT32,
                   0xffff0000, kLook, FIELD (style.color)),
    uint_property ({"outline-color", "Outline color", "Color of the outline (big-endian ARGB)"}, 0,
                   G_MAXUINT32, 0xff000000, kLook, FIELD (style.outline_color)),
    double_property ({"outline-width", "Outline width",
                      "Width of the outline in pixels at reference-height (0 = none)"},
                     0, 100, 0, kLook, FIELD (style.outline_width)),
    bool_property ({"shaded-background", "Shaded background", "Darken the frame under the number"},
                   false, kLook, FIELD (style.shaded_background)),
    uint_property (
        {"shading-value", "Shading value", "How much shaded-background darkens (255 = black)"}, 1,
        255, 80, kLook, FIELD (style.shading_value)),
    enum_property ({"halignment", "Horizontal alignment", "Horizontal place of the number"},
                   gst_numpro_halign_get_type, GST_NUMPRO_HALIGN_RIGHT, kLook,
                   FIELD (style.halign)),
    enum_property ({"valignment", "Vertical alignment", "Vertical place of the number"},
                   gst_numpro_valign_get_type, GST_NUMPRO_VALIGN_BOTTOM, kLook,
                   FIELD (style.valign)),
    int_property ({"xpad", "Horizontal padding",
                   "Distance from the left or right edge in pixels at reference-height"},
                  0, G_MAXINT16, 0, kLook, FIELD (style.xpad)),
    int_property ({"ypad", "Vertical padding",
                   "Distance from the top or bottom edge in pixels at reference-height"},
                  0, G_MAXINT16, 0, kLook, FIELD (style.ypad)),
    int_property ({"deltax", "X shift", "Shift to the right in pixels of the frame"}, G_MININT16,
                  G_MAXINT16, 0, kLook, FIELD (style.deltax)),
    int_property ({"deltay", "Y shift", "Shift downwards in pixels of the frame"}, G_MININT16,
                  G_MAXINT16, 0, kLook, FIELD (style.deltay)),
    bool_property ({"silent", "Silent", "Count and attach the meta, but draw nothing"}, false,
                   kLook, FIELD (silent)),
};

#undef FIELD

}  // namespace

Settings Settings::defaults ()
{
  Settings settings;
  for (const Property &property : kProperties) {
    std::unique_ptr<GParamSpec, decltype (&g_param_spec_unref)> spec (
        g_param_spec_ref_sink (property.make_spec ()), g_param_spec_unref);
    property.set (settings, g_param_spec_get_default_value (spec.get ()));
  }
  return settings;
}

std::span<const Property> properties ()
{
  return kProperties;
}

GType numbering_mode_get_type ()
{
  static const GType type = [] {
    static const GEnumValue values[] = {
        {static_cast<gint> (NumberingRule::Mode::kCount),
         "Buffers: start + floor (buffers / every)", "count"},
        {static_cast<gint> (NumberingRule::Mode::kTime),
         "Running time: start + floor (running time x rate)", "time"},
        {0, nullptr, nullptr}};
    return g_enum_register_static ("GstNumproverlayNumbering", values);
  }();
  return type;
}

GType label_kind_get_type ()
{
  static const GType type = [] {
    static const GEnumValue values[] = {
        {static_cast<gint> (LabelKind::kNumber), "The number: 12", "number"},
        {static_cast<gint> (LabelKind::kSeconds), "Running time in seconds: 12.0s", "seconds"},
        {static_cast<gint> (LabelKind::kClock), "Running time as a clock: 00:12", "clock"},
        {0, nullptr, nullptr}};
    return g_enum_register_static ("GstNumproverlayStamp", values);
  }();
  return type;
}

}  // namespace numpro
