/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "completionrequest.h"

#include <cstdio>

#include "json.h"
#include "owned.h"

namespace reader {

namespace {

constexpr std::string_view kDataUrl = "data:image/jpeg;base64,";

/** What is wrong with a request. */
struct Problem {
  std::string text;
};

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

  void read (const Json &messages)
  {
    for (const Json &message : messages) {
      if (!find_text (message, "role"))
        throw Problem{"Each of 'messages' must be an object with a 'role'."};
      read_content (message);
    }
    if (request_.images.empty ())
      request_.question = request_.instruction;
  }

 private:
  void read_content (const Json &message)
  {
    if (const std::string *text = find_text (message, "content"))
      return read_text (*text);
    const Json *parts = find_member (message, "content");
    if (!parts || !parts->is_array ())
      throw Problem{"'content' must be a string or an array of parts."};
    for (const Json &part : *parts)
      read_part (part);
  }

  void read_part (const Json &part)
  {
    const std::string *type = find_text (part, "type");
    const std::string *text = find_text (part, "text");
    if (type && *type == "text" && text) {
      read_text (*text);
    } else if (type && *type == "image_url") {
      const Json *image = find_member (part, "image_url");
      read_image (image ? find_text (*image, "url") : nullptr);
    } else {
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

  void read_image (const std::string *url)
  {
    if (!url || !url->starts_with (kDataUrl))
      throw Problem{"An 'image_url' must have a 'url' that starts with 'data:image/jpeg;base64,'."};
    gsize size = 0;
    const OwnedBy<guchar, g_free> jpeg (g_base64_decode (url->c_str () + kDataUrl.size (), &size));
    request_.images.push_back (
        {std::string (reinterpret_cast<const char *> (jpeg.get ()), size), sheet_follows_});
    request_.question.clear ();
    sheet_follows_ = false;
  }

  CompletionRequest &request_;
  bool sheet_follows_ = false;
};

std::shared_ptr<const Json> schema_of (const Json &body)
{
  const Json *format = find_member (body, "response_format");
  const std::string *type = format ? find_text (*format, "type") : nullptr;
  if (!type || *type != "json_schema")
    return nullptr;
  const Json *holder = find_member (*format, "json_schema");
  const Json *schema = holder ? find_member (*holder, "schema") : nullptr;
  if (!schema || !schema->is_object ())
    throw Problem{"'response_format.json_schema.schema' must be an object."};
  return std::make_shared<const Json> (*schema);
}

Json parse_body (std::string_view text)
{
  try {
    return parse_json (text);
  } catch (const numpro::JsonError &error) {
    throw Problem{std::string ("The body is not JSON: ") + error.what ()};
  }
}

CompletionRequest read_body (std::string_view text)
{
  const Json body = parse_body (text);
  if (!body.is_object ())
    throw Problem{"The body must be a JSON object."};
  CompletionRequest request;
  const std::string *model = find_text (body, "model");
  if (!model)
    throw Problem{"'model' must be a string."};
  request.model = *model;
  const Json *stream = find_member (body, "stream");
  if (stream && *stream == true)
    throw Problem{"'stream' is not supported."};
  const Json *messages = find_member (body, "messages");
  if (!messages || !messages->is_array () || messages->empty ())
    throw Problem{"'messages' must be an array of at least one message."};
  MessageReader (request).read (*messages);
  request.schema = schema_of (body);
  const Json *format = find_member (body, "response_format");
  const std::string *form = format ? find_text (*format, "type") : nullptr;
  request.has_format = form && *form != "text";
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
