/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <functional>
#include <memory>
#include <span>

namespace numpro {

/**
 * A property that reads and writes one field of a struct of settings.
 *
 * An element declares each of its properties once, in one table of these, with its default beside
 * it. Property number i (counted from 1) is the one at i - 1.
 */
template <typename Settings>
struct Property {
  std::function<GParamSpec *()> make_spec;
  std::function<void (Settings &, const GValue *)> set;
  std::function<void (Settings &, GValue *)> get;
};

/** Settings with every field at its property's default. */
template <typename Settings>
Settings default_settings (std::span<const Property<Settings>> properties)
{
  Settings settings;
  for (const Property<Settings> &property : properties) {
    const std::unique_ptr<GParamSpec, decltype (&g_param_spec_unref)> spec (
        g_param_spec_ref_sink (property.make_spec ()), g_param_spec_unref);
    // Not the specification's own value: GLib leaks that of an array.
    GValue value = G_VALUE_INIT;
    g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (spec.get ()));
    g_param_value_set_default (spec.get (), &value);
    property.set (settings, &value);
    g_value_unset (&value);
  }
  return settings;
}

template <typename Settings>
void install_properties (GObjectClass *klass, std::span<const Property<Settings>> properties)
{
  guint id = 0;
  for (const Property<Settings> &property : properties)
    g_object_class_install_property (klass, ++id, property.make_spec ());
}

/** May be set at any time. */
constexpr int kAlways = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
/** Takes effect when the element starts. */
constexpr int kBeforeStart = kAlways | GST_PARAM_MUTABLE_READY;
/** Takes effect on what comes next. */
constexpr int kWhilePlaying = kAlways | GST_PARAM_MUTABLE_PLAYING;

/** A field of a struct of settings, for a row of its table. */
// clang-format off
#define NUMPRO_FIELD(member) [] (auto &s) -> auto & { return s.member; }
// clang-format on

struct PropertyNames {
  const char *name, *nick, *blurb;
};

/** Makes the rows of a table. Fields are functions from settings to a reference. */
template <typename Settings>
struct PropertyRows {
  using Row = Property<Settings>;

  static GParamFlags flags_of (int flags) { return static_cast<GParamFlags> (flags); }

  template <typename Field>
  static Row uint_property (PropertyNames n, guint min, guint max, guint preset, int flags,
                            Field field)
  {
    return {[=] {
              return g_param_spec_uint (n.name, n.nick, n.blurb, min, max, preset,
                                        flags_of (flags));
            },
            [=] (Settings &s, const GValue *v) { field (s) = g_value_get_uint (v); },
            [=] (Settings &s, GValue *v) { g_value_set_uint (v, field (s)); }};
  }

  template <typename Field>
  static Row uint64_property (PropertyNames n, guint64 preset, int flags, Field field)
  {
    return {[=] {
              return g_param_spec_uint64 (n.name, n.nick, n.blurb, 0, G_MAXUINT64, preset,
                                          flags_of (flags));
            },
            [=] (Settings &s, const GValue *v) { field (s) = g_value_get_uint64 (v); },
            [=] (Settings &s, GValue *v) { g_value_set_uint64 (v, field (s)); }};
  }

  template <typename Field>
  static Row int_property (PropertyNames n, gint min, gint max, gint preset, int flags, Field field)
  {
    return {[=] {
              return g_param_spec_int (n.name, n.nick, n.blurb, min, max, preset, flags_of (flags));
            },
            [=] (Settings &s, const GValue *v) { field (s) = g_value_get_int (v); },
            [=] (Settings &s, GValue *v) { g_value_set_int (v, field (s)); }};
  }

  template <typename Field>
  static Row double_property (PropertyNames n, double min, double max, double preset, int flags,
                              Field field)
  {
    return {[=] {
              return g_param_spec_double (n.name, n.nick, n.blurb, min, max, preset,
                                          flags_of (flags));
            },
            [=] (Settings &s, const GValue *v) { field (s) = g_value_get_double (v); },
            [=] (Settings &s, GValue *v) { g_value_set_double (v, field (s)); }};
  }

