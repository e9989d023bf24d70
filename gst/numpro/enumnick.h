/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

#include <optional>

namespace numpro {

// Their classes stay for as long as the program does.

/** The word for a value of a registered enumeration: "moment" for GST_NUMPRO_TASK_MOMENT. */
inline const gchar *enum_nick (GType type, gint value)
{
  auto *values = static_cast<GEnumClass *> (g_type_class_ref (type));
  const GEnumValue *found = g_enum_get_value (values, value);
  return found ? found->value_nick : "";
}

template <typename Enum>
std::optional<Enum> enum_from_nick (GType type, const gchar *nick)
{
  auto *values = static_cast<GEnumClass *> (g_type_class_ref (type));
  const GEnumValue *found = g_enum_get_value_by_nick (values, nick);
  return found ? std::optional (static_cast<Enum> (found->value)) : std::nullopt;
}

}  // namespace numpro
