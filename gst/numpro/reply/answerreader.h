/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gst/numpro/prompt.h"
#include "reading.h"

#include <string_view>

namespace numpro {

/**
 * Reads what a model answered.
 *
 * The text is stripped of reasoning and dress (answertext), cut into words and numbers
 * (answertoken), of which some are phrases that name frames (answerphrase); sentences become
 * statements (answerstatement), and the statements that are the answer are picked here. JSON is
 * read by answerobject, the marks of highlights by answerscores. Each takes time in proportion to
 * the text.
 *
 * @param text UTF-8
 * @param is_checked whether the first and the last number seen were asked for
 */
Reading read_answer (GstNumproTask task, bool is_checked, std::string_view text);

}  // namespace numpro
