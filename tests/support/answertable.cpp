/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/support/answertable.h"

#include <fstream>
#include <set>
#include <sstream>

#include "gst/numpro/json.h"

using numpro::Json;

namespace {

template <typename T>
void take (const Json &row, const char *name, T &value)
{
  if (row.contains (name))
    value = row[name].get<T> ();
}

// All numbers of "3-5 6"; the text itself where it is another result.
std::set<std::string> members_of (const std::string &result)
{
  std::set<std::string> members;
  std::istringstream words (result);
  for (std::string word; words >> word;) {
    const std::size_t dash = word.find ('-');
    if (dash == std::string::npos) {
      members.insert (word);
      continue;
    }
    const guint64 last = std::stoull (word.substr (dash + 1));
    for (guint64 number = std::stoull (word.substr (0, dash)); number <= last; ++number)
      members.insert (std::to_string (number));
  }
  return members;
}

}  // namespace

std::vector<AnswerRow> read_answer_table (const std::string &name)
{
  std::vector<AnswerRow> rows;
  std::ifstream file (std::string (ANSWER_TABLES) + "/" + name + ".jsonl");
  for (std::string line; std::getline (file, line);) {
    const Json json = numpro::parse_json (line);
    AnswerRow row;
    take (json, "text", row.text);
    take (json, "question", row.question);
    take (json, "first", row.first);
    take (json, "last", row.last);
    take (json, "check", row.is_checked);
    take (json, "kind", row.kind);
    take (json, "form", row.keeps_to_form);
    take (json, "accept", row.accept);
    take (json, "truth", row.truth);
    take (json, "seen", row.seen);
    rows.push_back (std::move (row));
  }
  if (rows.empty ())
    g_error ("%s/%s.jsonl has no rows", ANSWER_TABLES, name.c_str ());
  return rows;
}

std::string result_of (GstNumproAnswer *answer)
{
  if (!gst_numpro_answer_get_valid (answer))
    return "unread";
  std::string result;
  guint64 number = 0;
  double score = 0;
  for (guint i = 0; gst_numpro_answer_get_highlight (answer, i, &number, &score); ++i) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    result += (i ? " " : "") + std::to_string (number) + "=" +
              g_ascii_formatd (text, sizeof (text), "%g", score);
  }
  result = result.empty () ? spans_of (answer) : result;
  return result.empty () ? "never" : result;
}

bool is_same_result (const std::string &one, const std::string &other)
{
  return one.find ('=') != std::string::npos ? one == other
                                             : members_of (one) == members_of (other);
}

Owned<GstNumproPrompt> prompt_of (const AnswerRow &row, GstNumproTask task)
{
  Owned<GstNumproPrompt> prompt (gst_numpro_prompt_new (task, row.question.c_str ()));
  gst_numpro_prompt_set_check_frames (prompt.get (), row.is_checked);
  return prompt;
}
