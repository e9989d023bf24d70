/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <array>
#include <utility>

#include "clocktext.h"
#include "eventformats.h"
#include "textlines.h"
#include "webvttcue.h"

namespace numpro {

namespace {

// The first must be the first to be escaped, and the last to be read.
constexpr std::array kEscapes = {std::pair ("&", "&amp;"), std::pair ("<", "&lt;"),
                                 std::pair (">", "&gt;")};

std::string escaped (std::string text)
{
  for (const auto &[plain, escape] : kEscapes)
    text = replaced (std::move (text), plain, escape);
  return text;
}

// Takes tags such as <v Name> off.
std::string unescaped (std::string_view text)
{
  std::string plain;
  for (bool is_in_tag = false; const char c : text) {
    is_in_tag = is_in_tag || c == '<';
    if (!is_in_tag)
      plain += c;
    is_in_tag = is_in_tag && c != '>';
  }
  plain = replaced (std::move (plain), "&nbsp;", " ");
  for (auto escape = kEscapes.rbegin (); escape != kEscapes.rend (); ++escape)
    plain = replaced (std::move (plain), escape->second, escape->first);
  return plain;
}

std::string write (const std::vector<TextEvent> &events, FrameRate)
{
  std::string text (kWebVttHeader);
  for (const TextEvent &event : events)
    text += webvtt_cue (event);
  return text;
}

bool is_header (std::string_view line)
{
  constexpr std::string_view kName = "WEBVTT";
  line = line.substr (0, std::min (line.find ('\t'), line.find (' ')));
  return line == kName;
}

bool starts_other_block (std::string_view line)
{
  return line.starts_with ("NOTE") || line.starts_with ("STYLE") || line.starts_with ("REGION");
}

// The lines up to the next empty one.
std::string read_payload (const std::vector<TextLine> &lines, std::size_t &at)
{
  std::string payload;
  for (; at < lines.size () && !lines[at].text.empty (); ++at)
    payload += (payload.empty () ? "" : "\n") + std::string (lines[at].text);
  return unescaped (payload);
}

std::vector<TextEvent> read (std::string_view text, FrameRate)
{
  const auto lines = lines_of (text);
  if (lines.empty () || !is_header (lines[0].text))
    throw FormatError (1, "a WebVTT file begins with WEBVTT");
  std::vector<TextEvent> events;
  // What stands under the first line, up to an empty one, is about the file.
  std::size_t at = 1;
  read_payload (lines, at);
  while (at < lines.size ()) {
    if (lines[at].text.empty ()) {
      ++at;
      continue;
    }
    if (lines[at].text.find ("-->") == std::string_view::npos) {
      if (starts_other_block (lines[at].text)) {
        read_payload (lines, at);
        continue;
      }
      // The name of a cue.
      if (++at == lines.size ())
        throw FormatError (lines.back ().number, "a cue without times");
    }
    TextEvent event = read_arrow (lines[at].text, lines[at].number);
    event.question = read_payload (lines, ++at);
    events.push_back (std::move (event));
  }
  return events;
}

}  // namespace

std::string webvtt_cue (const TextEvent &event)
{
  const auto [start, end] = in_units (event, kMilliseconds);
  return '\n' + milliseconds_to_clock (start, '.') + " --> " + milliseconds_to_clock (end, '.') +
         '\n' + escaped (one_line (event.question)) + '\n';
}

const EventFormat kWebVtt = {write, read, false};

}  // namespace numpro
