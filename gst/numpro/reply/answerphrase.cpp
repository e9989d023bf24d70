/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerphrase.h"

#include <optional>

namespace numpro {

namespace {

using Kind = Token::Kind;
using Words = std::initializer_list<std::string_view>;

constexpr std::string_view kTimes[] = {"second",    "seconds",   "sec",     "secs",         "s",
                                       "ms",        "minute",    "minutes", "min",          "hour",
                                       "hours",     "am",        "pm",      "milliseconds", "time",
                                       "timestamp", "timestamps"};
constexpr std::string_view kMarkers[] = {"frame", "frames"};
constexpr std::string_view kBetweenMarkerAndNumber[] = {"number",  "numbers", "no",  "nr", "index",
                                                        "indices", "id",      "ids", "are"};
constexpr std::string_view kTo[] = {"to", "through", "thru", "till", "until"};
constexpr std::string_view kStarts[] = {"start", "starts", "starting", "started",
                                        "begin", "begins", "beginning"};
constexpr std::string_view kEnds[] = {"end",   "ends",     "ending",   "ended",    "stop",
                                      "stops", "stopping", "finishes", "continues"};
constexpr std::string_view kOnwards[] = {"onwards", "onward", "forward",
                                         "after",   "later",  "beyond"};
constexpr std::string_view kBeforeEnd[] = {"and", "it", "then", "the", "event", "finally"};
constexpr std::string_view kBeforeBoundary[] = {"at",   "in", "on",  "from",
                                                "with", "is", "the", "until"};
constexpr std::string_view kOpenEnds[] = {"before", "after", "until", "till", "since",
                                          "beyond", "past",  "to",    "by",   "than"};
// What may stand before and after numbers that no word marks as frames', so that "from 3 to 9" is
// not read in "from 3 to 9 people", nor "3-5" in "for 3-5 turns".
constexpr std::string_view kBeforePlain[] = {"in", "at", "during", "within", "happens"};
constexpr std::string_view kAfterPlain[] = {
    "and",   "or",    "in",     "the",       "we",     "you",     "it",    "is",   "are",  "when",
    "where", "while", "as",     "which",     "that",   "there",   "shows", "show", "a",    "an",
    "with",  "frame", "frames", "inclusive", "during", "because", "since", "i",    "he",   "she",
    "they",  "this",  "these",  "but",       "not",    "to",      "from",  "then", "again"};
constexpr std::string_view kCounting[] = {"for",   "about", "approximately", "roughly",  "around",
                                          "over",  "than",  "lasting",       "lasts",    "spans",
                                          "least", "most",  "only",          "contains", "has"};

struct Item {
  NumberRange range{};
  bool is_marked = false;
  bool is_interval = false;
  std::string flaw;
};

class PhraseFinder
{
 public:
  explicit PhraseFinder (std::span<const Token> tokens) : tokens_ (tokens) {}

  std::vector<Phrase> run ()
  {
    std::size_t at = 0;
    while (at < tokens_.size ()) {
      std::size_t next = at;
      std::optional<Phrase> phrase = parse (next);
      if (phrase) {
        phrase->begin = at;
        phrase->end = next;
        phrases_.push_back (std::move (*phrase));
      }
      at = std::max (next, at + 1);
    }
    return std::move (phrases_);
  }

 private:
  const Token *token (std::size_t at) const
  {
    return at < tokens_.size () ? &tokens_[at] : nullptr;
  }

  bool is (std::size_t at, Kind kind) const { return token (at) && token (at)->kind == kind; }
  bool is (std::size_t at, std::string_view word) const
  {
    return token (at) && token (at)->is (word);
  }
  template <typename List>
  bool is_in (std::size_t at, const List &words) const
  {
    return token (at) && is_one_of (*token (at), words);
  }
  bool is_mark (std::size_t at, std::string_view marks) const
  {
    return is (at, Kind::MARK) && marks.find (token (at)->text) != std::string_view::npos;
  }
  bool is_other_quantity (std::size_t at) const
  {
    return is (at, Kind::QUANTITY) || is (at, Kind::TIME);
  }

  std::optional<Phrase> parse (std::size_t &at)
  {
    const std::size_t start = at;
    std::optional<Phrase> phrase;
    if (is (at, "from") || is (at, "between"))
      phrase = parse_from (at);
    else if (is_in (at, kStarts))
      phrase = parse_boundaries (at);
    if (!phrase) {
      at = start;
      phrase = parse_plain (at);
    }
    return phrase;
  }

  // "from frame 3 to frame 9", "between 3 and 9", "from 3-9"
  std::optional<Phrase> parse_from (std::size_t &at)
  {
    const bool is_between = is (at, "between");
    ++at;
    if (is_in (at, kTimes))
      return std::nullopt;
    if (is (at, "the"))
      ++at;
    bool marked = false;
    Phrase phrase = parse_list (at, marked);
    if (phrase.ranges.empty ())
      return std::nullopt;
    if (is_between && !phrase.is_interval && phrase.ranges.size () == 2)
      join (phrase);
    else if (is_between && !phrase.is_interval && phrase.ranges.size () > 2)
      phrase.flaw = "It is unclear what it means by " + about (at - 1, at) + " and others.";
    return check_plain (std::move (phrase), marked, at, true);
  }

