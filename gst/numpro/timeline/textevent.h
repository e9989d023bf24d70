/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace numpro {

/** What all formats hold of an event. */
struct TextEvent {
  std::string question;
  GstClockTime start, end; /**< stream time, both known */
};

/** Pictures a second, n / d; 0 / 1 where it is not known. */
struct FrameRate {
  gint n = 0, d = 1;
};

/** A text that is not of its format, and where. Never leaves the library. */
class FormatError : public std::runtime_error
{
 public:
  FormatError (std::size_t line, const std::string &what)
      : std::runtime_error ("line " + std::to_string (line) + ": " + what)
  {
  }
  using std::runtime_error::runtime_error;
};

/** Events that a format cannot hold. Never leaves the library. */
class UnsuitableError : public std::runtime_error
{
 public:
  using std::runtime_error::runtime_error;
};

/** A format of events alone: how they are written, and read again. */
struct EventFormat {
  /**
   * @param events in the order of their starts
   * @throw UnsuitableError
   */
  std::string (*write) (const std::vector<TextEvent> &events, FrameRate rate);

  /** @throw FormatError */
  std::vector<TextEvent> (*read) (std::string_view text, FrameRate rate);

  bool needs_rate;
};

}  // namespace numpro
