/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"
#include "json.h"
#include "owned.h"
#include "utc.h"

namespace numpro {

/** The version of all JSON texts of this library, written and read. */
inline constexpr guint kFormatVersion = 1;

/** An object of JSON that names its version. */
inline Json new_document ()
{
  return {{"version", kFormatVersion}};
}

/** Every version up to this library's is read; there is only one so far. */
inline void require_version (const JsonFields &fields)
{
  const auto version = fields.find<guint64> ("version");
  if (version != kFormatVersion)
    fields.fail ("version", (version ? std::to_string (*version) : "missing") +
                                "; this library reads version " + std::to_string (kFormatVersion));
}

/** Owned by the caller. */
inline gchar *document_to_text (const Json &document)
{
  return g_strdup (dump_json (document).c_str ());
}

/**
 * Reads a document.
 *
 * @param length of the text in bytes, or -1 when it ends in a zero byte
 * @param what "ledger", for messages
 * @param read makes something of its JsonFields; may throw JsonError
 * @return what read returned; null with the error set where the text is malformed or of a version
 *   that is not read here
 */
template <typename Read>
auto read_document (const gchar *text, gssize length, const char *what, Read read, GError **error)
    -> decltype (read (std::declval<const JsonFields &> ()))
{
  try {
    const Json root =
        parse_json (length < 0 ? std::string_view (text)
                               : std::string_view (text, static_cast<std::size_t> (length)));
    const JsonFields fields (root);
    require_version (fields);
    return read (fields);
  } catch (const JsonError &malformed) {
    g_set_error (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED, "Malformed %s: %s", what,
                 malformed.what ());
    return nullptr;
  }
}

/** Nanoseconds as they are; null where a time is not known. */
inline Json time_to_json (GstClockTime time)
{
  return GST_CLOCK_TIME_IS_VALID (time) ? Json (time) : Json ();
}

inline GstClockTime read_time (const JsonFields &fields, const char *name)
{
  return fields.find<guint64> (name).value_or (GST_CLOCK_TIME_NONE);
}

/** ISO 8601; null where a time is not known. */
inline Json utc_to_json (GstClockTime utc)
{
  const TextPtr text (gst_numpro_utc_to_string (utc));
  return text ? Json (text.get ()) : Json ();
}

inline GstClockTime read_utc (const JsonFields &fields, const char *name)
{
  GstClockTime utc = GST_CLOCK_TIME_NONE;
  const auto text = fields.find<std::string> (name);
  if (text && !gst_numpro_utc_from_string (text->c_str (), &utc))
    fields.fail (name, "not a UTC time");
  return utc;
}

/** Null for null. */
inline Json text_to_json (const gchar *text)
{
  return text ? Json (text) : Json ();
}

}  // namespace numpro