  static void join (Phrase &phrase)
  {
    phrase.ranges = {{phrase.ranges[0].first, phrase.ranges[1].last}};
    phrase.is_interval = true;
  }

  // "starts at frame 3 and ends at frame 9"
  std::optional<Phrase> parse_boundaries (std::size_t &at)
  {
    skip (++at, kBeforeBoundary);
    const std::size_t before = at;
    bool marked = false;
    Phrase phrase = parse_list (at, marked);
    if (phrase.ranges.empty () || !marked)
      return std::nullopt;
    if (phrase.is_interval)
      return phrase;
    at = before;
    Item first, last;
    parse_item (at, first);
    skip (at, kBeforeEnd);
    if (phrase.ranges.size () == 1 && is_in (at, kEnds)) {
      skip (++at, kBeforeBoundary);
      if (parse_item (at, last)) {
        phrase.ranges = {{first.range.first, last.range.last}};
        phrase.is_interval = true;
        phrase.flaw = last.flaw;
        return phrase;
      }
    }
    phrase.flaw = "It says where the event starts, but not where it ends.";
    return phrase;
  }

  template <typename List>
  void skip (std::size_t &at, const List &words) const
  {
    for (int n = 0; n < 4; ++n, ++at) {
      if (!is_in (at, words) && !is (at, Kind::COLON) && !is (at, Kind::COMMA) &&
          !is_mark (at, "(){}[]"))
        return;
    }
  }

  // "frames 3, 4 and 7-9", "第3帧到第9帧", "3-9"
  std::optional<Phrase> parse_plain (std::size_t &at)
  {
    const std::size_t start = at;
    bool marked = false;
    Phrase phrase = parse_list (at, marked);
    if (phrase.ranges.empty () && phrase.flaw.empty ())
      return std::nullopt;
    if (start > 0 && is_in (start - 1, kOpenEnds))
      phrase.flaw = "It names only one end: " + about (start - 1, at);
    if (is (at, "between") && phrase.ranges.size () == 2 && !phrase.is_interval)
      join (phrase);
    if (start > 0 && is_in (start - 1, kTimes))
      return std::nullopt;
    return check_plain (std::move (phrase), marked, start, at, false);
  }

  std::optional<Phrase> check_plain (Phrase phrase, bool marked, std::size_t at, bool has_from)
  {
    return check_plain (std::move (phrase), marked, at, at, has_from);
  }

  // Whether numbers that may be no frames' are.
  std::optional<Phrase> check_plain (Phrase phrase, bool marked, std::size_t start, std::size_t at,
                                     bool has_from)
  {
    if (is_in (at, kTimes)) {
      if (!marked)
        return std::nullopt;
      phrase.flaw = "It names times, not frames.";
    }
    if (has_from && !phrase.is_interval && phrase.ranges.size () == 1 && phrase.flaw.empty ()) {
      if (!marked && !may_follow (at))
        return std::nullopt;
      phrase.flaw = "It says where the event starts, but not where it ends.";
    }
    if (leaves_open (at, phrase.is_interval))
      phrase.flaw = "It is unclear what it means by " + about (at > 0 ? at - 1 : at, at + 2);
    if (marked)
      return phrase;
    if (has_from)
      return may_follow (at) ? std::optional (std::move (phrase)) : std::nullopt;
    const bool is_several = phrase.is_interval || phrase.ranges.size () > 1;
    if (is (at, "frames") || is (at, "frame")) {
      const bool counts = start > 0 && is_in (start - 1, kCounting);
      return is_several && !counts ? std::optional (std::move (phrase)) : std::nullopt;
    }
    if (!may_follow (at))
      return std::nullopt;
    phrase.is_loose = !phrase.is_interval || !may_precede (start);
    return phrase;
  }

  // "or 10", "onwards", "and later"
  bool leaves_open (std::size_t at, bool is_interval) const
  {
    if (is (at, "or") && (is (at + 1, Kind::NUMBER) || is_in (at + 1, kMarkers)))
      return true;
    if (is_interval)
      return false;
    return is_in (at, kOnwards) || ((is (at, "and") || is (at, "or")) && is_in (at + 1, kOnwards));
  }

  bool may_follow (std::size_t at) const
  {
    const Token *next = token (at);
    const bool is_total = is (at, "in") && (is (at + 1, "total") || is (at + 1, "all"));
    if (next && (is_other_quantity (at) || is_total))
      return false;
    return !next || next->kind != Kind::WORD || is_one_of (*next, kAfterPlain);
  }

  bool may_precede (std::size_t start) const
  {
    return start > 0 && is_one_of (tokens_[start - 1], kBeforePlain);
  }

