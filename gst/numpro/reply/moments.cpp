/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "moments.h"

#include <algorithm>
#include <utility>

namespace numpro {

namespace {

using Kind = Token::Kind;
using Ranges = std::vector<NumberRange>;

constexpr std::string_view kOpening = "([<", kClosing = ")]>";

Ranges sorted_once (Ranges ranges)
{
  std::sort (ranges.begin (), ranges.end ());
  ranges.erase (std::unique (ranges.begin (), ranges.end ()), ranges.end ());
  return ranges;
}

class MomentReader
{
 public:
  MomentReader (std::span<const Token> tokens, const PhraseMatcher &phrases)
      : tokens_ (tokens), phrases_ (phrases)
  {
  }

  Reading read ()
  {
    if (!is_understood ())
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    if (is_never_ && (has_ranges_ || is_stated_ || is_yes_))
      return unreadable (GST_NUMPRO_OBSTACLE_CONTRADICTION);
    if (!is_never_ && !has_ranges_)
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    if (has_single_ && has_happening_)
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    begin_again ();
    if (is_changed_ || is_vague_)
      return unreadable (GST_NUMPRO_OBSTACLE_SEVERAL);
    Reading reading;
    reading.is_in_words = true;
    reading.spans = std::move (concluded_);
    return reading;
  }

  bool says_nothing ()
  {
    return is_understood () && !is_never_ && !has_ranges_ && !is_stated_ && !is_yes_;
  }

 private:
  // What has been read of a sentence.
  struct Clause {
    bool has_heading = false, has_range = false, has_single = false, is_joined = false;
    bool has_event = false, has_state = false, has_happening = false, is_never = false;
  };

  bool is_understood ()
  {
    for (std::size_t at = phrases_.skip_articles (0); at < tokens_.size ();) {
      const std::size_t end = read_at (at);
      if (end == at)
        return false;
      at = phrases_.skip_articles (end);
    }
    return ends_clause ();
  }

  // Returns the token behind what is read, or @p at where nothing is.
  std::size_t read_at (std::size_t at)
  {
    const Token &token = tokens_[at];
    if (token.kind == Kind::kLineEnd)
      return at + (clause_.is_joined || ends_clause ());
    if (token.is (".") || token.is ("!") || token.is (";"))
      return at + (std::exchange (takes_end_, false) && ends_clause ());
    if (token.is (":") || (token.is ("-") && is_followed_by_words (at)))
      return at + std::exchange (takes_colon_, false);
    if (const std::size_t end = read_list (at); end > at)
      return end;
    if (const std::size_t end = read_bracketed (at); end > at)
      return end;
    const std::optional<FoundPhrase> phrase = phrases_.longest_at (at);
    return phrase && take (*phrase) ? phrase->end : at;
  }

  // "(3-9)", "(not visible)"
  std::size_t read_bracketed (std::size_t at)
  {
    const std::size_t kind =
        tokens_[at].kind == Kind::kSign ? kOpening.find (tokens_[at].text) : std::string::npos;
    if (kind == std::string::npos)
      return at;
    auto phrase = phrases_.longest_at (at + 1, Part::kRange);
    phrase = phrase ? phrase : phrases_.longest_at (at + 1, Part::kNever);
    if (!phrase || phrase->end == tokens_.size () ||
        !tokens_[phrase->end].is (kClosing.substr (kind, 1)) || !take (*phrase))
      return at;
    return phrase->end + 1;
  }

  // "frames 3, 4 and 5": one after the other, for others may be frames, or ends of ranges.
  std::size_t read_list (std::size_t at)
  {
    const bool has_preposition = tokens_[at].is ("in") || tokens_[at].is ("during");
    const FoundNumbers list = phrases_.numbers_at (at + has_preposition);
    const bool is_plain = list.numbers.size () > 2 || (list.is_marked && list.numbers.size () == 2);
    const bool is_gapless = std::adjacent_find (list.numbers.begin (), list.numbers.end (),
                                                [] (guint64 a, guint64 b) { return b != a + 1; }) ==
                            list.numbers.end ();
    if (!is_plain || !is_gapless ||
        !take ({Part::kRange, list.end, {list.numbers.front (), list.numbers.back ()}}))
      return at;
    return list.end;
  }

