/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "chatrequest.h"

#include "jsonnode.h"

namespace numpro {

namespace {

// Null where the text is no JSON object.
JsonNodePtr parse_object (const std::string &text)
{
  JsonNodePtr node (json_from_string (text.c_str (), nullptr));
  return node && JSON_NODE_HOLDS_OBJECT (node.get ()) ? std::move (node) : nullptr;
}

void add_text (JsonArray *content, const char *text)
{
  JsonObject *part = json_object_new ();
  json_object_set_string_member (part, "type", "text");
  json_object_set_string_member (part, "text", text);
  json_array_add_object_element (content, part);
}

void add_image (JsonArray *content, const char *url)
{
  JsonObject *image = json_object_new ();
  json_object_set_string_member (image, "url", url);
  JsonObject *part = json_object_new ();
  json_object_set_string_member (part, "type", "image_url");
  json_object_set_object_member (part, "image_url", image);
  json_array_add_object_element (content, part);
}

JsonArray *make_content (const ChatRule &rule, GstNumproPrompt *prompt, GstNumproBatch *batch)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  JsonArray *content = json_array_new ();
  const TextPtr instruction (gst_numpro_prompt_get_instruction (prompt, ledger));
  add_text (content, instruction.get ());
  for (guint i = 0; i < gst_numpro_batch_get_n_images (batch); ++i) {
    const char *name = gst_numpro_batch_get_image_name (batch, i);
    if (const TextPtr label{gst_numpro_ledger_get_image_label (ledger, name, rule.label)})
      add_text (content, label.get ());
    add_image (content, name);
  }
  const TextPtr question (gst_numpro_prompt_get_text (prompt, ledger));
  add_text (content, question.get ());
  return content;
}

JsonObject *make_response_format (JsonNode *schema)
{
  JsonObject *format = json_object_new ();
  json_object_set_string_member (format, "name", "answer");
  json_object_set_boolean_member (format, "strict", TRUE);
  json_object_set_member (format, "schema", schema);
  JsonObject *response_format = json_object_new ();
  json_object_set_string_member (response_format, "type", "json_schema");
  json_object_set_object_member (response_format, "json_schema", format);
  return response_format;
}

void copy_member (JsonObject *, const gchar *name, JsonNode *node, gpointer target)
{
  json_object_set_member (static_cast<JsonObject *> (target), name, json_node_copy (node));
}

std::string data_url (GBytes *jpeg)
{
  gsize size = 0;
  const auto *bytes = static_cast<const guchar *> (g_bytes_get_data (jpeg, &size));
  const TextPtr text (g_base64_encode (bytes, size));
  return std::string ("data:image/jpeg;base64,") + text.get ();
}

}  // namespace

std::string make_request (const ChatRule &rule, GstNumproPrompt *prompt, GstNumproBatch *batch)
{
  JsonObject *message = json_object_new ();
  json_object_set_string_member (message, "role", "user");
  json_object_set_array_member (message, "content", make_content (rule, prompt, batch));
  JsonArray *messages = json_array_new ();
  json_array_add_object_element (messages, message);

  JsonObject *request = json_object_new ();
  json_object_set_string_member (request, "model", rule.model.c_str ());
  json_object_set_array_member (request, "messages", messages);
  const TextPtr schema (gst_numpro_prompt_get_schema (prompt, gst_numpro_batch_get_ledger (batch)));
  if (schema)
    json_object_set_object_member (
        request, "response_format",
        make_response_format (json_from_string (schema.get (), nullptr)));
  if (const JsonNodePtr options = parse_object (rule.options))
    json_object_foreach_member (json_node_get_object (options.get ()), copy_member, request);

  const JsonNodePtr root (json_node_new (JSON_NODE_OBJECT));
  json_node_take_object (root.get (), request);
  const TextPtr text (json_to_string (root.get (), FALSE));
  return text.get ();
}

std::string put_images_into (const std::string &request, GstNumproBatch *batch)
{
  // In a string of the request these quotes would be escaped: this is nothing but an image.
  const std::string before = "\"image_url\":{\"url\":\"";
  std::string body;
  std::size_t at = 0;
  for (guint i = 0; i < gst_numpro_batch_get_n_images (batch); ++i) {
    const std::string name = gst_numpro_batch_get_image_name (batch, i);
    const std::size_t found = request.find (before + name + '"', at);
    if (found == std::string::npos)
      continue;
    body.append (request, at, found + before.size () - at);
    body += data_url (gst_numpro_batch_get_image (batch, name.c_str ()));
    at = found + before.size () + name.size ();
  }
  return body.append (request, at, std::string::npos);
}

std::string options_problem (const std::string &options)
{
  if (options.empty ())
    return {};
  const JsonNodePtr node = parse_object (options);
  if (!node)
    return "not a JSON object";
  JsonObject *object = json_node_get_object (node.get ());
  for (const char *name : {"model", "messages", "stream"}) {
    if (json_object_has_member (object, name))
      return std::string ("must not have the member \"") + name + "\"";
  }
  return {};
}

}  // namespace numpro
