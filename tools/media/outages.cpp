/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "outages.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <utility>

#include "lib/base/gstowned.h"

namespace numpro::media {

namespace {

constexpr guint kFirstDelay = 250;
// A camera that is back is noticed within this and the time that connecting takes.
constexpr guint kLongestDelay = 2000;

using FilePtr = OwnedBy<std::FILE, std::fclose>;

std::string utc_now ()
{
  const OwnedBy<GDateTime, g_date_time_unref> now (g_date_time_new_now_utc ());
  const TextPtr text (g_date_time_format (now.get (), "%Y-%m-%dT%H:%M:%SZ"));
  return text.get ();
}

}  // namespace

Outages::Outages (std::string name, std::string log, Note note)
    : name_ (std::move (name)), log_ (std::move (log)), note_ (std::move (note))
{
}

guint Outages::note_failure (const std::string &why)
{
  if (is_away ()) {
    delay_ = std::min (2 * delay_, kLongestDelay);
    return delay_;
  }
  begun_ = g_get_monotonic_time ();
  delay_ = kFirstDelay;
  ++count_;
  tell (name_ + " is away: " + why);
  return delay_;
}

void Outages::note_return ()
{
  if (!is_away ())
    return;
  const double seconds = static_cast<double> (g_get_monotonic_time () - *begun_) / G_USEC_PER_SEC;
  begun_.reset ();
  const TextPtr text (g_strdup_printf (" is back after %.1f s", seconds));
  tell (name_ + text.get ());
}

void Outages::tell (const std::string &text)
{
  note_ (text);
  const FilePtr file (std::fopen (log_.c_str (), "ae"));
  if (file && std::fprintf (file.get (), "%s %s.\n", utc_now ().c_str (), text.c_str ()) > 0)
    return;
  if (!std::exchange (is_log_lost_, true))
    note_ (log_ + " cannot be written: " + g_strerror (errno));
}

}  // namespace numpro::media
