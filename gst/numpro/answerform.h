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

/** How to name the first and the last number seen. */
std::string check_form (GstNumproAnswerFormat format);

/** "The highlight frames are in the 4, 12 frames. Their saliency scores are 1.3, 2.6." */
std::string highlight_form (const std::string &frames, const std::string &scores);

/** Asks a model what an answer of its own says, in numbers of frames from @p first to @p last. */
std::string restatement_form (GstNumproTask task, const std::string &question,
                              const std::string &answer, guint64 first, guint64 last);

/** What a phrase of an answer is. */
enum class Part {
  kLabel,      /**< "here is the answer" */
  kYes,        /**< "yes", which no event denies */
  kHeading,    /**< "frames": a range must follow */
  kConclusion, /**< "the final answer is": what follows, whatever came before */
  kEvent,      /**< what was asked for, by itself: "the red car" */
  kState,      /**< "the red car is visible" */
  kHappening,  /**< "the red car appears": in one frame it may only begin */
  kRange,      /**< "from 3 to 9" */
  kSingle,     /**< "in frame 12" */
  kNever,      /**< "not visible" */
  kTail,       /**< "inclusive" */
  kJoin,       /**< "and": another range follows */

  // What is looked for by itself, or inside of others.
  kPronoun,    /**< "it": @ in other phrases */
  kEverywhere, /**< "in any of the frames": * in other phrases */
  kSeen,       /**< "numbers seen: 0 to 31" */
  kSeenHead,   /**< its beginning: & in other phrases */
  kFramesHead, /**< "the highlight frames are in the" */
  kScoresHead, /**< "their saliency scores are" */
};

/**
 * A phrase that is read.
 *
 * Words are apart by blanks; a|b is either, a? may be left out, and between any two words articles
 * may stand. # is a frame number with or without "frame" before it, #! one with it, @ the event of
 * the question or a pronoun, @! the event itself, * a phrase for everywhere, & the
 * beginning of a line about the numbers seen, ^ the end of a line. In Chinese each character is a
 * word; here they stand together.
 */
struct Phrase {
  Part part;
  const char *words;
};

/** All phrases that are read, in all languages. */
std::span<const Phrase> phrases ();

/** Words that may stand before the number of a frame, and behind it. */
std::span<const char *const> frame_marks ();
std::span<const char *const> frame_counters ();

/** Words that carry no meaning: articles, and forms of "be" and "do" in an event. */
std::span<const char *const> articles ();
std::span<const char *const> auxiliaries ();

/** What stands between the numbers of a list. */
std::span<const char *const> list_joins ();

/** Words for frames, and for units of time. */
std::span<const char *const> frame_names ();
std::span<const char *const> units_of_time ();

/** What items of a list may be called before their number: "segment". */
std::span<const char *const> item_names ();

/** What a question has before and behind the event that it asks for. */
std::span<const char *const> question_openings ();
std::span<const char *const> question_endings ();

/**
 * What gives an answer away that is not read: parts of it in lower case. A model says that it sees
 * nothing; or that it is not able to do, or will not do, a deed.
 */
std::span<const char *const> words_of_blindness ();
std::span<const char *const> words_of_inability ();
std::span<const char *const> refused_deeds ();

/** The same of an answer that may be one of these, unless it names the event. */
std::span<const char *const> words_of_doubt ();

/** What makes a question one about absence: a negation of what is seen, or one of the last. */
std::span<const char *const> words_of_negation ();
std::span<const char *const> words_of_sight ();
std::span<const char *const> words_of_absence ();

/** What speaks of the first and of the last frame without its number: parts of a text. */
std::span<const char *const> words_for_first ();
std::span<const char *const> words_for_last ();

}  // namespace numpro
