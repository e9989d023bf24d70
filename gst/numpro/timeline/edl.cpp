/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <sstream>
#include <utility>

#include "clocktext.h"
#include "eventformats.h"
#include "gst/numpro/owned.h"
#include "textlines.h"

namespace numpro {

namespace {

constexpr std::string_view kTitle = "TITLE:", kMode = "FCM:", kName = "* FROM CLIP NAME:";

// Frames that a second of the time code counts: of 30000/1001 a second it counts 30.
guint64 counted_rate (FrameRate rate)
{
  return (static_cast<guint64> (rate.n) + static_cast<guint64> (rate.d) / 2) /
         static_cast<guint64> (rate.d);
}

void require_countable (FrameRate rate)
{
  if (counted_rate (rate) < 1 || counted_rate (rate) > 100)
    throw UnsuitableError ("An EDL counts 1 to 100 frames a second.");
}

std::string time_code (guint64 frame, guint64 rate)
{
  const guint64 seconds = frame / rate;
  if (seconds >= 100 * 3600)
    throw UnsuitableError ("An EDL holds no event that ends after 100 hours.");
  return TextPtr (g_strdup_printf ("%02u:%02u:%02u:%02u", static_cast<guint> (seconds / 3600),
                                   static_cast<guint> (seconds / 60 % 60),
                                   static_cast<guint> (seconds % 60),
                                   static_cast<guint> (frame % rate)))
      .get ();
}

std::string write (const std::vector<TextEvent> &events, FrameRate rate)
{
  require_countable (rate);
  std::string text = "TITLE: numpro\nFCM: NON-DROP FRAME\n";
  guint number = 0;
  for (const TextEvent &event : events) {
    const auto [start, end] = in_units (event, rate);
    const std::string times =
        time_code (start, counted_rate (rate)) + ' ' + time_code (end, counted_rate (rate));
    const TextPtr head (g_strdup_printf ("\n%03u  AX       V     C        ", ++number));
    text += head.get () + times + ' ' + times + '\n' + std::string (kName) + ' ' +
            one_line (event.question) + '\n';
  }
  return text;
}

guint64 frame_of (const std::string &code, guint64 rate, std::size_t line)
{
  const FormatError error (line, "not a time code such as 01:02:03:04: \"" + code + "\"");
  if (code.find (';') != code.npos)
    throw FormatError (line, "a time code with dropped frames, which is not read");
  std::vector<guint64> parts;
  std::string_view rest = code;
  while (true) {
    const std::size_t colon = rest.find (':');
    const auto part = whole_number (rest.substr (0, colon));
    if (!part || *part > 99)
      throw error;
    parts.push_back (*part);
    if (colon == rest.npos)
      break;
    rest.remove_prefix (colon + 1);
  }
  if (parts.size () != 4 || parts[1] > 59 || parts[2] > 59 || parts[3] >= rate)
    throw error;
  return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * rate + parts[3];
}

// 001  AX  V  C  IN OUT RECORD-IN RECORD-OUT
TextEvent read_edit (const TextLine &line, FrameRate rate)
{
  std::istringstream words ((std::string (line.text)));
  std::vector<std::string> fields;
  for (std::string word; words >> word;)
    fields.push_back (word);
  if (fields.size () < 8)
    throw FormatError (line.number, "an edit has a number, reel, track, transition and four times");
  const guint64 in = frame_of (fields[fields.size () - 4], counted_rate (rate), line.number);
  const guint64 out = frame_of (fields[fields.size () - 3], counted_rate (rate), line.number);
  return checked_event ({}, time_of_unit (in, rate), time_of_unit (out, rate), line.number);
}

std::vector<TextEvent> read (std::string_view text, FrameRate rate)
{
  require_countable (rate);
  std::vector<TextEvent> events;
  bool has_title = false;
  for (const TextLine &line : lines_of (text)) {
    const std::string_view content = trimmed (line.text);
    if (content.empty ())
      continue;
    has_title = has_title || content.starts_with (kTitle);
    if (!has_title)
      throw FormatError (line.number, "an EDL begins with TITLE:");
    if (content.starts_with (kMode) && trimmed (content.substr (kMode.size ())) == "DROP FRAME")
      throw FormatError (line.number, "time codes with dropped frames are not read");
    if (content.starts_with (kName) && !events.empty ())
      events.back ().question = trimmed (content.substr (kName.size ()));
    else if (g_ascii_isdigit (content[0]))
      events.push_back (read_edit (line, rate));
  }
  if (!has_title)
    throw FormatError (1, "an EDL begins with TITLE:");
  return events;
}

}  // namespace

const EventFormat kEdl = {write, read, true};

}  // namespace numpro
