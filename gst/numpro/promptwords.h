/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/ledger.h>
#include <gst/numpro/prompt.h>

#include <string>

namespace numpro {

/** What is asked, in the words of NumPro (arXiv 2411.10332). */
std::string question_words (GstNumproTask task, const std::string &question);

/**
 * How to answer in words. There are no numbers in it to be repeated, except in an example for
 * highlights, which models need and gst_numpro_answer_new() knows.
 */
std::string text_form (GstNumproTask task, GstNumproLedger *ledger);

/** How to answer with a JSON object. */
std::string json_form (GstNumproTask task);

/** How to name the first and the last number seen. */
std::string check_form (GstNumproAnswerFormat format);

}  // namespace numpro
