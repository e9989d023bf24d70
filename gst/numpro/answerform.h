/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/ledger.h>
#include <gst/numpro/obstacle.h>
#include <gst/numpro/prompt.h>

#include <span>
#include <string>

namespace numpro {

/**
 * The contract with a model: what prompts ask for, what the members of schemas are called, and
 * which words are read. A form that is asked for in one place and not read in another is a fault of
 * this file.
 */
namespace member {
inline constexpr char kFound[] = "found";
inline constexpr char kSpans[] = "spans";
inline constexpr char kFirst[] = "first";
inline constexpr char kLast[] = "last";
inline constexpr char kHighlights[] = "highlights";
inline constexpr char kNumber[] = "number";
inline constexpr char kScore[] = "score";
inline constexpr char kDescription[] = "description";
inline constexpr char kNumbers[] = "numbers";
inline constexpr char kFirstSeen[] = "first_seen";
inline constexpr char kLastSeen[] = "last_seen";
inline constexpr char kNever[] = "never";            /**< of a restatement */
inline constexpr char kCannotTell[] = "cannot_tell"; /**< of a restatement */
}  // namespace member

/** Scores of highlights, as the prompt of NumPro asks for them. */
inline constexpr double kLowestScore = 1, kHighestScore = 5;

/** What is asked, in the words of NumPro (arXiv 2411.10332). */
std::string question_words (GstNumproTask task, const std::string &question);

/**
 * How to answer in words. There are no numbers in it to be repeated, except in an example for
 * highlights, which models need and the reader knows.
 */
std::string text_form (GstNumproTask task, GstNumproLedger *ledger);

/** How to answer with a JSON object. */
std::string json_form (GstNumproTask task);

/**
 * Whether a prompt asks for the numbers that are seen. Not where the frames show none: those of
 * labels arrive whatever becomes of the images.
 */
bool asks_for_seen (GstNumproPrompt *prompt, GstNumproLedger *ledger);

/** How to name the first and the last number seen. */
std::string check_form (GstNumproAnswerFormat format);

/** "The highlight frames are in the 4, 12 frames. Their saliency scores are 1.3, 2.6." */
std::string highlight_form (const std::string &frames, const std::string &scores);

/** "(12.3 seconds are missing before frame 7)", for a model that looks at frames 6 and 7. */
std::string gap_note (GstClockTime gap, guint64 number);

/** Asks a model what an answer of its own says, in numbers of frames from @p first to @p last. */
std::string restatement_form (GstNumproTask task, const std::string &question,
                              const std::string &answer, guint64 first, guint64 last);

/** What a phrase of an answer is. */
enum class Part {
  kLabel,  /**< "here is the answer" */
  kAssent, /**< "yes", which no event denies */
  kDenial, /**< "no", which no event follows */
  kEvent,  /**< "the red car", "the red car appears": in one frame it may only begin */
  kState,  /**< "the red car is visible" */
  kRange,  /**< "from 3 to 9" */
  kSingle, /**< "in frame 12" */
  kNever,  /**< "not visible" */
  kTail,   /**< "inclusive" */
  kComma,
  kJoin, /**< "and": another range follows */

  // What is looked for by itself, or inside of others.
  kPronoun,    /**< "it": @ in other phrases */
  kNot,        /**< "never": ! in other phrases */
  kEverywhere, /**< "in any of the frames": * in other phrases */
  kSeen,       /**< "numbers seen: 0 to 31" */
  kSeenHead,   /**< its beginning: & in other phrases */
  kFramesHead, /**< "the highlight frames are in the" */
  kScoresHead, /**< "their saliency scores are" */

  // What is looked for anywhere in an answer that is not read.
  kBlind,     /**< "no images": it sees no frames, or no numbers on them */
  kRefusal,   /**< "I can't help": it is not able to tell, or does not want to */
  kBareNever, /**< "none": by itself it may be "not visible" */
  kNegation,  /**< "no" */
  kSubject,   /**< "appears": what is denied is the event, though it is not named */
  kPicture,   /**< "frames": unless that is */
  kSight,     /**< "visible": without a negation it is */
  kDoubt,     /**< "blurry", "except": it was not seen, or is not so in all frames */
  kPartOf,    /**< "all": with a negation the same */
  kFirst,     /**< "from the beginning": the batch's first number; with a number the only one */
  kLast,      /**< "to the end": its last number; with a number the only one */
  kAll,       /**< "all frames": both; with a number how many it has */
};

/**
 * A phrase that is read.
 *
 * Words are apart by blanks; a|b is either, of which each may be several words (in_all), a? may be
 * left out, and between any two words an article may stand. # is a frame number with or without
 * "frame" before it, #! one with it, @ the event of the question or a pronoun, @! the event itself,
 * ~ the event with "not" in it, ! such a word, * a phrase for everywhere, & the beginning of a line
 * about the numbers seen, ^ the end of a line. In Chinese each character is a word; here they stand
 * together.
 */
struct Phrase {
  Part part;
  const char *words;
};

/** All phrases that are read, in all languages. */
std::span<const Phrase> phrases ();

/** Words that are not phrases of an answer by themselves. */
using WordList = std::span<const char *const>;

extern const WordList kArticles;      /**< without a meaning */
extern const WordList kAuxiliaries;   /**< without a meaning inside an event */
extern const WordList kFrameMarks;    /**< before the number of a frame */
extern const WordList kFrameCounters; /**< behind it */
extern const WordList kFrameNames;    /**< which say that it is one */
extern const WordList kUnitsOfTime;
extern const WordList kListJoins; /**< between the numbers of a list */
extern const WordList kOpenings;  /**< of a question, before the event that it asks for */
extern const WordList kEndings;   /**< of a question, behind that */
extern const WordList kNoEvent;   /**< which make no event by themselves: an answer has them too */
extern const WordList kNegations; /**< of a question about absence: "not" beside "visible" */
extern const WordList kLeadingNegations; /**< of such a question, as its first word */
extern const WordList kSight;            /**< what such a question denies */
extern const WordList kAbsence;          /**< which make a question one about absence */
extern const WordList kCounts;           /**< which make a question one about a number */

}  // namespace numpro
