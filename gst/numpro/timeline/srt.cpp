/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <utility>

#include "clocktext.h"
#include "eventformats.h"
#include "textlines.h"

namespace numpro {

namespace {

// Readers look for an arrow everywhere, and nothing can be escaped.
constexpr const char *kArrow = "-->", *kArrowInText = "\u2192";

std::string write (const std::vector<TextEvent> &events, FrameRate)
{
  std::string text;
  std::size_t number = 0;
  for (const TextEvent &event : events) {
    const auto [start, end] = in_units (event, kMilliseconds);
    text += (number == 0 ? "" : "\n") + std::to_string (number + 1) + '\n' +
            milliseconds_to_clock (start, ',') + " --> " + milliseconds_to_clock (end, ',') + '\n' +
            replaced (one_line (event.question), kArrow, kArrowInText) + '\n';
    ++number;
  }
  return text;
}

std::vector<TextEvent> read (std::string_view text, FrameRate)
{
  const auto lines = lines_of (text);
  std::vector<TextEvent> events;
  for (std::size_t at = 0; at < lines.size (); ++at) {
    if (trimmed (lines[at].text).empty ())
      continue;
    if (!whole_number (trimmed (lines[at].text)))
      throw FormatError (lines[at].number, "not the number of a subtitle");
    if (++at == lines.size ())
      throw FormatError (lines.back ().number, "a subtitle without times");
    TextEvent event = read_arrow (lines[at].text, lines[at].number);
    for (++at; at < lines.size () && !trimmed (lines[at].text).empty (); ++at)
      event.question += (event.question.empty () ? "" : "\n") + std::string (lines[at].text);
    events.push_back (std::move (event));
  }
  return events;
}

}  // namespace

const EventFormat kSrt = {write, read, false};

}  // namespace numpro
