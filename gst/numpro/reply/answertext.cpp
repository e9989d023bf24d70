/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answertext.h"

#include <glib.h>

#include <algorithm>

namespace numpro {

namespace {

struct Tags {
  std::string_view open, close;
};

// Of DeepSeek, Qwen, GLM and most others; Kimi; Magistral; gpt-oss.
constexpr Tags kReasoning[] = {
    {"<think>", "</think>"},
    {"<thinking>", "</thinking>"},
    {"<thought>", "</thought>"},
    {"<reasoning>", "</reasoning>"},
    {"◁think▷", "◁/think▷"},
    {"[think]", "[/think]"},
    {"<|channel|>analysis", "<|channel|>final<|message|>"},
};

// Of models trained with rewards for their format; GLM.
constexpr Tags kAnswer[] = {
    {"<answer>", "</answer>"},
    {"<|begin_of_box|>", "<|end_of_box|>"},
};

constexpr std::string_view kConclusions[] = {
    "final answer",  "answer:",     "answer is",  "answer :", "boxed", "therefore", "thus", "hence",
    "in conclusion", "conclusion:", "in summary", "overall,", "答案",  "因此",      "所以", "综上",
};

constexpr std::string_view kExplanations[] = {
    "explanation:", "note:",       "reasoning:", "justification:", "rationale:",
    "reason:",      "confidence:", "解释:",      "说明:",
};

struct Spelling {
  gunichar odd;
  char plain;
};

constexpr Spelling kSpellings[] = {
    {0x2010, '-'}, {0x2011, '-'},  {0x2012, '-'},  {0x2013, '-'}, {0x2014, '-'}, {0x2015, '-'},
    {0x2212, '-'}, {0x301c, '-'},  {'~', '-'},     {0x2192, '-'}, {0x21d2, '-'}, {0x27f6, '-'},
    {0x2026, '-'}, {0x2018, '\''}, {0x2019, '\''}, {0x201c, ' '}, {0x201d, ' '}, {'"', ' '},
    {0x3002, '.'}, {0x3001, ','},  {0x300c, ' '},  {0x300d, ' '}, {0x300a, ' '}, {0x300b, ' '},
    {0x2022, ' '}, {'*', ' '},     {'`', ' '},     {'_', ' '},    {'$', ' '},    {'\\', ' '},
    {'{', ' '},    {'}', ' '},     {'|', ' '},     {'\r', '\n'},  {'\t', ' '},   {0x2028, '\n'},
};

std::string lower_case (std::string_view text)
{
  std::string lower (text);
  std::transform (lower.begin (), lower.end (), lower.begin (), g_ascii_tolower);
  return lower;
}

// Where the character is not to be kept: 0.
gunichar plain_character (gunichar c)
{
  if (c < 0x80 && g_ascii_isalnum (static_cast<gchar> (c)))
    return static_cast<gunichar> (g_ascii_tolower (static_cast<gchar> (c)));
  // Full-width letters, digits and punctuation of Chinese and Japanese.
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xff01 - '!';
  for (const Spelling &spelling : kSpellings) {
    if (c == spelling.odd)
      return static_cast<gunichar> (spelling.plain);
  }
  if (c < 0x80)
    return static_cast<gunichar> (g_ascii_tolower (static_cast<gchar> (c)));
  if (g_unichar_iszerowidth (c) || c == 0xfeff)
    return 0;
  return g_unichar_isspace (c) ? ' ' : c;
}

// Dots in a row, and arrows, mean "to": one dash for each.
void join_dashes (std::string &text)
{
  const auto replace = [&text] (std::string_view what) {
    std::string joined;
    joined.reserve (text.size ());
    std::size_t from = 0;
    for (std::size_t at; (at = text.find (what, from)) != std::string::npos;
         from = at + what.size ()) {
      joined.append (text, from, at - from);
      joined += '-';
    }
    joined.append (text, from);
    text = std::move (joined);
  };
  for (const char *what : {"...", "..", "-->", "->", "=>"})
    replace (what);
}

// std::string_view::rfind(), which compares at every byte, for long texts.
std::size_t find_last (std::string_view text, std::string_view what)
{
  std::size_t last = std::string_view::npos;
  for (std::size_t at = text.find (what); at != std::string_view::npos;
       at = text.find (what, at + what.size ()))
    last = at;
  return last;
}

// A text and the same in lower case, cut together.
struct Cased {
  std::string_view text, lower;

  void cut (std::size_t start, std::size_t end)
  {
    text = text.substr (start, end - start);
    lower = lower.substr (start, end - start);
  }
};

void cut_to_content (Cased &cased, const Tags &tags)
{
  const std::size_t close = find_last (cased.lower, tags.close);
  if (close == std::string_view::npos)
    return;
  const std::size_t open = find_last (cased.lower.substr (0, close), tags.open);
  if (open != std::string_view::npos)
    cased.cut (open + tags.open.size (), close);
}

}  // namespace

std::optional<std::string_view> without_reasoning (std::string_view text)
{
  const std::string lower = lower_case (text);
  Cased cased = {text, lower};
  for (const Tags &tags : kReasoning) {
    const std::size_t close = find_last (cased.lower, tags.close);
    const std::size_t open = find_last (cased.lower, tags.open);
    if (open != std::string_view::npos && (close == std::string_view::npos || close < open))
      return std::nullopt;
    if (close != std::string_view::npos)
      cased.cut (close + tags.close.size (), cased.text.size ());
  }
  for (const Tags &tags : kAnswer)
    cut_to_content (cased, tags);
  return cased.text;
}

std::string plain_text (std::string_view text)
{
  std::string plain;
  plain.reserve (text.size ());
  const char *end = text.data () + text.size ();
  for (const char *at = text.data (); at < end; at = g_utf8_next_char (at)) {
    const gunichar c = plain_character (g_utf8_get_char (at));
    if (c == 0)
      continue;
    char bytes[6];
    plain.append (bytes, static_cast<std::size_t> (g_unichar_to_utf8 (c, bytes)));
  }
  join_dashes (plain);
  return plain;
}

std::string_view conclusion_of (std::string_view plain)
{
  std::size_t start = std::string_view::npos;
  for (std::string_view cue : kConclusions) {
    const std::size_t at = find_last (plain, cue);
    if (at != std::string_view::npos)
      start =
          start == std::string_view::npos ? at + cue.size () : std::max (start, at + cue.size ());
  }
  return start == std::string_view::npos ? std::string_view () : plain.substr (start);
}

std::string_view without_explanation (std::string_view plain)
{
  std::size_t end = plain.size ();
  for (std::string_view cue : kExplanations) {
    // One at the very start explains nothing.
    const std::size_t at = plain.find (cue, 1);
    if (at != std::string_view::npos)
      end = std::min (end, at);
  }
  return plain.substr (0, end);
}

}  // namespace numpro
