/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerstatement.h"

#include <algorithm>

namespace numpro {

namespace {

using Kind = Token::Kind;

constexpr std::string_view kNegations[] = {
    "not", "never",   "no",     "none",      "cannot", "nothing",   "nowhere", "neither",
    "nor", "without", "absent", "invisible", "except", "excluding", "unable",  "unlike"};
// What an event that can be seen does. With "not" before, there is none.
constexpr std::string_view kSeeing[] = {
    "visible",  "see",      "seen",     "appear",  "appears",  "appearing", "appeared",
    "occur",    "occurs",   "occurred", "happen",  "happens",  "happened",  "present",
    "show",     "shows",    "shown",    "find",    "found",    "exist",     "exists",
    "depicted", "depict",   "observed", "observe", "contain",  "contains",  "detected",
    "detect",   "identify", "such",     "place",   "invisible"};
constexpr std::string_view kRefusals[] = {"sorry",   "unable",  "assist",   "help",    "determine",
                                          "clear",   "unclear", "sure",     "certain", "access",
                                          "analyze", "know",    "possible", "tell"};
// Of sentences about the frames themselves: "looking at frames 0 to 31", "frames 0-2 are empty".
constexpr std::string_view kAboutFrames[] = {"consists", "consist",   "sequence",  "looked",
                                             "looking",  "examined",  "examining", "ranging",
                                             "numbered", "initially", "empty",     "numbers"};
constexpr std::string_view kPictures[] = {"image",  "images", "picture", "pictures", "video",
                                          "videos", "photo",  "photos",  "visual"};
constexpr std::string_view kForms[] = {"is", "are", "was", "were", "can", "could"};
constexpr std::string_view kArticles[] = {"any", "of", "the", "your", "these", "this", "a", "an"};
constexpr std::string_view kTurns[] = {"but", "while", "whereas", "although", "though", "however"};
constexpr std::string_view kContinuations[] = {"again",     "also",         "another",
                                               "reappears", "additionally", "second"};
constexpr std::string_view kRetractions[] = {"wait", "correction", "hmm", "actually"};
// What an answer consists of besides the numbers.
constexpr std::string_view kFiller[] = {
    "yes",       "the",      "answer",  "final",     "is",      "are",   "in",    "during",
    "at",        "and",      "frame",   "frames",    "visible", "range", "event", "occurs",
    "happens",   "appears",  "seen",    "it",        "can",     "be",    "we",    "see",
    "moment",    "moments",  "segment", "inclusive", "only",    "given", "query", "text",
    "plaintext", "interval", "again",   "then",      "also",    "two",   "three", "so",
    "this",      "takes",    "place",   "number",    "or",      "start", "end",   "from",
    "to",        "between",  "nth"};
constexpr std::string_view kLinks[] = {"and",       "in",      "at",   "then",  "from",  "during",
                                       "the",       "or",      "also", "again", "it",    "appears",
                                       "reappears", "visible", "once", "more",  "later", "seen",
                                       "as",        "well",    "is",   "both"};

// The "no." of "frame no. 3" is none.
bool is_negation (std::span<const Token> tokens, std::size_t at)
{
  const Token &token = tokens[at];
  if (token.is ("no") && at + 1 < tokens.size () && tokens[at + 1].text == ".")
    return false;
  return is_one_of (token, kNegations) ||
         (token.kind == Kind::WORD && token.text.ends_with ("n't"));
}

class StatementMaker
{
 public:
  explicit StatementMaker (std::span<const Token> tokens)
      : tokens_ (tokens), phrases_ (find_phrases (tokens))
  {
    const bool has_marked = std::any_of (phrases_.begin (), phrases_.end (),
                                         [] (const Phrase &phrase) { return !phrase.is_loose; });
    if (has_marked)
      drop_loose ();
  }

  Statement make ()
  {
    Statement statement{};
    add_frames (statement);
    statement.continues = has (kContinuations);
    statement.is_bare = !phrases_.empty () && !statement.continues && is_filler ();
    if (statement.is_loose && !statement.is_bare)
      statement.ranges.clear ();
    if (!statement.ranges.empty () && !statement.is_bare && is_about_frames ())
      statement.flaw = "It is unclear whether the frames that it names show the event.";
    statement.retracts = !tokens_.empty () && is_one_of (tokens_.front (), kRetractions);
    read_negation (statement);
    return statement;
  }

 private:
  // Where frames are named, plain numbers are others', except in "frames 3-5 and then in 8".
  void drop_loose ()
  {
    std::vector<Phrase> kept;
    for (Phrase &phrase : phrases_) {
      const bool belongs =
          !phrase.is_loose || (!kept.empty () && are_linked (kept.back (), phrase));
      phrase.is_loose = phrase.is_loose && !belongs;
      if (belongs)
        kept.push_back (std::move (phrase));
    }
    phrases_ = std::move (kept);
  }

  template <typename List>
  bool has (const List &words) const
  {
    return std::any_of (tokens_.begin (), tokens_.end (),
                        [&words] (const Token &token) { return is_one_of (token, words); });
  }

