/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "restatement.h"

#include <regex>
#include <vector>

#include "json.h"

namespace reader {

namespace {

constexpr std::string_view kBefore = "You answered: ", kBehind = "\nPut this answer";

// Between the one and the other; none where these are not there.
std::optional<std::string> quoted_answer (const std::string &text)
{
  const std::size_t start = text.find (kBefore), end = text.rfind (kBehind);
  if (start == std::string::npos || end == std::string::npos || end < start + kBefore.size ())
    return std::nullopt;
  return text.substr (start + kBefore.size (), end - start - kBefore.size ());
}

std::vector<std::string> numerals_in (const std::string &text)
{
  static const std::regex numeral ("[0-9]+(\\.[0-9]+)?");
  return {std::sregex_token_iterator (text.begin (), text.end (), numeral),
          std::sregex_token_iterator ()};
}

// Two numbers of each stretch that a sentence of this program names.
Json spans_in (const std::string &answer)
{
  Json spans = Json::array ();
  const std::vector<std::string> numerals = numerals_in (answer);
  for (std::size_t i = 0; i + 1 < numerals.size (); i += 2)
    spans.push_back (
        {{"first", std::stoull (numerals[i])}, {"last", std::stoull (numerals[i + 1])}});
  return spans;
}

// All frames, then all scores.
Json highlights_in (const std::string &answer)
{
  Json highlights = Json::array ();
  const std::vector<std::string> numerals = numerals_in (answer);
  const std::size_t count = numerals.size () / 2;
  for (std::size_t i = 0; i < count; ++i)
    highlights.push_back (
        {{"number", std::stoull (numerals[i])}, {"score", std::stod (numerals[count + i])}});
  return highlights;
}

bool has_one_of (const std::string &text, std::initializer_list<const char *> parts)
{
  return std::any_of (parts.begin (), parts.end (),
                      [&] (const char *part) { return text.find (part) != std::string::npos; });
}

}  // namespace

std::optional<std::string> restate (const CompletionRequest &request, bool invents)
{
  const auto answer = request.images.empty () ? quoted_answer (request.instruction) : std::nullopt;
  if (!answer)
    return std::nullopt;
  const bool has_scores = request.instruction.find ("\"score\"") != std::string::npos;
  const bool is_never = has_one_of (*answer, {"Not visible", "nothing of the kind"});
  Json items = Json::array ();
  if (!is_never)
    items = has_scores ? highlights_in (*answer) : spans_in (*answer);
  if (invents && !items.empty ())
    items[0][has_scores ? "number" : "last"] = 777777;
  const bool cannot_tell = !is_never && items.empty ();
  return numpro::dump_json_line ({{has_scores ? "highlights" : "spans", items},
                                  {"never", is_never},
                                  {"cannot_tell", cannot_tell}});
}

std::string in_prose (const Answer &answer)
{
  if (!answer.found ())
    return "I went through all of it and there is nothing of the kind.";
  std::string text = "I went through all of it";
  for (const FrameSpan &span : answer.spans)
    text += ": it comes in at " + std::to_string (span.first) + " and is there as late as " +
            std::to_string (span.last);
  return text + ", as far as one can tell.";
}

}  // namespace reader
