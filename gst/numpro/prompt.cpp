/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompt.h"

#include <optional>
#include <string>
#include <vector>

#include "answerform.h"
#include "batchnumbers.h"
#include "document.h"
#include "enumnick.h"
#include "looktext.h"
#include "miniobject.h"
#include "promptschema.h"
#include "prompttemplate.h"

using namespace numpro;

struct _GstNumproPrompt : GstMiniObject {
  GstNumproTask task = GST_NUMPRO_TASK_MOMENT;
  std::string question;
  std::optional<std::string> text;  // the template
  GstNumproAnswerFormat format = GST_NUMPRO_ANSWER_FORMAT_TEXT;
  bool check_frames = false;
};

/**
 * gst_numpro_prompt_ref:
 * @prompt: a prompt
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): the same
 * Since: 0.1
 */
/**
 * gst_numpro_prompt_unref:
 * @prompt: (transfer full): a prompt
 *
 * Gives a reference back; the last one frees the prompt.
 * Since: 0.1
 */
NUMPRO_DEFINE_MINI_OBJECT (GstNumproPrompt, gst_numpro_prompt)

namespace {

std::string color_of (GstNumproLedger *ledger)
{
  return color_to_string (gst_numpro_ledger_get_look (ledger)->color);
}

// "bottom right"
std::string place_of (GstNumproLedger *ledger)
{
  std::string place = position_to_string (*gst_numpro_ledger_get_look (ledger));
  if (const std::size_t dash = place.find ('-'); dash != std::string::npos)
    place[dash] = ' ';
  return place;
}

// "The red numbers at the bottom right of each frame".
std::string drawn_words (GstNumproLedger *ledger, const char *what)
{
  const std::string color = color_of (ledger), place = place_of (ledger);
  const bool is_named = color[0] != '#';
  std::string words = "The " + (is_named ? color + " " : "") + what;
  words += (place == "center" ? " in the " : " at the ") + place + " of each frame";
  return is_named ? words : words + ", drawn in the color " + color + ",";
}

// The paper's sentence for the paper's look. Any other place is said, for a model that looks at the
// bottom right takes what it finds there for the number.
std::string number_sentence (GstNumproLedger *ledger)
{
  if (gst_numpro_look_equal (gst_numpro_ledger_get_look (ledger), &kPaperLook))
    return "The red numbers on each frame represent the frame number.";
  return drawn_words (ledger, "numbers") + " represent the frame number.";
}

// What frames show in place of their number; empty where that is nothing.
std::string time_sentence (GstNumproLedger *ledger)
{
  switch (gst_numpro_ledger_get_look (ledger)->stamp) {
    case GST_NUMPRO_STAMP_SECONDS:
      return drawn_words (ledger, "text") + " is its time in seconds.";
    case GST_NUMPRO_STAMP_CLOCK:
      return drawn_words (ledger, "text") + " is its time in minutes and seconds.";
    default:
      return {};
  }
}

// Labels are as get_image_label() makes them where numbers are not drawn.
constexpr char kLabelSentence[] = "The frame number is in the text before each image: \"Frame x\".";

std::string grid_sentences (GstNumproLedger *ledger)
{
  const char *const named =
      lists_numbers (ledger) ? "them in this order" : "the first and the last";
  return "Each image shows several frames in the order of time, row by row from the top left; the "
         "text before it names " +
         std::string (named) + ". This video has " +
         std::to_string (gst_numpro_ledger_get_length (ledger)) + " frames in total.";
}

// The length of the batch, or "unknown".
std::string seconds_of (GstNumproLedger *ledger)
{
  const guint length = gst_numpro_ledger_get_length (ledger);
  if (length == 0)
    return "0";
  const GstNumproSample *first = gst_numpro_ledger_get_sample (ledger, 0);
  const GstNumproSample *last = gst_numpro_ledger_get_sample (ledger, length - 1);
  if (!GST_CLOCK_TIME_IS_VALID (first->stream_time) ||
      !GST_CLOCK_TIME_IS_VALID (last->stream_time) || last->stream_time < first->stream_time)
    return "unknown";
  GstClockTime time = last->stream_time - first->stream_time;
  if (GST_CLOCK_TIME_IS_VALID (last->duration))
    time += last->duration;
  return seconds_text (time);
}

// Empty where there is no such sample.
std::string number_at (GstNumproLedger *ledger, guint index)
{
  const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, index);
  return sample ? std::to_string (sample->number) : "";
}

