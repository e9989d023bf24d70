/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "completionrequest.h"

#include <cstdio>

namespace reader {

namespace {

constexpr std::string_view kDataUrl = "data:image/jpeg;base64,";

/** What is wrong with a request. */
struct Problem {
  std::string text;
};

JsonObject *object_in (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : nullptr;
}

JsonObject *object_member (JsonObject *object, const char *name)
{
  return object ? object_in (json_object_get_member (object, name)) : nullptr;
}

JsonArray *array_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : nullptr;
}

const char *string_member (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : nullptr;
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : nullptr;
}

bool true_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

// "<Frame 0 to Frame 11>"
bool is_sheet_label (const std::string &text)
{
  int end = -1;
  std::sscanf (text.c_str (), " <Frame %*u to Frame %*u> %n", &end);
  return end == static_cast<int> (text.size ());
}

/** Reads the messages, in the order in which a model gets to see them. */
class MessageReader
{
 public:
  explicit MessageReader (CompletionRequest &request) : request_ (request) {}

  void read (JsonArray *messages)
  {
    for (guint i = 0; i < json_array_get_length (messages); ++i) {
      JsonObject *message = object_in (json_array_get_element (messages, i));
      if (!message || !string_member (message, "role"))
        throw Problem{"Each of 'messages' must be an object with a 'role'."};
      read_content (message);
    }
    if (request_.images.empty ())
      request_.question = request_.instruction;
  }

 private:
  void read_content (JsonObject *message)
  {
    if (const char *text = string_member (message, "content"))
      return read_text (text);
    JsonArray *parts = array_member (message, "content");
    if (!parts)
      throw Problem{"'content' must be a string or an array of parts."};
    for (guint i = 0; i < json_array_get_length (parts); ++i) {
      JsonObject *part = object_in (json_array_get_element (parts, i));
      const char *type = string_member (part, "type");
      const std::string kind = type ? type : "";
      if (kind == "text" && string_member (part, "text"))
        read_text (string_member (part, "text"));
      else if (kind == "image_url")
        read_image (string_member (object_member (part, "image_url"), "url"));
      else
        throw Problem{"A part of 'content' must be a 'text' or an 'image_url'."};
    }
  }

  // What stands between images is a label. It is not looked at, but for that it may announce a
  // sheet: numbers are to be read from pixels.
  void read_text (const std::string &text)
  {
    request_.text_size += text.size ();
    sheet_follows_ = is_sheet_label (text);
    if (sheet_follows_)
      return;
    std::string &texts = request_.images.empty () ? request_.instruction : request_.question;
    texts += text + "\n";
  }

  void read_image (const char *url)
  {
    if (!url || !std::string_view (url).starts_with (kDataUrl))
      throw Problem{"An 'image_url' must have a 'url' that starts with 'data:image/jpeg;base64,'."};
    gsize size = 0;
    const Owned<guchar> jpeg (g_base64_decode (url + kDataUrl.size (), &size));
    request_.images.push_back (
        {std::string (reinterpret_cast<const char *> (jpeg.get ()), size), sheet_follows_});
    request_.question.clear ();
    sheet_follows_ = false;
  }

  CompletionRequest &request_;
  bool sheet_follows_ = false;
};

std::shared_ptr<JsonNode> schema_of (JsonObject *body)
{
  JsonObject *format = object_member (body, "response_format");
  const char *type = string_member (format, "type");
  if (!type || std::string_view (type) != "json_schema")
    return nullptr;
  JsonObject *holder = object_member (format, "json_schema");
  JsonNode *schema = holder ? json_object_get_member (holder, "schema") : nullptr;
  if (!object_in (schema))
    throw Problem{"'response_format.json_schema.schema' must be an object."};
  return {json_node_copy (schema), json_node_unref};
}

CompletionRequest read_body (std::string_view text)
{
  const Owned<JsonParser> parser (json_parser_new_immutable ());
  GError *error = nullptr;
  if (!json_parser_load_from_data (parser.get (), text.data (), static_cast<gssize> (text.size ()),
                                   &error)) {
    const ErrorPtr owned (error);
    throw Problem{std::string ("The body is not JSON: ") + error->message};
  }
  JsonObject *body = object_in (json_parser_get_root (parser.get ()));
  if (!body)
    throw Problem{"The body must be a JSON object."};
  CompletionRequest request;
  const char *model = string_member (body, "model");
  if (!model)
    throw Problem{"'model' must be a string."};
  request.model = model;
  if (true_member (body, "stream"))
    throw Problem{"'stream' is not supported."};
  JsonArray *messages = array_member (body, "messages");
  if (!messages || json_array_get_length (messages) == 0)
    throw Problem{"'messages' must be an array of at least one message."};
  MessageReader (request).read (messages);
  request.schema = schema_of (body);
  return request;
}

}  // namespace

std::variant<CompletionRequest, std::string> CompletionRequest::parse (std::string_view body)
{
  try {
    return read_body (body);
  } catch (Problem &problem) {
    return std::move (problem.text);
  }
}

}  // namespace reader
