/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "settings.h"

namespace numpro {

namespace {

constexpr int kLook = kWhilePlaying | GST_PARAM_CONTROLLABLE;

using Rows = PropertyRows<OverlaySettings>;

// The paper's look (arXiv 2411.10332, section 3.3): DejaVu Sans Bold, 40 px high at 336x336, red,
// bottom right.
const Property<OverlaySettings> kProperties[] = {
    Rows::enum_property ({"numbering", "Numbering", "What moves on to the next number"},
                         numbering_mode_get_type, NumberingRule::Mode::kCount, kBeforeStart,
                         NUMPRO_FIELD (numbering.mode)),
    Rows::uint_property ({"every", "Every", "Buffers per number (numbering=count)"}, 1, G_MAXUINT,
                         1, kBeforeStart, NUMPRO_FIELD (numbering.every)),
    Rows::rate_property ({"rate", "Rate", "Numbers per second of running time (numbering=time)"}, 1,
                         1, kBeforeStart, NUMPRO_FIELD (numbering.rate_n),
                         NUMPRO_FIELD (numbering.rate_d)),
    Rows::uint64_property ({"start", "Start", "First number"}, 0, kBeforeStart,
                           NUMPRO_FIELD (numbering.start)),
    Rows::uint64_property ({"wrap", "Wrap", "Draw numbers modulo this (0 = never wrap)"}, 0,
                           kBeforeStart, NUMPRO_FIELD (numbering.wrap)),
    Rows::enum_property (
        {"stamp", "Stamp", "What is drawn: the number, or the time at which it began"},
        label_kind_get_type, LabelKind::kNumber, kLook, NUMPRO_FIELD (style.label)),
    Rows::string_property ({"font-desc", "Font description",
                            "Pango font description; its size is not used, see font-size"},
                           "DejaVu Sans Bold", kLook, NUMPRO_FIELD (style.font_desc)),
    Rows::double_property (
        {"font-size", "Font size", "Height of the font in pixels at reference-height"}, 1, 1000, 40,
        kLook, NUMPRO_FIELD (style.font_size)),
    Rows::uint_property (
        {"reference-height", "Reference height",
         "Font, pads and outline scale by the frame's shorter side divided by this "
         "(0 = they do not scale)"},
        0, G_MAXINT, 336, kLook, NUMPRO_FIELD (style.reference_height)),
    Rows::uint_property ({"color", "Color", "Color of the number (big-endian ARGB)"}, 0,
                         G_MAXUINT32, 0xffff0000, kLook, NUMPRO_FIELD (style.color)),
    Rows::uint_property (
        {"outline-color", "Outline color", "Color of the outline (big-endian ARGB)"}, 0,
        G_MAXUINT32, 0xff000000, kLook, NUMPRO_FIELD (style.outline_color)),
    Rows::double_property ({"outline-width", "Outline width",
                            "Width of the outline in pixels at reference-height (0 = none)"},
                           0, 100, 0, kLook, NUMPRO_FIELD (style.outline_width)),
    Rows::bool_property (
        {"shaded-background", "Shaded background", "Darken the frame under the number"}, false,
        kLook, NUMPRO_FIELD (style.shaded_background)),
    Rows::uint_property (
        {"shading-value", "Shading value", "How much shaded-background darkens (255 = black)"}, 1,
        255, 80, kLook, NUMPRO_FIELD (style.shading_value)),
    Rows::enum_property ({"halignment", "Horizontal alignment", "Horizontal place of the number"},
                         gst_numpro_halign_get_type, GST_NUMPRO_HALIGN_RIGHT, kLook,
                         NUMPRO_FIELD (style.halign)),
    Rows::enum_property ({"valignment", "Vertical alignment", "Vertical place of the number"},
                         gst_numpro_valign_get_type, GST_NUMPRO_VALIGN_BOTTOM, kLook,
                         NUMPRO_FIELD (style.valign)),
    Rows::int_property ({"xpad", "Horizontal padding",
                         "Distance from the left or right edge in pixels at reference-height"},
                        0, G_MAXINT16, 0, kLook, NUMPRO_FIELD (style.xpad)),
    Rows::int_property ({"ypad", "Vertical padding",
                         "Distance from the top or bottom edge in pixels at reference-height"},
                        0, G_MAXINT16, 0, kLook, NUMPRO_FIELD (style.ypad)),
    Rows::int_property ({"deltax", "X shift", "Shift to the right in pixels of the frame"},
                        G_MININT16, G_MAXINT16, 0, kLook, NUMPRO_FIELD (style.deltax)),
    Rows::int_property ({"deltay", "Y shift", "Shift downwards in pixels of the frame"}, G_MININT16,
                        G_MAXINT16, 0, kLook, NUMPRO_FIELD (style.deltay)),
    Rows::bool_property ({"silent", "Silent", "Count and attach the meta, but draw nothing"}, false,
                         kLook, NUMPRO_FIELD (silent)),
};

}  // namespace

std::span<const Property<OverlaySettings>> overlay_properties ()
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