// What may stand in a template, and what takes its place.
std::vector<TemplateValue> values_of (const std::string &question, GstNumproLedger *ledger)
{
  const guint length = gst_numpro_ledger_get_length (ledger);
  return {{"question", question},
          {"first", number_at (ledger, 0)},
          {"last", number_at (ledger, length - 1)},
          {"count", std::to_string (length)},
          {"color", color_of (ledger)},
          {"position", place_of (ledger)},
          {"seconds", seconds_of (ledger)}};
}

// The text as it is; throws a TemplateError where it is no template.
std::string checked_template (const gchar *text)
{
  const OwnedBy<GstNumproLedger, gst_numpro_ledger_unref> any (gst_numpro_ledger_new (0));
  fill_template (text, values_of ("", any.get ()));
  return text;
}

// The value of an enumeration that a member names.
template <typename Enum>
Enum read_nick (const JsonFields &fields, const char *name, GType type)
{
  const auto value = enum_from_nick<Enum> (type, fields.get<std::string> (name).c_str ());
  if (!value)
    fields.fail (name, "unknown");
  return *value;
}

GstNumproPrompt *read_prompt (const JsonFields &fields)
{
  const auto task = read_nick<GstNumproTask> (fields, "task", GST_TYPE_NUMPRO_TASK);
  const auto question = fields.get<std::string> ("question");
  OwnedBy<GstNumproPrompt, gst_numpro_prompt_unref> prompt (
      gst_numpro_prompt_new (task, question.c_str ()));
  prompt->format =
      read_nick<GstNumproAnswerFormat> (fields, "answer-format", GST_TYPE_NUMPRO_ANSWER_FORMAT);
  prompt->check_frames = fields.get<bool> ("check-frames");
  if (const auto text = fields.find<std::string> ("template")) {
    try {
      prompt->text = checked_template (text->c_str ());
    } catch (const TemplateError &malformed) {
      fields.fail ("template", malformed.what ());
    }
  }
  return prompt.release ();
}

}  // namespace

/**
 * gst_numpro_prompt_new:
 * @task: what is asked for
 * @question: (nullable): what to look for, "a red car", or a whole question
 *
 * Makes a prompt.
 *
 * Returns: (transfer full): a prompt with the wording of NumPro (arXiv 2411.10332)
 * Since: 0.1
 */
GstNumproPrompt *gst_numpro_prompt_new (GstNumproTask task, const gchar *question)
{
  auto *prompt = new_mini_object<GstNumproPrompt> (GST_TYPE_NUMPRO_PROMPT);
  prompt->task = task;
  const TextPtr utf8 (g_utf8_make_valid (question ? question : "", -1));
  prompt->question = g_strstrip (utf8.get ());
  return prompt;
}

/**
 * gst_numpro_prompt_new_from_json:
 * @json: what gst_numpro_prompt_to_json() wrote
 * @length: length of @json in bytes, or -1 when it ends in a zero byte
 * @error: where to say what is wrong and where
 *
 * Reads a prompt.
 *
 * Returns: (transfer full): the prompt; %NULL with @error set when @json is malformed, or of a
 *   version that this library does not read
 * Since: 0.1
 */
GstNumproPrompt *gst_numpro_prompt_new_from_json (const gchar *json, gssize length, GError **error)
{
  g_return_val_if_fail (json, nullptr);

  return read_document (json, length, "prompt", read_prompt, error);
}

