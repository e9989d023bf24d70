/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "chatrequest.h"

#include <string_view>

#include "gst/numpro/json.h"

namespace numpro {

namespace {

Json text_part (const char *text)
{
  return {{"type", "text"}, {"text", text}};
}

Json make_content (const ChatOptions &options, GstNumproPrompt *prompt, GstNumproBatch *batch)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  Json content = Json::array ();
  const TextPtr instruction (gst_numpro_prompt_get_instruction (prompt, ledger));
  content.push_back (text_part (instruction.get ()));
  for (guint i = 0; i < gst_numpro_batch_get_n_images (batch); ++i) {
    const char *name = gst_numpro_batch_get_image_name (batch, i);
    if (const TextPtr label{gst_numpro_ledger_get_image_label (ledger, name, options.label)})
      content.push_back (text_part (label.get ()));
    content.push_back ({{"type", "image_url"}, {"image_url", {{"url", name}}}});
  }
  const TextPtr question (gst_numpro_prompt_get_text (prompt, ledger));
  content.push_back (text_part (question.get ()));
  return content;
}

Json make_body (const ChatOptions &options, Json content)
{
  const Json message = {{"role", "user"}, {"content", std::move (content)}};
  // Some servers stream where nobody says that they should not (OmniRoute 10239).
  Json body = {{"model", options.model}, {"messages", Json::array ({message})}, {"stream", false}};
  if (!options.options.empty ())
    body.update (parse_json (options.options));
  return body;
}

void set_format (Json &request, ResponseFormat format, const Json &schema)
{
  if (const Json member = make_response_format (format, schema); !member.is_null ())
    request["response_format"] = member;
}

constexpr std::string_view kDataUrl = "data:image/jpeg;base64,";

// Of an image as text; no less than g_base64_encode_step() asks for.
std::size_t text_size (GBytes *jpeg)
{
  return kDataUrl.size () + (g_bytes_get_size (jpeg) / 3 + 1) * 4 + 4;
}

void append_data_url (std::string &body, GBytes *jpeg)
{
  gsize size = 0;
  const auto *bytes = static_cast<const guchar *> (g_bytes_get_data (jpeg, &size));
  std::size_t end = body.size () + kDataUrl.size ();
  body.append (kDataUrl).resize (body.size () + text_size (jpeg));
  int state = 0, save = 0;
  end += g_base64_encode_step (bytes, size, FALSE, body.data () + end, &state, &save);
  end += g_base64_encode_close (FALSE, body.data () + end, &state, &save);
  body.resize (end);
}

}  // namespace

Json schema_for (const ChatOptions &options, GstNumproPrompt *prompt, GstNumproBatch *batch)
{
  const TextPtr schema (gst_numpro_prompt_get_schema (prompt, gst_numpro_batch_get_ledger (batch)));
  const bool is_overruled =
      !options.options.empty () && parse_json (options.options).contains ("response_format");
  return schema && !is_overruled ? parse_json (schema.get ()) : Json ();
}

std::string make_request (const ChatOptions &options, ResponseFormat format,
                          GstNumproPrompt *prompt, GstNumproBatch *batch)
{
  Json request = make_body (options, make_content (options, prompt, batch));
  if (const Json schema = schema_for (options, prompt, batch); !schema.is_null ())
    set_format (request, format, schema);
  return dump_json_line (request);
}

Json restatement_schema (GstNumproPrompt *prompt)
{
  return parse_json (TextPtr (gst_numpro_prompt_get_restatement_schema (prompt)).get ());
}

std::string make_restatement_request (const ChatOptions &options, ResponseFormat format,
                                      GstNumproPrompt *prompt, GstNumproLedger *ledger,
                                      GstNumproAnswer *answer)
{
  const TextPtr text (gst_numpro_answer_make_restatement (answer, prompt, ledger));
  Json request = make_body (options, Json::array ({text_part (text.get ())}));
  // A form of the user's own is that of the question's answer.
  request.erase ("response_format");
  set_format (request, format, restatement_schema (prompt));
  return dump_json_line (request);
}

std::string put_images_into (const std::string &request, GstNumproBatch *batch)
{
  // In a string of the request these quotes would be escaped: this is nothing but an image.
  const std::string before = "\"image_url\":{\"url\":\"";
  const guint count = gst_numpro_batch_get_n_images (batch);
  std::size_t size = request.size ();
  for (guint i = 0; i < count; ++i)
    size +=
        text_size (gst_numpro_batch_get_image (batch, gst_numpro_batch_get_image_name (batch, i)));
  std::string body;
  // Megabytes that are copied as the text grows take longer than writing it.
  body.reserve (size);
  std::size_t at = 0;
  for (guint i = 0; i < count; ++i) {
    const std::string name = gst_numpro_batch_get_image_name (batch, i);
    const std::size_t found = request.find (before + name + '"', at);
    if (found == std::string::npos)
      continue;
    body.append (request, at, found + before.size () - at);
    append_data_url (body, gst_numpro_batch_get_image (batch, name.c_str ()));
    at = found + before.size () + name.size ();
  }
  return body.append (request, at, std::string::npos);
}

std::string options_problem (const std::string &options)
{
  if (options.empty ())
    return {};
  Json object;
  try {
    object = parse_json (options);
  } catch (const JsonError &) {
  }
  if (!object.is_object ())
    return "not a JSON object";
  for (const char *name : {"model", "messages", "stream"}) {
    if (object.contains (name))
      return std::string ("must not have the member \"") + name + "\"";
  }
  return {};
}

}  // namespace numpro
