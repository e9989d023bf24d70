/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/ledger.h>
#include <gst/numpro/prompt.h>

#include "answerdata.h"

namespace numpro {

/** Reads the text of an answer, and fills in what it comes to. */
void read_answer_text (AnswerData &answer, GstNumproPrompt *prompt, GstNumproLedger *ledger);

/** Reads what the model says that the answer means, and fills in what that comes to. */
void read_answer_restated (AnswerData &answer, GstNumproPrompt *prompt, GstNumproLedger *ledger,
                           const std::string &text);

/** An answer about a whole batch, of the answers about its two parts. */
AnswerData merge_answers (const AnswerData &one, const AnswerData &other, GstNumproLedger *ledger);

/** Takes what an answer says away from it: an obstacle was found. @param detail may be empty */
void hold_up (AnswerData &answer, GstNumproObstacle obstacle, const std::string &detail);

}  // namespace numpro