  // Ranges and numbers with commas and "and" between.
  Phrase parse_list (std::size_t &at, bool &marked)
  {
    Phrase phrase{};
    std::size_t next = at;
    for (Item item; parse_range (next, item); item = Item ()) {
      const bool follows_marked = !phrase.ranges.empty ();
      // "frames 3, 4 and 2 cars": the 2 is not one of them.
      if (follows_marked && !item.is_marked && (!may_follow (next) || is_in (next, kTimes)))
        break;
      at = next;
      marked = marked || item.is_marked;
      phrase.is_interval = phrase.is_interval || item.is_interval;
      if (!item.flaw.empty ())
        phrase.flaw = item.flaw;
      phrase.ranges.push_back (item.range);
      if (!item.flaw.empty () || !skip_separator (next))
        break;
    }
    return phrase;
  }

  bool skip_separator (std::size_t &at) const
  {
    const std::size_t start = at;
    while (at < start + 2 && (is (at, Kind::COMMA) || is (at, "and") || is_mark (at, "&+")))
      ++at;
    // "from 3 to 9 and from 15 to 18" are two phrases.
    return at > start;
  }

  // "frame 3 to frame 9", "3-9", "frame 3"
  bool parse_range (std::size_t &at, Item &item)
  {
    if (!parse_item (at, item))
      return false;
    std::size_t next = at;
    if (!skip_to (next))
      return true;
    Item last;
    const bool has_word = !is (at, Kind::DASH);
    if (!parse_item (next, last)) {
      if (has_word || is_other_quantity (next))
        item.flaw = "It names only one end: " + about (at > 0 ? at - 1 : at, next + 2);
      return true;
    }
    item.range.last = last.range.last;
    item.is_interval = true;
    item.is_marked = item.is_marked || last.is_marked;
    if (item.flaw.empty ())
      item.flaw = last.flaw;
    at = next;
    if ((is (at, Kind::DASH) || is_in (at, kTo)) && is (at + 1, Kind::NUMBER))
      item.flaw = "It is unclear what it means by " + about (at - 1, at + 2);
    return true;
  }

  bool skip_to (std::size_t &at) const
  {
    if (is (at, "up") && is (at + 1, "to")) {
      at += 2;
      return true;
    }
    if (!is (at, Kind::DASH) && !is_in (at, kTo))
      return false;
    ++at;
    return true;
  }

  // "frame 3", "3", "#3", "第3帧"
  bool parse_item (std::size_t &at, Item &item)
  {
    std::size_t next = at;
    item.is_marked = skip_marker (next);
    if (item.is_marked && is_other_quantity (next)) {
      item.flaw = "It is unclear what it means by " + about (at, next + 1);
      at = next + 1;
      return true;
    }
    if (!is (next, Kind::NUMBER))
      return false;
    const Token &number = tokens_[next];
    item.range = {number.number, number.number};
    if (number.too_large)
      item.flaw = "No frame of the batch carries " + std::string (number.text.substr (0, 40)) + ".";
    ++next;
    // Chinese has the word behind.
    if (is (next, "frame")) {
      item.is_marked = true;
      ++next;
    }
    at = next;
    return true;
  }

  // What stands before a number, and whether it says that the number is a frame's.
  bool skip_marker (std::size_t &at) const
  {
    bool marked = false;
    if (is (at, "the") && is_in (at + 1, kMarkers))
      ++at;
    if (is_in (at, kMarkers)) {
      marked = true;
      ++at;
    }
    for (int n = 0; n < 4; ++n, ++at) {
      const bool between = marked && (is_in (at, kBetweenMarkerAndNumber) || is (at, Kind::COLON) ||
                                      is (at, Kind::DASH) || is_mark (at, "=([<."));
      const bool before = is (at, "nth") || is (at, "number") || is_mark (at, "#") ||
                          (is (at, "no") && is (at + 1, Kind::MARK)) ||
                          (at > 0 && is (at - 1, "no") && is_mark (at, "."));
      if (!between && !before)
        break;
    }
    return marked;
  }

  std::string about (std::size_t from, std::size_t to) const
  {
    std::string words = "\"";
    for (std::size_t at = from; at < std::min (to, tokens_.size ()); ++at) {
      words += at > from ? " " : "";
      words += tokens_[at].text.substr (0, 40);
    }
    return words + "\".";
  }

  std::span<const Token> tokens_;
  std::vector<Phrase> phrases_;
};

}  // namespace

std::vector<Phrase> find_phrases (std::span<const Token> sentence)
{
  return PhraseFinder (sentence).run ();
}

bool names_times (std::span<const Token> tokens)
{
  for (std::size_t i = 0; i < tokens.size (); ++i) {
    const bool beside_number =
        (i > 0 && (tokens[i - 1].kind == Kind::NUMBER || tokens[i - 1].kind == Kind::QUANTITY)) ||
        (i + 1 < tokens.size () && tokens[i + 1].kind == Kind::NUMBER);
    if (tokens[i].kind == Kind::TIME || (beside_number && is_one_of (tokens[i], kTimes)))
      return true;
  }
  return false;
}

}  // namespace numpro
