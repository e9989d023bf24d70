/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "denial.h"

#include <algorithm>
#include <string>
#include <vector>

namespace numpro {

namespace {

bool ends_clause (const Token &token)
{
  return token.kind == Token::Kind::kLineEnd ||
         (token.kind == Token::Kind::kSign &&
          std::string_view (".,;:!?()").find (token.text) != std::string_view::npos);
}

class DenialReader
{
 public:
  DenialReader (std::span<const Token> tokens, const PhraseMatcher &phrases, NumberRange whole)
      : tokens_ (tokens), phrases_ (phrases), whole_ (whole)
  {
  }

  bool denies () const
  {
    bool denies = false;
    for (std::size_t begin = 0; begin < tokens_.size ();) {
      const auto from = tokens_.begin () + static_cast<std::ptrdiff_t> (begin);
      const auto end = static_cast<std::size_t> (std::find_if (from, tokens_.end (), ends_clause) -
                                                 tokens_.begin ());
      const Clause clause = read (begin, end);
      const bool is_asked = end < tokens_.size () && tokens_[end].is ("?");
      if (clause == Clause::kTakesBack || (clause == Clause::kDenies && is_asked))
        return false;
      denies = denies || clause == Clause::kDenies;
      begin = end + 1;
    }
    return denies && !phrases_.event ().is_absence;
  }

 private:
  enum class Clause { kDenies, kTakesBack, kNeutral };

  // What is in a clause, but for "in any of the frames" and the like.
  struct Words {
    int negations = 0;
    bool is_seen = false;      // "visible", the event
    bool names_event = false;  // a word of it
    bool has_subject = false, has_picture = false;
    bool has_doubt = false, has_part = false;
    std::size_t last = 0;  // behind the last negation
  };

  Clause read (std::size_t begin, std::size_t end) const
  {
    const auto is_all = [&] (Part part) {
      const auto found = phrases_.longest_at (begin, part);
      return found && found->end == end;
    };
    if (is_all (Part::kNever) || is_all (Part::kBareNever))
      return Clause::kDenies;
    const Words words = words_in (begin, end);
    if (words.has_doubt || is_all (Part::kAssent))
      return Clause::kTakesBack;
    if (words.negations == 0)
      return words.is_seen ? Clause::kTakesBack : Clause::kNeutral;
    if (words.negations > 1 || words.has_part || words.last == end)
      return Clause::kTakesBack;
    if (words.names_event)
      return Clause::kDenies;
    // "No images are visible", "as nothing moves".
    if (words.has_picture)
      return Clause::kTakesBack;
    return words.has_subject ? Clause::kDenies : Clause::kNeutral;
  }

  Words words_in (std::size_t begin, std::size_t end) const
  {
    Words words;
    for (std::size_t at = begin; at < end;) {
      if (const auto place = phrases_.longest_at (at, Part::kEverywhere)) {
        at = place->end;
        continue;
      }
      const auto is_a = [&] (Part part) { return phrases_.longest_at (at, part).has_value (); };
      const bool is_own = is_of_event (tokens_[at]);
      words.names_event |= is_own || is_a (Part::kPronoun);
      words.is_seen |= is_a (Part::kSight) || is_a (Part::kEvent);
      words.has_subject |= is_a (Part::kSubject);
      words.has_picture |= is_a (Part::kPicture);
      words.has_doubt |= !is_own && (is_a (Part::kDoubt) || names_part (tokens_[at]));
      words.has_part |= !is_own && is_a (Part::kPartOf);
      const auto negation = phrases_.longest_at (at, Part::kNegation);
      words.negations += negation.has_value ();
      at = negation ? negation->end : at + 1;
      words.last = negation ? at : words.last;
    }
    return words;
  }

  bool is_of_event (const Token &token) const
  {
    const std::vector<std::string> &words = phrases_.event ().words;
    return std::find (words.begin (), words.end (), event_word (token)) != words.end ();
  }

  // By a number other than the batch's bounds, and how many it has.
  bool names_part (const Token &token) const
  {
    const guint64 whole[] = {0, whole_.first, whole_.last, whole_.last - whole_.first + 1};
    return token.is_numeral () &&
           (token.kind == Token::Kind::kDecimal ||
            std::find (std::begin (whole), std::end (whole), token.number) == std::end (whole));
  }

  const std::span<const Token> tokens_;
  const PhraseMatcher &phrases_;
  const NumberRange whole_;
};

}  // namespace

bool denies_event (std::span<const Token> tokens, const PhraseMatcher &phrases, NumberRange whole)
{
  return DenialReader (tokens, phrases, whole).denies ();
}

}  // namespace numpro
