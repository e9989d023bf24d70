/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "utc.h"

#include "owned.h"

using namespace numpro;

namespace {

using DateTime = OwnedBy<GDateTime, g_date_time_unref>;

constexpr int kDigitsOfNanoseconds = 9;

}  // namespace

/**
 * gst_numpro_utc_to_string:
 * @utc: nanoseconds since 1970-01-01T00:00:00Z
 *
 * Writes a time as ISO 8601 does, with as many of 3, 6 or 9 fractional digits as it takes to lose
 * nothing: 2026-11-22T15:13:00.123Z.
 *
 * Returns: (transfer full) (nullable): the text; %NULL when @utc is %GST_CLOCK_TIME_NONE
 * Since: 0.1
 */
gchar *gst_numpro_utc_to_string (GstClockTime utc)
{
  if (!GST_CLOCK_TIME_IS_VALID (utc))
    return nullptr;
  const DateTime time (g_date_time_new_from_unix_utc (static_cast<gint64> (utc / GST_SECOND)));
  const guint nanoseconds = static_cast<guint> (utc % GST_SECOND);
  const TextPtr seconds (g_date_time_format (time.get (), "%Y-%m-%dT%H:%M:%S"));
  if (nanoseconds % 1000000 == 0)
    return g_strdup_printf ("%s.%03uZ", seconds.get (), nanoseconds / 1000000);
  if (nanoseconds % 1000 == 0)
    return g_strdup_printf ("%s.%06uZ", seconds.get (), nanoseconds / 1000);
  return g_strdup_printf ("%s.%09uZ", seconds.get (), nanoseconds);
}

/**
 * gst_numpro_utc_from_string:
 * @text: a time as gst_numpro_utc_to_string() writes it, with up to nine fractional digits
 * @utc: (out): nanoseconds since 1970-01-01T00:00:00Z
 *
 * Reads a time.
 *
 * Returns: whether @text is such a time
 * Since: 0.1
 */
gboolean gst_numpro_utc_from_string (const gchar *text, GstClockTime *utc)
{
  g_return_val_if_fail (text && utc, FALSE);

  guint year, month, day, hour, minute, second;
  int parsed = 0;
  if (sscanf (text, "%4u-%2u-%2uT%2u:%2u:%2u%n", &year, &month, &day, &hour, &minute, &second,
              &parsed) != 6)
    return FALSE;
  const gchar *rest = text + parsed;
  guint64 nanoseconds = 0;
  if (*rest == '.') {
    int digits = 0;
    for (++rest; g_ascii_isdigit (*rest) && digits < kDigitsOfNanoseconds; ++rest, ++digits)
      nanoseconds = nanoseconds * 10 + static_cast<guint64> (*rest - '0');
    if (digits == 0)
      return FALSE;
    for (; digits < kDigitsOfNanoseconds; ++digits)
      nanoseconds *= 10;
  }
  if (g_strcmp0 (rest, "Z") != 0)
    return FALSE;
  const DateTime time (g_date_time_new_utc (
      static_cast<gint> (year), static_cast<gint> (month), static_cast<gint> (day),
      static_cast<gint> (hour), static_cast<gint> (minute), static_cast<gdouble> (second)));
  if (!time || g_date_time_to_unix (time.get ()) < 0)
    return FALSE;
  const auto seconds = static_cast<guint64> (g_date_time_to_unix (time.get ()));
  // Years beyond what nanoseconds in 64 bits reach (2554) are no times of ours.
  if (seconds > (GST_CLOCK_TIME_NONE - 1 - nanoseconds) / GST_SECOND)
    return FALSE;
  *utc = seconds * GST_SECOND + nanoseconds;
  return TRUE;
}
