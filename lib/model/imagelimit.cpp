/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "imagelimit.h"

#include <glib.h>

#include <array>
#include <charconv>

#include "gst/numpro/owned.h"

namespace numpro {

namespace {

using Regex = OwnedBy<GRegex, g_regex_unref>;
using Match = OwnedBy<GMatchInfo, g_match_info_free>;

#define NUMPRO_COUNT "(\\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)"

// Each names the cap in its group.
constexpr std::array kPatterns = {
    // vLLM: "at most 4 image(s) may be provided in one prompt"; Groq: "this model supports up to 5
    // images"; Ollama: "this model only supports one image while more than one image requested".
    "\\b(?:at most|up to|no more than|more than|maximum(?: of)?|max\\.?|limit (?:of|is)|limited to|"
    "only (?:supports?|accepts?|takes?)|(?:supports?|accepts?|takes?) only|exceeds?(?: the)?"
    "(?: limit| maximum)?(?: of)?) " NUMPRO_COUNT " (?:input )?image",
    // SGLang (PR 15418): "image count 8 exceeds limit 3 per request".
    "image count:? \\d+ exceeds (?:the )?(?:limit|maximum)(?: of)? (\\d{1,4})\\b",
    // Anthropic: "too many images and documents: 120 + 0 > 100"; "too much media: 0 document pages
    // + 102 images > 100".
    "too (?:many images|much media)[^:]*: *\\d+(?: [a-z]+)*(?: \\+ \\d+(?: [a-z]+)*)* > "
    "(\\d{1,4})\\b",
    // Older vLLM: "you set image=1 (or defaulted to 1) in `--limit-mm-per-prompt`".
    "you set [\"'`]?image[\"'`]?=(\\d{1,4})\\b",
    // "Too many images in request: limit is 8", "the number of images is limited to: 3".
    "(?:too many images|number of images)(?: \\(?\\d+\\)?)?\\D{0,60}?"
    "(?:limit|max|most|up to|more than|exceed)\\D{0,20}(\\d{1,4})\\b"
    "(?! ?(?:[km]i?b|bytes|tokens|pixels|px|%))",
};

#undef NUMPRO_COUNT

constexpr std::array kNumerals = {"one", "two",   "three", "four", "five",
                                  "six", "seven", "eight", "nine", "ten"};

unsigned number_from (const std::string &text)
{
  for (std::size_t i = 0; i < kNumerals.size (); ++i) {
    if (text == kNumerals[i])
      return static_cast<unsigned> (i) + 1;
  }
  unsigned number = 0;
  std::from_chars (text.data (), text.data () + text.size (), number);
  return number;
}

// Compiled once.
const std::array<Regex, kPatterns.size ()> &patterns ()
{
  static const auto all = [] {
    std::array<Regex, kPatterns.size ()> made;
    for (std::size_t i = 0; i < kPatterns.size (); ++i)
      made[i].reset (g_regex_new (kPatterns[i], G_REGEX_OPTIMIZE, G_REGEX_MATCH_DEFAULT, nullptr));
    return made;
  }();
  return all;
}

}  // namespace

std::optional<unsigned> named_image_limit (const std::string &words)
{
  if (words.find ("image") == std::string::npos)
    return std::nullopt;
  for (const Regex &pattern : patterns ()) {
    GMatchInfo *info = nullptr;
    const bool matches =
        g_regex_match (pattern.get (), words.c_str (), G_REGEX_MATCH_DEFAULT, &info);
    const Match match (info);
    if (!matches)
      continue;
    const TextPtr count (g_match_info_fetch (match.get (), 1));
    if (const unsigned number = number_from (count.get ()); number > 0)
      return number;
  }
  return std::nullopt;
}

}  // namespace numpro