  template <typename Field>
  static Row bool_property (PropertyNames n, bool preset, int flags, Field field)
  {
    return {
        [=] { return g_param_spec_boolean (n.name, n.nick, n.blurb, preset, flags_of (flags)); },
        [=] (Settings &s, const GValue *v) { field (s) = g_value_get_boolean (v); },
        [=] (Settings &s, GValue *v) { g_value_set_boolean (v, field (s)); }};
  }

  template <typename Field>
  static Row string_property (PropertyNames n, const char *preset, int flags, Field field)
  {
    return {[=] { return g_param_spec_string (n.name, n.nick, n.blurb, preset, flags_of (flags)); },
            [=] (Settings &s, const GValue *v) {
              const char *text = g_value_get_string (v);
              field (s) = text ? text : preset ? preset : "";
            },
            [=] (Settings &s, GValue *v) {
              g_value_set_string (v, preset || !field (s).empty () ? field (s).c_str () : nullptr);
            }};
  }

  /** A string that can be set, and never read. */
  template <typename Field>
  static Row secret_property (PropertyNames n, int flags, Field field)
  {
    Row row = string_property (n, nullptr, flags & ~G_PARAM_READABLE, field);
    row.get = [] (Settings &, GValue *) {};
    return row;
  }

  /** A GstValueArray of strings; its field is a vector of them. */
  template <typename Field>
  static Row strings_property (PropertyNames n, int flags, Field field)
  {
    return {[=] {
              return gst_param_spec_array (
                  n.name, n.nick, n.blurb,
                  g_param_spec_string ("element", n.nick, n.blurb, nullptr, flags_of (flags)),
                  flags_of (flags));
            },
            [=] (Settings &s, const GValue *v) {
              field (s).clear ();
              for (guint i = 0; i < gst_value_array_get_size (v); ++i) {
                const GValue *element = gst_value_array_get_value (v, i);
                const char *text =
                    G_VALUE_HOLDS_STRING (element) ? g_value_get_string (element) : nullptr;
                if (text)
                  field (s).emplace_back (text);
              }
            },
            [=] (Settings &s, GValue *v) {
              for (const auto &text : field (s)) {
                GValue element = G_VALUE_INIT;
                g_value_init (&element, G_TYPE_STRING);
                g_value_set_string (&element, text.c_str ());
                gst_value_array_append_and_take_value (v, &element);
              }
            }};
  }

  template <typename Enum, typename Field>
  static Row enum_property (PropertyNames n, GType (*type) (), Enum preset, int flags, Field field)
  {
    return {[=] {
              return g_param_spec_enum (n.name, n.nick, n.blurb, type (),
                                        static_cast<gint> (preset), flags_of (flags));
            },
            [=] (Settings &s, const GValue *v) {
              field (s) = static_cast<Enum> (g_value_get_enum (v));
            },
            [=] (Settings &s, GValue *v) { g_value_set_enum (v, static_cast<gint> (field (s))); }};
  }

  /** A fraction in two fields. Where it may be 0/1 that is also its preset. */
  template <typename Numerator, typename Denominator>
  static Row rate_property (PropertyNames n, gint preset_n, gint preset_d, int flags,
                            Numerator numerator, Denominator denominator)
  {
    return {[=] {
              return gst_param_spec_fraction (n.name, n.nick, n.blurb, preset_n == 0 ? 0 : 1,
                                              preset_n == 0 ? 1 : G_MAXINT, G_MAXINT, 1, preset_n,
                                              preset_d, flags_of (flags));
            },
            [=] (Settings &s, const GValue *v) {
              numerator (s) = gst_value_get_fraction_numerator (v);
              denominator (s) = gst_value_get_fraction_denominator (v);
            },
            [=] (Settings &s, GValue *v) {
              gst_value_set_fraction (v, numerator (s), denominator (s));
            }};
  }
};

}  // namespace numpro