  bool take (const FoundPhrase &phrase)
  {
    if (!suits (phrase))
      return false;
    takes_end_ = takes_colon_ = phrase.part != Part::kJoin;
    clause_.is_joined = phrase.part == Part::kJoin;
    return true;
  }

  // Whether a part may stand here; what it says is kept.
  bool suits (const FoundPhrase &phrase)
  {
    switch (phrase.part) {
      case Part::kConclusion:
        begin_again ();
        return ends_clause ();
      case Part::kYes:
        return is_yes_ = true;
      case Part::kLabel:
        return !clause_.has_range || clause_.is_joined;
      case Part::kHeading:
        return !clause_.has_range && !std::exchange (clause_.has_heading, true);
      case Part::kEvent:
        return clause_.has_event = true;
      case Part::kState:
        return is_stated_ = clause_.has_state = true;
      case Part::kHappening:
        return is_stated_ = has_happening_ = clause_.has_happening = true;
      case Part::kSingle:
        clause_.has_single = has_single_ = true;
        return add ({phrase.numbers[0], phrase.numbers[0]});
      case Part::kRange:
        ++n_ranges_;
        return add ({phrase.numbers[0], phrase.numbers[1]});
      case Part::kNever:
        is_never_ = true;
        return !has_ranges_ && !clause_.has_heading && !std::exchange (clause_.is_never, true);
      case Part::kTail:
        return clause_.has_range;
      case Part::kJoin:
        return clause_.has_range || clause_.has_event || clause_.has_state ||
               clause_.has_happening || takes_colon_;
      default:
        return false;
    }
  }

  bool add (const NumberRange &range)
  {
    if (clause_.has_range && !clause_.is_joined)
      return false;
    clause_.has_range = has_ranges_ = true;
    ranges_.push_back (range);
    return true;
  }

  bool is_followed_by_words (std::size_t at) const
  {
    return at + 1 < tokens_.size () && tokens_[at + 1].kind == Kind::kWord;
  }

  // In one frame an event may only begin, unless it is said to be seen there.
  bool ends_clause ()
  {
    takes_colon_ = false;
    const Clause clause = std::exchange (clause_, {});
    return !clause.is_joined && (!clause.has_heading || clause.has_range) &&
           (!clause.has_single ||
            (!clause.has_happening && (!clause.has_event || clause.has_state)));
  }

  // What a conclusion names must be what was named before it.
  void begin_again ()
  {
    if (ranges_.empty ())
      return;
    is_changed_ =
        is_changed_ || (!concluded_.empty () && sorted_once (concluded_) != sorted_once (ranges_));
    // Two frames may be two, or the ends of one range.
    is_vague_ = is_vague_ || (n_ranges_ == 0 && sorted_once (ranges_).size () > 1);
    n_ranges_ = 0;
    concluded_ = std::exchange (ranges_, {});
  }

  std::span<const Token> tokens_;
  const PhraseMatcher &phrases_;
  Clause clause_;
  bool takes_colon_ = false, takes_end_ = false;  // after what has just been read
  bool is_never_ = false, has_ranges_ = false, is_stated_ = false, is_changed_ = false;
  bool is_yes_ = false, is_vague_ = false, has_single_ = false, has_happening_ = false;
  std::size_t n_ranges_ = 0;   // since the last conclusion, without single frames
  Ranges ranges_, concluded_;  // since the last conclusion, and before it
};

}  // namespace

Reading read_moments (std::span<const Token> tokens, const PhraseMatcher &phrases)
{
  return MomentReader (tokens, phrases).read ();
}

bool says_nothing (std::span<const Token> tokens, const PhraseMatcher &phrases)
{
  return MomentReader (tokens, phrases).says_nothing ();
}

}  // namespace numpro
