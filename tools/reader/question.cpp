/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "question.h"

#include <algorithm>

#include "namedcolor.h"
#include "tokenizer.h"

namespace reader {

namespace {

// "The screen is blue" is said of most of it, "something blue" of a small part.
constexpr double kMost = 0.5;
constexpr double kSomething = 0.01;

using Words = std::vector<std::string>;

bool has (const Words &words, std::initializer_list<const char *> any)
{
  return std::find_first_of (words.begin (), words.end (), any.begin (), any.end ()) !=
         words.end ();
}

// "The red numbers on each frame represent the frame number."
bool describes_numbers (const Words &words)
{
  return has (words, {"numbers"}) && has (words, {"represent", "represents", "each", "every"});
}

// "The first and the last number that you can see", not "where x is the first frame number".
bool asks_for_ends (const Words &words)
{
  return has (words, {"first"}) && has (words, {"last"}) && has (words, {"number", "numbers"}) &&
         has (words, {"see", "seen"});
}

// "Which numbers do you see, in the order of the images?"
bool asks_for_numbers (const Words &words)
{
  return has (words, {"which", "what"}) && has (words, {"numbers"}) &&
         has (words, {"see", "seen"}) && has (words, {"order"});
}

// Of "During which frames can we see a red bar?" what comes behind "see".
Words query_in (const Words &words)
{
  const auto see = std::find_if (words.begin (), words.end (), [] (const std::string &word) {
    return word == "see" || word == "query";
  });
  return see == words.end () ? words : Words (see + 1, words.end ());
}

void read_query (const Words &query, Question &question)
{
  for (const std::string &word : query) {
    if (!question.color)
      question.color = find_named_color (word);
  }
  const bool of_all = has (query, {"screen", "picture", "image", "frame", "whole", "entire"});
  question.least_share = of_all ? kMost : kSomething;
}

}  // namespace

Question Question::from (const CompletionRequest &request)
{
  Question question;
  for (const std::string &sentence : sentences_of (request.instruction + "\n" + request.question)) {
    const Words words = words_of (sentence);
    if (describes_numbers (words))
      question.look.read (sentence);
  }

  const std::string &asked = request.question.empty () ? request.instruction : request.question;
  Words all;
  for (const std::string &sentence : sentences_of (asked)) {
    const Words words = words_of (sentence);
    if (asks_for_numbers (words))
      question.task = Task::kNumbers;
    if (asks_for_ends (words))
      question.wants_ends = true;
    if (describes_numbers (words))
      continue;
    if (!question.color)
      read_query (query_in (words), question);
    all.insert (all.end (), words.begin (), words.end ());
  }
  if (question.task == Task::kNumbers)
    return question;
  if (has (all, {"highlight", "highlights", "saliency"}))
    question.task = Task::kHighlight;
  else if (!question.color && has (all, {"describe", "happens", "happening"}))
    question.task = Task::kDescribe;
  return question;
}

}  // namespace reader
