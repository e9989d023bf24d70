/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clocktext.h"
#include "eventformats.h"
#include "textlines.h"

namespace numpro {

namespace {

constexpr std::string_view kHeader = "start\tend\ttext";

std::string write (const std::vector<TextEvent> &events, FrameRate)
{
  std::string text = std::string (kHeader) + '\n';
  for (const TextEvent &event : events) {
    const auto [start, end] = in_units (event, kMilliseconds);
    text += std::to_string (start) + '\t' + std::to_string (end) + '\t' +
            one_line (event.question) + '\n';
  }
  return text;
}

TextEvent read_row (const TextLine &line)
{
  const std::size_t first = line.text.find ('\t');
  const std::size_t second = first == line.text.npos ? first : line.text.find ('\t', first + 1);
  if (second == line.text.npos)
    throw FormatError (line.number, "not three columns with tabs between them");
  const auto start = whole_number (line.text.substr (0, first));
  const auto end = whole_number (line.text.substr (first + 1, second - first - 1));
  if (!start || !end)
    throw FormatError (line.number, "the times are not whole milliseconds");
  return checked_event (std::string (line.text.substr (second + 1)),
                        time_of_unit (*start, kMilliseconds), time_of_unit (*end, kMilliseconds),
                        line.number);
}

std::vector<TextEvent> read (std::string_view text, FrameRate)
{
  const auto lines = lines_of (text);
  if (lines.empty () || lines[0].text != kHeader)
    throw FormatError (1, "the columns are not start, end and text, with tabs between them");
  std::vector<TextEvent> events;
  for (const TextLine &line : lines) {
    if (line.number > 1 && !line.text.empty ())
      events.push_back (read_row (line));
  }
  return events;
}

}  // namespace

const EventFormat kTsv = {write, read, false};

}  // namespace numpro