/**
 * gst_numpro_prompt_to_json:
 * @prompt: a prompt
 *
 * Writes a prompt, to be read by gst_numpro_prompt_new_from_json().
 *
 * Returns: (transfer full): a JSON object with the members `version`, `question`, `task` (`moment`,
 *   `highlight`, `describe`), `template` (or null), `answer-format` (`text`, `json`) and
 *   `check-frames`
 * Since: 0.1
 */
gchar *gst_numpro_prompt_to_json (GstNumproPrompt *prompt)
{
  g_return_val_if_fail (prompt, nullptr);

  Json json = new_document ();
  json["question"] = prompt->question;
  json["task"] = enum_nick (GST_TYPE_NUMPRO_TASK, prompt->task);
  json["template"] = prompt->text ? Json (*prompt->text) : Json ();
  json["answer-format"] = enum_nick (GST_TYPE_NUMPRO_ANSWER_FORMAT, prompt->format);
  json["check-frames"] = prompt->check_frames;
  return document_to_text (json);
}

/**
 * gst_numpro_prompt_get_task:
 * @prompt: a prompt
 *
 * Tells what the model is asked for.
 *
 * Returns: what is asked for
 * Since: 0.1
 */
GstNumproTask gst_numpro_prompt_get_task (GstNumproPrompt *prompt)
{
  return prompt->task;
}

/**
 * gst_numpro_prompt_get_question:
 * @prompt: a prompt
 *
 * Tells what is asked.
 *
 * Returns: the question as it was given
 * Since: 0.1
 */
const gchar *gst_numpro_prompt_get_question (GstNumproPrompt *prompt)
{
  return prompt->question.c_str ();
}

/**
 * gst_numpro_prompt_set_template:
 * @prompt: a writable prompt
 * @text: (nullable): the question in words of one's own, with {question}, {first}, {last}, {count},
 *   {color}, {position}, {seconds} where the batch's are to stand, and {{ and }} for braces; %NULL
 *   for the usual words
 * @error: where to say what is wrong with @text
 *
 * Replaces the question and how to answer it. What answer format and frame check ask for is added
 * to it.
 *
 * Returns: whether @text is a template; if not, nothing changes
 * Since: 0.1
 */
gboolean gst_numpro_prompt_set_template (GstNumproPrompt *prompt, const gchar *text, GError **error)
{
  g_return_val_if_fail (prompt && gst_mini_object_is_writable (prompt), FALSE);

  if (!text) {
    prompt->text.reset ();
    return TRUE;
  }
  try {
    const TextPtr utf8 (g_utf8_make_valid (text, -1));
    prompt->text = checked_template (utf8.get ());
    return TRUE;
  } catch (const TemplateError &malformed) {
    g_set_error (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED, "Malformed template: %s",
                 malformed.what ());
    return FALSE;
  }
}

/**
 * gst_numpro_prompt_set_answer_format:
 * @prompt: a writable prompt
 * @format: how to answer
 *
 * Says how the model is to answer.
 * Since: 0.1
 */
void gst_numpro_prompt_set_answer_format (GstNumproPrompt *prompt, GstNumproAnswerFormat format)
{
  g_return_if_fail (prompt && gst_mini_object_is_writable (prompt));

  prompt->format = format;
}

/**
 * gst_numpro_prompt_get_answer_format:
 * @prompt: a prompt
 *
 * Tells how the model is to answer.
 *
 * Returns: how to answer
 * Since: 0.1
 */
GstNumproAnswerFormat gst_numpro_prompt_get_answer_format (GstNumproPrompt *prompt)
{
  return prompt->format;
}

/**
 * gst_numpro_prompt_set_check_frames:
 * @prompt: a writable prompt
 * @check_frames: whether to ask for the first and the last number seen
 *
 * Servers that drop images do not say so; a model that has to name the first and the last number
 * gives them away. It is not asked for them where the frames do not show their numbers.
 * Since: 0.1
 */
void gst_numpro_prompt_set_check_frames (GstNumproPrompt *prompt, gboolean check_frames)
{
  g_return_if_fail (prompt && gst_mini_object_is_writable (prompt));

  prompt->check_frames = check_frames;
}

