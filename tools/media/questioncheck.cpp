/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questioncheck.h"

#include <algorithm>
#include <set>

namespace numpro::media {

std::string problem_of_questions (const std::vector<std::string> &questions)
{
  if (std::find (questions.begin (), questions.end (), "") != questions.end ())
    return "A --question is empty";
  if (std::set<std::string> (questions.begin (), questions.end ()).size () != questions.size ())
    return "A --question is asked twice";
  return {};
}

}  // namespace numpro::media
