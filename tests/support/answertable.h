/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <vector>

#include "tests/support/ledgers.h"

/**
 * An answer as models write it, and what it says; a line of tests/lib/answers/NAME.jsonl.
 *
 * A result is "3-9 12" (spans), "4=2 5=4.5" (a score for each frame), "never", or "unread".
 */
struct AnswerRow {
  std::string text, question;
  guint64 first = 0, last = 0;     /**< numbers of the batch */
  bool is_checked = false;         /**< whether the numbers seen were asked for */
  std::string kind;                /**< what the answer is an example of */
  bool keeps_to_form = false;      /**< or repeats the question around it: to be read */
  std::vector<std::string> accept; /**< results that are right without asking back */
  std::string truth;               /**< what a person would say that it means; may be "unknown" */
  std::vector<std::string> seen;   /**< "0-31", "unread": what is right; empty: not asked for */
};

/** @param name "moments", "highlights", "descriptions", "checks" */
std::vector<AnswerRow> read_answer_table (const std::string &name);

/** What an answer comes to, as the table writes it. */
std::string result_of (GstNumproAnswer *answer);

/** Whether two results are the same, however ranges that touch are written. */
bool is_same_result (const std::string &one, const std::string &other);

/** What the row's model is asked. */
Owned<GstNumproPrompt> prompt_of (const AnswerRow &row, GstNumproTask task);
