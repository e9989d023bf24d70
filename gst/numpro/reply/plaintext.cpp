/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "plaintext.h"

#include <glib.h>

#include <algorithm>

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

// What may stand around an answer: tags of models trained with rewards for their format, of GLM and
// gpt-oss, and where a turn ends for Qwen, Llama, Gemma, Mistral, Phi and GLM.
constexpr std::string_view kMarks[] = {"<answer>",
                                       "</answer>",
                                       "<|begin_of_box|>",
                                       "<|end_of_box|>",
                                       "<|channel|>final<|message|>",
                                       "<s>",
                                       "</s>",
                                       "<|im_end|>",
                                       "<|endoftext|>",
                                       "<|eot_id|>",
                                       "<eos>",
                                       "<end_of_turn>",
                                       "<|end|>",
                                       "<|return|>",
                                       "<|user|>",
                                       "<turn|>"};

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
    {'_', ' '},     {'\\', ' '},    {'$', ' '},    {'{', ' '},    {'}', ' '},     {'[', ' '},
    {']', ' '}};

// What stands at the beginning of a line and says no more than that one begins.
constexpr std::string_view kLineMarks[] = {"- ", "• ", "· ", "> ", "# ", "## ", "### ", "#### "};

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

// "2.", "2)", "(2)" for the second item of a list. Other numbers may be those of frames.
std::string_view without_list_mark (std::string_view line, const std::string &number)
{
  for (const std::string &mark :
       {number + ". ", number + ") ", number + "、", "(" + number + ")"}) {
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

std::string_view without_marks (std::string_view text)
{
  for (bool is_cut = true; is_cut;) {
    text.remove_prefix (std::min (text.find_first_not_of (" \t\r\n"), text.size ()));
    text.remove_suffix (text.size () - text.find_last_not_of (" \t\r\n") - 1);
    is_cut = false;
    for (std::string_view mark : kMarks) {
      const bool is_first = text.starts_with (mark), is_last = !is_first && text.ends_with (mark);
      text.remove_prefix (is_first ? mark.size () : 0);
      text.remove_suffix (is_last ? mark.size () : 0);
      is_cut = is_cut || is_first || is_last;
    }
  }
  return text;
}

// Tells quotation marks and those of LaTeX, which come in pairs, from those of units: 3", $4.50.
class PairFinder
{
 public:
  explicit PairFinder (std::string_view text) : text_ (text) {}

  // To be asked of every place, in order.
  bool is_alone (std::size_t at)
  {
    if (text_[at] == '"') {
      const bool opens = !is_quoted_;
      const bool is_unit = opens && at > 0 && g_ascii_isdigit (text_[at - 1]);
      is_quoted_ = opens && !is_unit;
      return is_unit;
    }
    if (text_[at] != '$' || at == math_end_)
      return false;
    const std::size_t end = text_.find ('$', at + 1);
    const bool is_math = end != text_.npos && text_[end - 1] != ' ';
    math_end_ = is_math ? end : text_.npos;
    return !is_math && at + 1 < text_.size () && g_ascii_isdigit (text_[at + 1]);
  }

 private:
  const std::string_view text_;
  bool is_quoted_ = false;
  std::size_t math_end_ = std::string_view::npos;
};

}  // namespace

std::optional<std::string_view> without_reasoning (std::string_view text)
{
  for (const Tags &tags : kReasoning) {
    const std::size_t close = text.rfind (tags.close), open = text.rfind (tags.open);
    if (open != text.npos && (close == text.npos || close < open))
      return std::nullopt;
    if (close != text.npos)
      text.remove_prefix (close + tags.close.size ());
  }
  return without_marks (text);
}

std::string plain_text (std::string_view text)
{
  std::string plain;
  plain.reserve (text.size ());
  PairFinder pairs (text);
  for (const char *at = text.data (), *end = at + text.size (); at < end;
       at = g_utf8_next_char (at)) {
    char bytes[6];
    const bool has_meaning = pairs.is_alone (static_cast<std::size_t> (at - text.data ()));
    const gunichar c = g_utf8_get_char (at);
    const gint size = g_unichar_to_utf8 (has_meaning ? c : plain_character (c), bytes);
    plain.append (bytes, static_cast<std::size_t> (size));
  }
  return by_lines (plain);
}

}  // namespace numpro
