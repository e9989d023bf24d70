/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tokenizer.h"

#include <glib.h>

namespace reader {

std::vector<std::string> words_of (std::string_view text)
{
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty ())
      words.push_back (std::move (word));
    word.clear ();
  };
  for (const char c : text) {
    if (g_ascii_isalnum (c) || c == '#')
      word += g_ascii_tolower (c);
    else
      finish ();
  }
  finish ();
  return words;
}

std::vector<std::string> sentences_of (std::string_view text)
{
  std::vector<std::string> sentences (1);
  for (std::size_t i = 0; i < text.size (); ++i) {
    const bool is_stop = text[i] == '.' || text[i] == '?' || text[i] == '!';
    // No stop within "1.5".
    const bool is_end = i + 1 == text.size () || !g_ascii_isalnum (text[i + 1]);
    if (text[i] != '\n')
      sentences.back () += text[i];
    if (text[i] == '\n' || (is_stop && is_end))
      sentences.emplace_back ();
  }
  std::erase_if (sentences,
                 [] (const std::string &sentence) { return words_of (sentence).empty (); });
  return sentences;
}

}  // namespace reader
