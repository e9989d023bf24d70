/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "headersettings.h"

#include <charconv>
#include <optional>
#include <string>

#include "gst/numpro/owned.h"

namespace numpro {

namespace {

// As short as it can be: 0.1 and not 0.10000000000000001, as GStreamer would write it.
template <typename Number>
std::string text_of_number (Number number)
{
  char text[40];
  return {text, std::to_chars (std::begin (text), std::end (text), number).ptr};
}

// A truth value is none: GStreamer reads "yes" as one, and would write "true".
std::optional<std::string> text_of (const GValue *value)
{
  switch (G_VALUE_TYPE (value)) {
    case G_TYPE_STRING: {
      const char *text = g_value_get_string (value);
      return text ? text : "";
    }
    case G_TYPE_INT:
      return text_of_number (g_value_get_int (value));
    case G_TYPE_UINT:
      return text_of_number (g_value_get_uint (value));
    case G_TYPE_LONG:
      return text_of_number (g_value_get_long (value));
    case G_TYPE_ULONG:
      return text_of_number (g_value_get_ulong (value));
    case G_TYPE_INT64:
      return text_of_number (g_value_get_int64 (value));
    case G_TYPE_UINT64:
      return text_of_number (g_value_get_uint64 (value));
    case G_TYPE_FLOAT:
      return text_of_number (g_value_get_float (value));
    case G_TYPE_DOUBLE:
      return text_of_number (g_value_get_double (value));
    default:
      return std::nullopt;
  }
}

void append (std::vector<HeaderSetting> &settings, const char *name, const GValue *value)
{
  const bool is_array = GST_VALUE_HOLDS_ARRAY (value);
  if (!is_array && !GST_VALUE_HOLDS_LIST (value)) {
    settings.push_back ({name, text_of (value)});
    return;
  }
  const guint count = is_array ? gst_value_array_get_size (value) : gst_value_list_get_size (value);
  for (guint i = 0; i < count; ++i)
    settings.push_back ({name, text_of (is_array ? gst_value_array_get_value (value, i)
                                                 : gst_value_list_get_value (value, i))});
  if (count == 0)
    settings.push_back ({name, ""});
}

}  // namespace

std::vector<HeaderSetting> header_settings (const GstStructure *structure)
{
  std::vector<HeaderSetting> settings;
  for (gint i = 0; structure && i < gst_structure_n_fields (structure); ++i) {
    const char *name = gst_structure_nth_field_name (structure, static_cast<guint> (i));
    append (settings, name, gst_structure_get_value (structure, name));
  }
  return settings;
}

}  // namespace numpro
