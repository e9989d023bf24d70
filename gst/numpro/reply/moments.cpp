/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "moments.h"

#include <algorithm>
#include <utility>

namespace numpro {

namespace {

using Kind = Token::Kind;

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
    const bool has_ranges = !reading_.spans.empty ();
    if (is_never_ ? has_ranges || is_stated_ || is_yes_ : has_ranges && is_no_)
      return unreadable (GST_NUMPRO_OBSTACLE_CONTRADICTION);
    if (!is_never_ && !has_ranges)
      return unreadable (GST_NUMPRO_OBSTACLE_NOT_UNDERSTOOD);
    if (is_vague ())
      return unreadable (GST_NUMPRO_OBSTACLE_SEVERAL);
    reading_.is_in_words = true;
    return std::move (reading_);
  }

  bool says_nothing () { return is_understood () && !is_claimed () && !is_yes_ && !is_no_; }

 private:
  // What has been read of a sentence.
  struct Clause {
    bool has_event = false, has_state = false, has_range = false, has_single = false;
    bool is_never = false, is_list = false, is_joined = false, is_followed_up = false;
  };

  bool is_understood ()
  {
    for (std::size_t at = 0; at < tokens_.size ();) {
      const std::size_t end = read_at (at);
      if (end == at)
        return false;
      at = end;
    }
    return n_open_ == 0 && ends_clause ();
  }

  bool is_claimed () const { return is_never_ || is_stated_ || !reading_.spans.empty (); }

  // Returns the token behind what is read, or @p at where nothing is.
  std::size_t read_at (std::size_t at)
  {
    const Token &token = tokens_[at];
    if (token.kind == Kind::kLineEnd)
      return at + (clause_.is_joined || is_dangling () || ends_clause ());
    if (token.is (".") || token.is ("!") || token.is (";"))
      return at + (std::exchange (takes_stop_, false) && ends_clause ());
    if (token.is (":") || (token.is ("-") && is_followed_by_words (at)))
      return at + std::exchange (takes_stop_, false);
    // All inside of them must be read as well.
    const bool opens = token.is ("(") || token.is ("<"), closes = token.is (")") || token.is (">");
    n_open_ += opens - closes;
    if (opens || closes)
      return at + (n_open_ >= 0);
    std::optional<FoundPhrase> phrase = phrases_.longest_at (at);
    if (!phrase && clause_.is_list && clause_.is_joined && token.kind == Kind::kNumber)
      phrase = {Part::kSingle, at + 1, {token.number}};
    if (!phrase || !suits (*phrase, at))
      return at;
    begins_clause_ = false;
    clause_.is_followed_up = phrase->part == Part::kJoin;
    clause_.is_joined = phrase->part == Part::kComma || clause_.is_followed_up;
    takes_stop_ = !clause_.is_joined;
    return phrase->end;
  }

  // Whether a part may stand here; what it says is kept.
  bool suits (const FoundPhrase &phrase, std::size_t at)
  {
    switch (phrase.part) {
      case Part::kLabel:
        return !is_claimed () && !clause_.has_event;
      case Part::kAssent:
        return is_yes_ = begins_clause_;
      case Part::kDenial:
        return is_no_ = begins_clause_ && !is_followed_by_words (phrase.end - 1);
      case Part::kEvent:
        return clause_.has_event = may_say_of_event (at);
      case Part::kState:
        return is_stated_ = clause_.has_state = may_say_of_event (at);
      case Part::kSingle:
        return add ({phrase.numbers[0], phrase.numbers[0]}, phrase, at);
      case Part::kRange:
        return add ({phrase.numbers[0], phrase.numbers[1]}, phrase, at);
      case Part::kNever:
        is_never_ = true;
        return !std::exchange (clause_.is_never, true);
      case Part::kComma:
        return takes_stop_;
      case Part::kTail:
      case Part::kJoin:
        return clause_.has_range && !clause_.is_joined;
      default:
        return false;
    }
  }

  bool add (const NumberRange &range, const FoundPhrase &phrase, std::size_t at)
  {
    // "from 3 to 9 from 15 to 18"
    const bool is_next = at == range_end_ && tokens_[at].is ("from") && !clause_.has_single;
    if (clause_.has_range && !clause_.is_joined && !is_next)
      return false;
    range_start_ = at;
    range_end_ = phrase.end;
    clause_.has_range = true;
    clause_.has_single = clause_.has_single || phrase.part == Part::kSingle;
    has_range_ = has_range_ || phrase.part == Part::kRange;
    for (; at < phrase.end; ++at)
      clause_.is_list = clause_.is_list || tokens_[at].is ("frames");
    has_list_ = has_list_ || clause_.is_list;
    reading_.spans.push_back (range);
    return true;
  }

  // Not in "3 to 5 dogs", "not visible, it is", "from 3 to 9, then the dog".
  bool may_say_of_event (std::size_t at) const
  {
    const bool is_counted =
        at > 0 && at == range_end_ && tokens_[range_start_].kind == Kind::kNumber;
    return !is_counted && !clause_.is_never && !clause_.is_followed_up;
  }

  bool is_followed_by_words (std::size_t at) const
  {
    return at + 1 < tokens_.size () && tokens_[at + 1].kind == Kind::kWord;
  }

  // An event, and nothing that is said of it.
  bool is_dangling () const
  {
    return clause_.has_event && !clause_.has_state && !clause_.has_range && !clause_.is_never;
  }

  // In one frame an event may only begin, unless it is said to be seen there.
  bool ends_clause ()
  {
    takes_stop_ = false;
    const bool is_beginning = clause_.has_single && clause_.has_event && !clause_.has_state;
    const bool ends = !clause_.is_joined && !is_dangling () && !is_beginning;
    clause_ = {};
    begins_clause_ = true;
    return ends;
  }

  // Two frames may be two, or the ends of one range.
  bool is_vague () const
  {
    const auto &spans = reading_.spans;
    const auto is_apart = [] (const NumberRange &one, const NumberRange &other) {
      return other.first > one.first + 1 || other.first < one.first;
    };
    return !has_range_ && !(has_list_ && spans.size () > 2) &&
           std::adjacent_find (spans.begin (), spans.end (), is_apart) != spans.end ();
  }

  std::span<const Token> tokens_;
  const PhraseMatcher &phrases_;
  Reading reading_;
  Clause clause_;
  bool begins_clause_ = true, takes_stop_ = false;  // after what has just been read
  bool is_never_ = false, is_stated_ = false, is_yes_ = false, is_no_ = false;
  bool has_range_ = false, has_list_ = false;
  int n_open_ = 0;                               // brackets
  std::size_t range_start_ = 0, range_end_ = 0;  // of the last one, or a single frame
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