/**
 * gst_numpro_prompt_get_check_frames:
 * @prompt: a prompt
 *
 * Tells whether the model is also asked what it sees.
 *
 * Returns: whether the first and the last number seen are asked for
 * Since: 0.1
 */
gboolean gst_numpro_prompt_get_check_frames (GstNumproPrompt *prompt)
{
  return prompt->check_frames;
}

/**
 * gst_numpro_prompt_get_instruction:
 * @prompt: a prompt
 * @ledger: the batch
 *
 * Makes the first words of a request, which say what the numbers are: those on the frames, or,
 * where they are not drawn, those of the labels that gst_numpro_ledger_get_image_label() makes.
 *
 * Returns: (transfer full): the text before the images, which is the same for all questions
 * Since: 0.1
 */
gchar *gst_numpro_prompt_get_instruction (GstNumproPrompt *prompt, GstNumproLedger *ledger)
{
  g_return_val_if_fail (prompt && ledger, nullptr);

  const bool is_drawn = shows_numbers (ledger);
  std::string instruction = is_drawn ? number_sentence (ledger) : time_sentence (ledger);
  const auto add = [&instruction] (const std::string &sentences) {
    instruction += (instruction.empty () ? "" : " ") + sentences;
  };
  if (is_grid (ledger))
    add (grid_sentences (ledger));
  else if (!is_drawn)
    add (kLabelSentence);
  return g_strdup (instruction.c_str ());
}

/**
 * gst_numpro_prompt_get_text:
 * @prompt: a prompt
 * @ledger: the batch
 *
 * Makes the last words of a request: the question, and how to answer.
 *
 * Returns: (transfer full): the text after the images
 * Since: 0.1
 */
gchar *gst_numpro_prompt_get_text (GstNumproPrompt *prompt, GstNumproLedger *ledger)
{
  g_return_val_if_fail (prompt && ledger, nullptr);

  const bool is_json = prompt->format == GST_NUMPRO_ANSWER_FORMAT_JSON;
  std::string text;
  if (prompt->text)
    text = fill_template (*prompt->text, values_of (prompt->question, ledger));
  else
    text = question_words (prompt->task, prompt->question) +
           (is_json ? "" : text_form (prompt->task, ledger));
  if (is_json)
    text += json_form (prompt->task);
  if (asks_for_seen (prompt, ledger))
    text += check_form (prompt->format);
  return g_strdup (text.c_str ());
}

/**
 * gst_numpro_prompt_get_schema:
 * @prompt: a prompt
 * @ledger: the batch
 *
 * A schema for `response_format.json_schema.schema`, in what OpenAI's strict mode, vLLM and
 * llama.cpp have in common. Frame numbers are held to those of the batch, except in the frame
 * check.
 *
 * Returns: (transfer full) (nullable): the schema, as a JSON object; %NULL where the answer is not
 *   to be JSON
 * Since: 0.1
 */
gchar *gst_numpro_prompt_get_schema (GstNumproPrompt *prompt, GstNumproLedger *ledger)
{
  g_return_val_if_fail (prompt && ledger, nullptr);

  if (prompt->format != GST_NUMPRO_ANSWER_FORMAT_JSON)
    return nullptr;
  return make_schema (prompt->task, asks_for_seen (prompt, ledger), ledger);
}

/**
 * gst_numpro_prompt_get_restatement_schema:
 * @prompt: what was asked
 *
 * A schema for the answer to gst_numpro_answer_make_restatement(), as
 * gst_numpro_prompt_get_schema() makes one: `spans` of `first` and `last` (or `highlights` of
 * `number` and `score`), `never` and `cannot_tell`.
 *
 * Returns: (transfer full): the schema, as a JSON object
 * Since: 0.1
 */
gchar *gst_numpro_prompt_get_restatement_schema (GstNumproPrompt *prompt)
{
  g_return_val_if_fail (prompt, nullptr);

  return make_restatement_schema (prompt->task);
}