  void add_frames (Statement &statement) const
  {
    for (std::size_t i = 0; i < phrases_.size (); ++i) {
      const Phrase &phrase = phrases_[i];
      statement.ranges.insert (statement.ranges.end (), phrase.ranges.begin (),
                               phrase.ranges.end ());
      statement.is_interval = statement.is_interval || phrase.is_interval;
      statement.is_loose = statement.is_loose || phrase.is_loose;
      if (!phrase.flaw.empty ())
        statement.flaw = phrase.flaw;
      else if (i > 0 && !are_linked (phrases_[i - 1], phrase) && !is_inside_first (phrase))
        statement.flaw = "It names several frames without saying which are meant.";
    }
  }

  bool is_about_frames () const
  {
    for (std::size_t i = 0; i < tokens_.size (); ++i) {
      // "based on the red numbers on each frame"
      const bool is_harmless = tokens_[i].is ("numbers") && i + 1 < tokens_.size () &&
                               (tokens_[i + 1].is ("on") || tokens_[i + 1].is ("in"));
      if (is_one_of (tokens_[i], kAboutFrames) && !is_harmless && !is_in_phrase (i))
        return true;
    }
    return false;
  }

  bool is_in_phrase (std::size_t at) const
  {
    return std::any_of (phrases_.begin (), phrases_.end (), [at] (const Phrase &phrase) {
      return phrase.begin <= at && at < phrase.end;
    });
  }

  // "from 3 to 9, and again from 15 to 18"
  bool are_linked (const Phrase &one, const Phrase &other) const
  {
    const auto between = tokens_.subspan (one.end, other.begin - one.end);
    return std::all_of (between.begin (), between.end (), [] (const Token &token) {
      return token.kind != Kind::WORD || is_one_of (token, kLinks);
    });
  }

  // "from 3 to 9, turning left in frame 5"
  bool is_inside_first (const Phrase &phrase) const
  {
    if (phrase.is_interval)
      return false;
    const NumberRange &all = phrases_.front ().ranges.front ();
    return std::all_of (phrase.ranges.begin (), phrase.ranges.end (),
                        [&all] (const NumberRange &range) {
                          return all.first <= range.first && range.last <= all.last;
                        });
  }

  bool is_filler () const
  {
    std::size_t at = 0;
    const auto fills = [] (const Token &token) {
      return token.kind == Kind::COMMA || token.kind == Kind::COLON || token.kind == Kind::MARK ||
             token.kind == Kind::DASH || is_one_of (token, kFiller);
    };
    for (const Phrase &phrase : phrases_) {
      for (; at < phrase.begin; ++at) {
        if (!fills (tokens_[at]))
          return false;
      }
      at = phrase.end;
    }
    // "Frame 3:" is the title of what follows.
    if (tokens_.back ().kind == Kind::COLON)
      return false;
    return std::all_of (tokens_.begin () + static_cast<std::ptrdiff_t> (at), tokens_.end (), fills);
  }

  void read_negation (Statement &statement) const
  {
    const auto is_not_only = [this] (std::size_t i) {
      return i + 1 < tokens_.size () && (tokens_[i + 1].is ("only") || tokens_[i + 1].is ("just"));
    };
    bool sees_nothing = false;
    for (std::size_t i = 0; i < tokens_.size (); ++i) {
      if (!is_negation (tokens_, i) || is_not_only (i))
        continue;
      statement.denies = true;
      const auto rest = tokens_.subspan (tokens_[i].is ("invisible") ? i : i + 1);
      sees_nothing = sees_nothing ||
                     std::any_of (rest.begin (), rest.end (),
                                  [] (const Token &token) { return is_one_of (token, kSeeing); });
      break;
    }
    statement.refuses = has (kRefusals) && statement.ranges.empty ();
    if (!statement.denies)
      return;
    statement.refuses = statement.refuses || misses_pictures () || misses_numbers ();
    const bool names_none = statement.ranges.empty () && statement.flaw.empty ();
    statement.says_never = names_none && !statement.refuses && !has_numerals () &&
                           !is_half_open () &&
                           (sees_nothing || is_denial_alone () || says_there_is_no ());
  }

  // What a negation is about: "images" in "I cannot see any images".
  std::size_t find_denied (std::size_t negation) const
  {
    static constexpr std::string_view kBetween[] = {"see", "view",     "read",   "actually",
                                                    "to",  "directly", "frames", "find"};
    std::size_t at = negation + 1;
    while (at < tokens_.size () &&
           (is_one_of (tokens_[at], kArticles) || is_one_of (tokens_[at], kBetween)))
      ++at;
    return at;
  }

  // "I cannot see any images", "no video"
  bool misses_pictures () const
  {
    for (std::size_t i = 0; i < tokens_.size (); ++i) {
      if (!is_negation (tokens_, i))
        continue;
      const std::size_t denied = find_denied (i);
      if (denied < tokens_.size () && is_one_of (tokens_[denied], kPictures))
        return true;
    }
    return false;
  }

