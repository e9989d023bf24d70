/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "event.h"

namespace numpro {

/** A phrase that stands in a text. */
struct FoundPhrase {
  Part part;
  std::size_t end;              /**< the token behind it */
  std::vector<guint64> numbers; /**< that are in it, as they come */
};

struct PhraseElement;

/**
 * Finds the phrases of the contract, and the event of a question, among the tokens of an answer.
 */
class PhraseMatcher
{
 public:
  /** @param tokens outlive the matcher */
  PhraseMatcher (std::span<const Token> tokens, const std::string &question);

  const Event &event () const { return event_; }

  /**
   * The longest phrase that begins here; the first of the contract among equals.
   *
   * @param part nothing: any part of a statement
   */
  std::optional<FoundPhrase> longest_at (std::size_t at, std::optional<Part> part = {}) const;

  /** Whether one that is such a part stands anywhere. */
  bool contain (Part part) const;

  /** Whether its numbers may be an answer to "how many?": no frames are named. */
  bool may_be_counts () const;

 private:
  using End = std::optional<std::size_t>;
  using Elements = std::span<const PhraseElement>;

  End match (Elements elements, std::size_t at, std::vector<guint64> &numbers) const;
  End match_one (const PhraseElement &element, std::size_t at, std::vector<guint64> &numbers) const;
  End match_number (std::size_t at, bool is_marked, std::vector<guint64> &numbers) const;
  End match_event (std::size_t at, bool is_denied) const;
  End match_words (std::span<const std::string> words, std::size_t at) const;
  std::size_t skip_article (std::size_t at) const;
  std::size_t skip_marks (std::size_t at) const;
  bool names_frame (std::size_t start, std::size_t end) const;

  std::span<const Token> tokens_;
  const Event event_;
};

}  // namespace numpro
