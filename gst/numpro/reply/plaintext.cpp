/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "plaintext.h"

#include <glib.h>

#include <algorithm>
#include <vector>

#include "gst/numpro/answerform.h"

namespace numpro {

namespace {

struct Tags {
  std::string_view open, close;
};

// Of DeepSeek, Qwen, GLM and most others; Kimi; Magistral; gpt-oss; Gemma.
constexpr Tags kReasoning[] = {
    {"<think>", "</think>"},
    {"<thinking>", "</thinking>"},
    {"<thought>", "</thought>"},
    {"<reasoning>", "</reasoning>"},
    {"◁think▷", "◁/think▷"},
    {"[think]", "[/think]"},
    {"<|channel|>analysis", "<|channel|>final<|message|>"},
    {"<|channel>thought", "<channel|>"},
};

// Of models trained with rewards for their format; GLM.
constexpr Tags kAnswer[] = {
    {"<answer>", "</answer>"},
    {"<|begin_of_box|>", "<|end_of_box|>"},
};

// Where a turn ends for Qwen, Llama, Gemma, Mistral, Phi and GLM.
constexpr std::string_view kEnds[] = {"<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<end_of_turn>",
                                      "<eos>",      "</s>",          "<|end|>",    "<|return|>",
                                      "<|user|>",   "<turn|>"};

struct Spelling {
  gunichar odd;
  char plain;
};

// What is left out leaves a blank: what stood around it is not joined.
constexpr Spelling kSpellings[] = {
    {0x2010, '-'},  {0x2011, '-'},  {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'},  {0x2015, '-'},
    {0x2212, '-'},  {0x2192, '-'},  {0x21d2, '-'}, {0x27a1, '-'}, {0x27f6, '-'},  {0x301c, '~'},
    {0x2018, '\''}, {0x2019, '\''}, {0x3002, '.'}, {'\r', '\n'},  {0x2028, '\n'}, {0x2029, '\n'},
    {0x201c, ' '},  {0x201d, ' '},  {0x300c, ' '}, {0x300d, ' '}, {0x300e, ' '},  {0x300f, ' '},
    {0x00ab, ' '},  {0x00bb, ' '},  {0x2705, ' '}, {0x2714, ' '}, {0x2611, ' '},  {0x2713, ' '},
    {0xfe0f, ' '},  {0xfeff, ' '},  {0x00ad, ' '}, {0x200b, ' '}, {0x200c, ' '},  {0x200d, ' '},
    {0x200e, ' '},  {0x200f, ' '},  {0x2060, ' '}, {'"', ' '},    {'*', ' '},     {'`', ' '},
    {'_', ' '},     {'$', ' '},     {'{', ' '},    {'}', ' '},    {'[', ' '},     {']', ' '}};

// What LaTeX puts around an answer.
constexpr std::string_view kCommands[] = {"\\boxed", "\\textbf", "\\text", "\\mathrm", "\\mathbf"};

// What stands at the beginning of a line and says no more than that one begins.
constexpr std::string_view kLineMarks[] = {"- ", "• ", "· ", "> ", "# ", "## ", "### ", "#### "};

std::string lower_case (std::string_view text)
{
  std::string lower (text);
  std::transform (lower.begin (), lower.end (), lower.begin (), g_ascii_tolower);
  return lower;
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

bool is_blank (std::string_view text)
{
  return text.find_first_not_of (" \t\r\n.") == std::string_view::npos;
}

// A text and the same in lower case, cut together.
struct Cased {
  std::string_view text, lower;

  void cut (std::size_t start, std::size_t end)
  {
    text = text.substr (start, end - start);
    lower = lower.substr (start, end - start);
  }

  void cut_end_marks ()
  {
    for (bool is_cut = true; is_cut;) {
      cut (0, std::min (lower.find_last_not_of (" \t\r\n") + 1, lower.size ()));
      is_cut = false;
      for (std::string_view end : kEnds) {
        if (lower.ends_with (end)) {
          cut (0, lower.size () - end.size ());
          is_cut = true;
        }
      }
    }
  }

  // What stands before or behind the tags may take back what is inside, and so may a second answer.
  void cut_to_answer (const Tags &tags)
  {
    const std::size_t close = find_last (lower, tags.close);
    if (close == std::string_view::npos || !is_blank (lower.substr (close + tags.close.size ())))
      return;
    const std::size_t open = find_last (lower.substr (0, close), tags.open);
    if (open != std::string_view::npos && is_blank (lower.substr (0, open)))
      cut (open + tags.open.size (), close);
  }
};

gunichar plain_character (gunichar c)
{
  // Full-width letters, digits and punctuation of Chinese and Japanese.
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xff01 - '!';
  for (const Spelling &spelling : kSpellings) {
    if (c == spelling.odd)
      return static_cast<gunichar> (spelling.plain);
  }
  if (const gint digit = g_unichar_digit_value (c); digit >= 0)
    return static_cast<gunichar> ('0' + digit);
  return c != '\n' && g_unichar_isspace (c) ? ' ' : g_unichar_tolower (c);
}

std::string_view without_blanks (std::string_view line)
{
  line.remove_prefix (std::min (line.find_first_not_of (' '), line.size ()));
  return line;
}

std::string_view without_line_marks (std::string_view line)
{
  line = without_blanks (line);
  for (std::string_view mark : kLineMarks) {
    if (line.starts_with (mark))
      line = without_blanks (line.substr (mark.size ()));
  }
  // Headings may end as they begin.
  line = line.substr (0, line.find_last_not_of (" #") + 1);
  return line.find_first_not_of ("- ") == std::string_view::npos ? "" : line;
}

// "2.", "2)", "(2)", "segment 2:" for the second item of a list. Other numbers may be those of
// frames.
std::string_view without_list_mark (std::string_view line, const std::string &number)
{
  std::vector<std::string> marks = {number + ". ", number + ") ", number + "、",
                                    "(" + number + ")"};
  for (const char *name : words_of (WordList::kItemNames))
    marks.push_back (std::string (name) + " " + number + ":");
  for (const std::string &mark : marks) {
    const bool is_longer = line.size () > mark.size () && g_ascii_isdigit (line[mark.size ()]);
    if (line.starts_with (mark) && !is_longer)
      return without_blanks (line.substr (mark.size ()));
  }
  return line;
}

std::string by_lines (std::string_view text)
{
  std::string lines;
  lines.reserve (text.size () + 1);
  int items = 0;
  for (std::size_t from = 0; from <= text.size ();) {
    const std::size_t end = std::min (text.find ('\n', from), text.size ());
    const std::string_view line = without_line_marks (text.substr (from, end - from));
    const std::string_view item = without_list_mark (line, std::to_string (items + 1));
    items += item.size () < line.size ();
    lines.append (item) += '\n';
    from = end + 1;
  }
  return lines;
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
  cased.cut_end_marks ();
  for (const Tags &tags : kAnswer)
    cased.cut_to_answer (tags);
  return cased.text;
}

std::string plain_text (std::string_view text)
{
  std::string plain;
  plain.reserve (text.size ());
  for (std::size_t at = 0; at < text.size ();) {
    const std::string_view rest = text.substr (at);
    const auto *command = rest[0] == '\\'
                              ? std::find_if (std::begin (kCommands), std::end (kCommands),
                                              [&] (std::string_view candidate) {
                                                return rest.starts_with (candidate);
                                              })
                              : std::end (kCommands);
    if (command != std::end (kCommands)) {
      plain += ' ';
      at += command->size ();
      continue;
    }
    char bytes[6];
    const gunichar c = plain_character (g_utf8_get_char (rest.data ()));
    plain.append (bytes, static_cast<std::size_t> (g_unichar_to_utf8 (c, bytes)));
    at += static_cast<std::size_t> (g_utf8_next_char (rest.data ()) - rest.data ());
  }
  return by_lines (plain);
}

}  // namespace numpro