  // "No red numbers are visible", "the frame numbers are not visible": that is no answer.
  bool misses_numbers () const
  {
    for (std::size_t i = 0; i < tokens_.size (); ++i) {
      if (!is_negation (tokens_, i))
        continue;
      const std::size_t denied = find_denied (i);
      const std::size_t verb = i > 0 && is_one_of (tokens_[i - 1], kForms) ? i - 1 : i;
      if (are_numbers (denied) || are_numbers (denied + 1) || (verb > 0 && are_numbers (verb - 1)))
        return true;
    }
    return false;
  }

  // The numbers of frames, but not "number plates" or "a number of cars".
  bool are_numbers (std::size_t at) const
  {
    static constexpr std::string_view kAfter[] = {"on", "in", "at", "visible", "anywhere"};
    if (at >= tokens_.size () || !(tokens_[at].is ("number") || tokens_[at].is ("numbers")))
      return false;
    const std::size_t next = at + 1;
    return next == tokens_.size () || tokens_[next].kind != Kind::WORD ||
           is_one_of (tokens_[next], kForms) || is_one_of (tokens_[next], kAfter) ||
           is_negation (tokens_, next);
  }

  // "No.", "Never", "none": nothing else is said.
  bool is_denial_alone () const
  {
    static constexpr std::string_view kOthers[] = {"highlight", "highlights", "there"};
    for (std::size_t i = 0; i < tokens_.size (); ++i) {
      const Token &token = tokens_[i];
      if (token.kind == Kind::WORD && !is_negation (tokens_, i) && !is_one_of (token, kFiller) &&
          !is_one_of (token, kOthers))
        return false;
    }
    return true;
  }

  // Other numbers than those of "none of the 32 frames".
  bool has_numerals () const
  {
    for (std::size_t i = 0; i < tokens_.size (); ++i) {
      const bool is_count =
          i + 1 < tokens_.size () && (tokens_[i + 1].is ("frames") || tokens_[i + 1].is ("images"));
      const Kind kind = tokens_[i].kind;
      if ((kind == Kind::NUMBER && !is_count) || kind == Kind::QUANTITY || kind == Kind::TIME)
        return true;
    }
    return false;
  }

  // "No red car", "there is no red car", but not "there are no other cars"
  bool says_there_is_no () const
  {
    std::size_t at = 0;
    if (tokens_.size () > 2 && tokens_[0].is ("there"))
      at = 2;
    return at + 1 < tokens_.size () && tokens_[at].is ("no") &&
           tokens_[at + 1].kind == Kind::WORD && !tokens_[at + 1].is ("other");
  }

  // "not until ...", "no longer"
  bool is_half_open () const
  {
    static constexpr std::string_view kHalves[] = {"until",   "till",    "before", "after",
                                                   "longer",  "anymore", "always", "fully",
                                                   "clearly", "all",     "every",  "entire"};
    return has (kHalves);
  }

  std::span<const Token> tokens_;
  std::vector<Phrase> phrases_;
};

bool ends_sentence (const Token &token)
{
  return token.kind == Kind::END || token.kind == Kind::QUESTION;
}

// Where "but ..." or "and not ..." begins, or the end.
std::size_t find_turn (std::span<const Token> sentence)
{
  for (std::size_t i = 1; i < sentence.size (); ++i) {
    if (is_one_of (sentence[i], kTurns) ||
        (sentence[i].is ("and") && i + 1 < sentence.size () && is_negation (sentence, i + 1)))
      return i;
  }
  return sentence.size ();
}

void add_sentence (std::span<const Token> sentence, std::vector<Statement> &statements)
{
  const std::size_t start = statements.size ();
  bool turns_down = false;
  while (!sentence.empty ()) {
    const std::size_t turn = find_turn (sentence);
    statements.push_back (StatementMaker (sentence.first (turn)).make ());
    const Statement &last = statements.back ();
    turns_down = turns_down || (statements.size () > start + 1 && last.denies &&
                                last.ranges.empty () && last.flaw.empty ());
    sentence = sentence.subspan (turn);
  }
  // "There is a blue car from 3 to 9, but no red one."
  for (std::size_t i = start; turns_down && i < statements.size (); ++i) {
    if (!statements[i].ranges.empty ())
      statements[i].flaw = "It is unclear whether the frames that it names show the event.";
  }
}

// A line that goes on in the next one: "Start frame: 3\nEnd frame: 9", "From 3\nto 9".
bool goes_on (std::span<const Token> tokens, std::size_t end)
{
  static constexpr std::string_view kContinuing[] = {"end", "ends", "ending", "to", "through"};
  return tokens[end].text == "\n" && end + 1 < tokens.size () &&
         is_one_of (tokens[end + 1], kContinuing);
}

}  // namespace

std::vector<Statement> find_statements (std::span<const Token> tokens)
{
  std::vector<Statement> statements;
  std::vector<Token> sentence;
  for (std::size_t i = 0; i < tokens.size (); ++i) {
    if (!ends_sentence (tokens[i])) {
      sentence.push_back (tokens[i]);
      continue;
    }
    if (goes_on (tokens, i))
      continue;
    if (tokens[i].kind != Kind::QUESTION)
      add_sentence (sentence, statements);
    sentence.clear ();
  }
  add_sentence (sentence, statements);
  return statements;
}

}  // namespace numpro
