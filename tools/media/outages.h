/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <functional>
#include <optional>
#include <string>

namespace numpro::media {

/**
 * When a source was away, told in sentences and in a log file that begins with the first of them;
 * and when to try it again.
 */
class Outages
{
 public:
  using Note = std::function<void (const std::string &)>;

  /** @param name of the source, for people. @param log file to write to; lines are added */
  Outages (std::string name, std::string log, Note note);

  bool is_away () const { return begun_.has_value (); }

  /** The source has failed, or has failed again. @return milliseconds until it should be tried */
  guint note_failure (const std::string &why);

  /** There are pictures again. */
  void note_return ();

  /** Outages up to now. */
  guint count () const { return count_; }

 private:
  void tell (const std::string &text);

  const std::string name_, log_;
  const Note note_;
  std::optional<gint64> begun_;  // microseconds of the monotonic clock
  guint delay_ = 0;              // milliseconds
  guint count_ = 0;
  bool is_log_lost_ = false;
};

}  // namespace numpro::media
