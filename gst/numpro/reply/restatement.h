/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/prompt.h>

#include <string_view>

#include "reading.h"

namespace numpro {

/** An answer that was not read, and what the model says that it means. */
struct Restatement {
  std::string question;
  std::string_view original;
  GstNumproObstacle obstacle;
  std::string_view text;
};

/**
 * Reads a restatement. Numbers that the answer does not have are refused, and so is "never" where
 * no clause of the answer says so in words that are read, or where another one may take that back.
 *
 * @param whole the batch's first and last number, which "to the end" and the like name
 */
Reading read_restatement (GstNumproTask task, const Restatement &restatement, NumberRange whole);

}  // namespace numpro
