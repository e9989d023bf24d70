/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "promptwords.h"

#include "highlightexample.h"

namespace numpro {

namespace {

// A query as the paper has it, "a red car", or a whole question.
std::string moment_question (const std::string &question)
{
  if (question.ends_with ('?') || question.ends_with ("？"))
    return question + " During which frames can we see it?";
  const std::size_t end = question.find_last_not_of (" .\n");
  return "During which frames can we see " + question.substr (0, end + 1) + "?";
}

std::string highlight_question (const std::string &question)
{
  return "Please find the highlight contents in the video described by the query " + question +
         ". Determine the highlight frames and its saliency score on a scale from 1 to 5. If the "
         "video content more related to the query, the saliency score should be higher.";
}

}  // namespace

std::string question_words (GstNumproTask task, const std::string &question)
{
  switch (task) {
    case GST_NUMPRO_TASK_HIGHLIGHT:
      return highlight_question (question);
    case GST_NUMPRO_TASK_DESCRIBE:
      return question.empty () ? "Describe what happens in these frames." : question;
    default:
      return moment_question (question);
  }
}

std::string text_form (GstNumproTask task, GstNumproLedger *ledger)
{
  switch (task) {
    case GST_NUMPRO_TASK_HIGHLIGHT:
      return " The output format should be like: '" +
             highlight_sentence (highlight_example (ledger)) +
             "' These frames and scores are an example only; give your own. If there are no such "
             "frames, answer \"Not visible\".";
    case GST_NUMPRO_TASK_DESCRIBE:
      return " Name the frames that you speak of by their numbers, in the form \"(frame x)\" or "
             "\"(frames x-y)\".";
    default:
      return " Answer in the form \"From x to y\", where x is the first and y the last frame "
             "number; if it is visible several times, answer so for each time. If it is never "
             "visible, answer \"Not visible\".";
  }
}

std::string json_form (GstNumproTask task)
{
  switch (task) {
    case GST_NUMPRO_TASK_HIGHLIGHT:
      return " Answer with a JSON object: {\"found\": true, \"highlights\": [{\"number\": x, "
             "\"score\": s}, ...]}, where x is a frame number and s its score; if there are no such "
             "frames, {\"found\": false, \"highlights\": []}.";
    case GST_NUMPRO_TASK_DESCRIBE:
      return " Answer with a JSON object: {\"description\": \"...\", \"numbers\": [x, ...]}, where "
             "each x is the number of a frame that you speak of.";
    default:
      return " Answer with a JSON object: {\"found\": true, \"spans\": [{\"first\": x, \"last\": y}, "
             "...]}, where x is the first and y the last frame number of each time that it is "
             "visible; if it is never visible, {\"found\": false, \"spans\": []}.";
  }
}

std::string check_form (GstNumproAnswerFormat format)
{
  if (format == GST_NUMPRO_ANSWER_FORMAT_JSON)
    return " Its members \"first_seen\" and \"last_seen\" are the first and the last number that you "
           "can see on any of the frames.";
  return " At the end write on a line of its own the first and the last number that you can see on "
         "any of the frames, in the form \"Numbers seen: a to b\".";
}

}  // namespace numpro
