/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <memory>
#include <string>
#include <vector>

#include <gst/check/gstcheck.h>

namespace {

constexpr const char *kElements[] = {"numproverlay", "numprosink"};

std::string as_text (GValue *value)
{
  const std::unique_ptr<gchar, decltype (&g_free)> text (gst_value_serialize (value), g_free);
  g_value_unset (value);
  return text ? text.get () : "NULL";
}

// What a property that can be read is.
std::string value_of (GstElement *element, GParamSpec *spec)
{
  GValue value = G_VALUE_INIT;
  g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (spec));
  g_object_get_property (G_OBJECT (element), spec->name, &value);
  return as_text (&value);
}

std::string default_of (GParamSpec *spec)
{
  GValue value = G_VALUE_INIT;
  g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (spec));
  g_param_value_set_default (spec, &value);
  return as_text (&value);
}

// The properties that are the element's own and can be set.
std::vector<GParamSpec *> settings_of (GstElement *element)
{
  guint count = 0;
  GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &count);
  std::vector<GParamSpec *> settings;
  for (guint i = 0; i < count; ++i) {
    if (specs[i]->owner_type == G_OBJECT_TYPE (element) && specs[i]->flags & G_PARAM_WRITABLE)
      settings.push_back (specs[i]);
  }
  g_free (specs);
  return settings;
}

// A value that is not the default of any property of its type.
const char *other_value (GParamSpec *spec)
{
  if (std::string (spec->name) == "outline")
    return "auto";
  if (G_IS_PARAM_SPEC_BOOLEAN (spec))
    return G_PARAM_SPEC_BOOLEAN (spec)->default_value ? "false" : "true";
  if (G_IS_PARAM_SPEC_ENUM (spec)) {
    const GEnumClass *values = G_PARAM_SPEC_ENUM (spec)->enum_class;
    const bool first = values->values[0].value == G_PARAM_SPEC_ENUM (spec)->default_value;
    return values->values[first ? 1 : 0].value_nick;
  }
  if (GST_IS_PARAM_SPEC_ARRAY_LIST (spec))
    return "<one, two>";
  if (GST_IS_PARAM_SPEC_FRACTION (spec))
    return "7/3";
  if (G_PARAM_SPEC_VALUE_TYPE (spec) == GST_TYPE_STRUCTURE)
    return "other, value=(string)one";
  return G_IS_PARAM_SPEC_STRING (spec) ? "http://localhost:1/v1" : "7";
}

// An outline that is a width is the same thing by another name.
bool is_changed_by (GParamSpec *spec, GParamSpec *changed)
{
  return spec == changed ||
         (std::string (spec->name) == "outline" && std::string (changed->name) == "outline-width");
}

}  // namespace

// Would catch a default that stands elsewhere than in its property's row.
GST_START_TEST (test_defaults)
{
  for (const char *name : kElements) {
    GstElement *element = gst_element_factory_make (name, nullptr);
    const std::vector<GParamSpec *> settings = settings_of (element);
    fail_unless (settings.size () > 20);
    for (GParamSpec *spec : settings) {
      if (!(spec->flags & G_PARAM_READABLE))
        continue;
      const std::string value = value_of (element, spec), preset = default_of (spec);
      fail_unless (value == preset, "%s is %s, not %s", spec->name, value.c_str (),
                   preset.c_str ());
    }
    gst_object_unref (element);
  }
}
GST_END_TEST

// Would catch a row that reads or writes another row's field.
GST_START_TEST (test_fields)
{
  for (const char *name : kElements) {
    GstElement *element = gst_element_factory_make (name, nullptr);
    const std::vector<GParamSpec *> settings = settings_of (element);
    for (GParamSpec *changed : settings) {
      gst_util_set_object_arg (G_OBJECT (element), changed->name, other_value (changed));
      for (GParamSpec *spec : settings) {
        if (!(spec->flags & G_PARAM_READABLE))
          continue;
        const bool is_default = value_of (element, spec) == default_of (spec);
        fail_unless (is_default != is_changed_by (spec, changed), "%s after %s was set", spec->name,
                     changed->name);
      }
      GValue value = G_VALUE_INIT;
      g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (changed));
      g_param_value_set_default (changed, &value);
      g_object_set_property (G_OBJECT (element), changed->name, &value);
      g_value_unset (&value);
    }
    gst_object_unref (element);
  }
}
GST_END_TEST

static Suite *properties_suite ()
{
  Suite *suite = suite_create ("properties");
  TCase *tests = tcase_create ("properties");
  tcase_add_test (tests, test_defaults);
  tcase_add_test (tests, test_fields);
  suite_add_tcase (suite, tests);
  return suite;
}

GST_CHECK_MAIN (properties);
