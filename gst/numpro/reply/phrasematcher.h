/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gst/numpro/answerform.h"
#include "token.h"

namespace numpro {

/** A phrase that stands in a text. */
struct FoundPhrase {
  Part part;
  std::size_t end;              /**< the token behind it */
  std::vector<guint64> numbers; /**< that are in it, as they come */
};

/** Numbers of frames in a row: "frames 3, 4 and 9". */
struct FoundNumbers {
  bool is_marked;  /**< whether they are said to be those of frames */
  std::size_t end; /**< the token behind them */
  std::vector<guint64> numbers;
};

struct PhraseElement;

/** Finds the phrases of the contract, and the event of a question, among the tokens of an answer.
 */
class PhraseMatcher
{
 public:
  /** @param tokens outlive the matcher */
  PhraseMatcher (std::span<const Token> tokens, const std::string &question);

  /** The longest phrase of a statement that begins here; the first of the contract among equals. */
  std::optional<FoundPhrase> longest_at (std::size_t at) const;

  /** The longest one that is such a part. */
  std::optional<FoundPhrase> longest_at (std::size_t at, Part part) const;

  /** Whether the event of the question stands anywhere. */
  bool names_event () const;

  /** The list of numbers that begins at a token; empty where there is none. */
  FoundNumbers numbers_at (std::size_t at) const;

  /** The token behind the articles that stand here. */
  std::size_t skip_articles (std::size_t at) const;

 private:
  using End = std::optional<std::size_t>;
  using Elements = std::span<const PhraseElement>;

  template <typename IsWanted>
  std::optional<FoundPhrase> longest_of (std::size_t at, IsWanted is_wanted) const;
  End match (Elements elements, std::size_t at, std::vector<guint64> &numbers) const;
  End match_one (const PhraseElement &element, std::size_t at, std::vector<guint64> &numbers) const;
  End match_number (std::size_t at, bool is_marked, std::vector<guint64> &numbers) const;
  End match_event (std::size_t at) const;
  std::size_t skip_marks (std::size_t at) const;
  End match_words (std::span<const std::string> words, std::size_t at) const;

  std::span<const Token> tokens_;
  std::vector<std::string> event_;  // its words; empty where the question names none
};

/** Whether a question is about when something is not to be seen: "not visible" may then mean both.
 */
bool asks_for_absence (const std::string &question);

/** Whether a token is one of these words. */
bool is_one_of (const Token &token, std::span<const char *const> words);

}  // namespace numpro
