/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace numpro {

/**
 * A property that reads and writes one field of a struct of settings.
 *
 * An element declares each of its properties once, in one constexpr table of these, with its
 * default beside it. Property number i (counted from 1) is the one at i - 1.
 */
template <typename Settings>
struct Property {
  GParamSpec *(*make_spec) ();
  void (*set) (Settings &, const GValue *, const GParamSpec *);
  void (*get) (const Settings &, GValue *, const GParamSpec *); /**< null: write-only */
};

/** May be set at any time. */
constexpr auto kAlways = static_cast<GParamFlags> (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
/** Takes effect when the element starts. */
constexpr auto kBeforeStart = static_cast<GParamFlags> (kAlways | GST_PARAM_MUTABLE_READY);
/** Takes effect on what comes next. */
constexpr auto kWhilePlaying = static_cast<GParamFlags> (kAlways | GST_PARAM_MUTABLE_PLAYING);

// clang-format off
/** A field of a struct of settings, as a template argument. */
#define NUMPRO_FIELD(member) [] (auto &settings) -> auto & { return settings.member; }

/** A row of a table: the field, then the function that makes its GParamSpec and its arguments. */
#define NUMPRO_PROPERTY(member, param_spec, ...)        \
  {[] { return param_spec (__VA_ARGS__); },             \
   numpro::set_field<NUMPRO_FIELD (member)>, numpro::get_field<NUMPRO_FIELD (member)>}
// clang-format on

/** A field for gst_param_spec_fraction(). */
struct Fraction {
  gint n, d;
};

/** Puts a property's value into a field of its type. A string that is NULL is the default. */
template <auto Field, typename Settings>
void set_field (Settings &settings, const GValue *value, const GParamSpec *spec)
{
  auto &field = Field (settings);
  using Type = std::remove_reference_t<decltype (field)>;
  if constexpr (std::is_same_v<Type, bool>) {
    field = g_value_get_boolean (value);
  } else if constexpr (std::is_same_v<Type, gint>) {
    field = g_value_get_int (value);
  } else if constexpr (std::is_same_v<Type, guint>) {
    field = g_value_get_uint (value);
  } else if constexpr (std::is_same_v<Type, guint64>) {
    field = g_value_get_uint64 (value);
  } else if constexpr (std::is_same_v<Type, double>) {
    field = g_value_get_double (value);
  } else if constexpr (std::is_enum_v<Type>) {
    field = static_cast<Type> (g_value_get_enum (value));
  } else if constexpr (std::is_same_v<Type, Fraction>) {
    field = {gst_value_get_fraction_numerator (value), gst_value_get_fraction_denominator (value)};
  } else if constexpr (std::is_same_v<Type, std::string>) {
    const char *text = g_value_get_string (value);
    const char *preset = G_PARAM_SPEC_STRING (spec)->default_value;
    field = text ? text : preset ? preset : "";
  } else {  // A vector of strings.
    field.clear ();
    for (guint i = 0; i < gst_value_array_get_size (value); ++i) {
      const GValue *element = gst_value_array_get_value (value, i);
      if (G_VALUE_HOLDS_STRING (element) && g_value_get_string (element))
        field.emplace_back (g_value_get_string (element));
    }
  }
}

/** Reads what set_field() wrote. A string that is empty and has no default is NULL. */
template <auto Field, typename Settings>
void get_field (const Settings &settings, GValue *value, const GParamSpec *spec)
{
  const auto &field = Field (settings);
  using Type = std::remove_cvref_t<decltype (field)>;
  if constexpr (std::is_same_v<Type, bool>) {
    g_value_set_boolean (value, field);
  } else if constexpr (std::is_same_v<Type, gint>) {
    g_value_set_int (value, field);
  } else if constexpr (std::is_same_v<Type, guint>) {
    g_value_set_uint (value, field);
  } else if constexpr (std::is_same_v<Type, guint64>) {
    g_value_set_uint64 (value, field);
  } else if constexpr (std::is_same_v<Type, double>) {
    g_value_set_double (value, field);
  } else if constexpr (std::is_enum_v<Type>) {
    g_value_set_enum (value, static_cast<gint> (field));
  } else if constexpr (std::is_same_v<Type, Fraction>) {
    gst_value_set_fraction (value, field.n, field.d);
  } else if constexpr (std::is_same_v<Type, std::string>) {
    const bool is_set = !field.empty () || G_PARAM_SPEC_STRING (spec)->default_value;
    g_value_set_string (value, is_set ? field.c_str () : nullptr);
  } else {
    for (const std::string &text : field) {
      GValue element = G_VALUE_INIT;
      g_value_init (&element, G_TYPE_STRING);
      g_value_set_string (&element, text.c_str ());
      gst_value_array_append_and_take_value (value, &element);
    }
  }
}

using SpecPtr = std::unique_ptr<GParamSpec, decltype (&g_param_spec_unref)>;

template <typename Settings>
SpecPtr owned_spec (const Property<Settings> &property)
{
  return {g_param_spec_ref_sink (property.make_spec ()), g_param_spec_unref};
}

/** Settings with every field at its property's default. */
template <typename Settings>
Settings default_settings (std::span<const Property<Settings>> properties)
{
  Settings settings{};
  for (const Property<Settings> &property : properties) {
    const SpecPtr spec = owned_spec (property);
    // Not the specification's own value: GLib leaks that of an array.
    GValue value = G_VALUE_INIT;
    g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (spec.get ()));
    g_param_value_set_default (spec.get (), &value);
    property.set (settings, &value, spec.get ());
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

}  // namespace numpro
