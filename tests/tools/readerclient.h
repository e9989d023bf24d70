/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libsoup/soup.h>

#include <string>
#include <vector>

#include "stampedframes.h"
#include "tests/support/loopcheck.h"
#include "tools/reader/json.h"
#include "tools/reader/owned.h"

/** What came back from a server. */
struct Response {
  unsigned status = 0;
  std::string content_type, content_length, retry_after, retry_after_ms;
  std::string body;
  GError *error = nullptr; /**< if there is no whole answer */

  Response () = default;
  Response (const Response &) = delete;
  Response &operator= (const Response &) = delete;
  ~Response () { g_clear_error (&error); }

  /** A member of the body, by JSON pointer; "" if there is none. */
  std::string at (const char *pointer) const
  {
    const reader::Json root = reader::parse_json (body);
    const reader::Json::json_pointer place (pointer);
    if (!root.contains (place))
      return {};
    const reader::Json &found = root[place];
    return found.is_string () ? found.get<std::string> () : reader::dump_json_line (found);
  }

  std::string content () const { return at ("/choices/0/message/content"); }
};

/** Asks a server, and waits for what it answers. */
class Client
{
 public:
  explicit Client (std::string endpoint) : endpoint_ (std::move (endpoint)) {}

  std::unique_ptr<Response> get (const std::string &path) { return send ("GET", path, ""); }

  std::unique_ptr<Response> post (const std::string &body)
  {
    return send ("POST", "/chat/completions", body);
  }

  std::unique_ptr<Response> send (const char *method, const std::string &path,
                                  const std::string &body)
  {
    const reader::ObjectPtr<SoupMessage> message (
        soup_message_new (method, (endpoint_ + path).c_str ()));
    SoupMessageHeaders *request = soup_message_get_request_headers (message.get ());
    if (!key.empty ())
      soup_message_headers_append (request, "Authorization", ("Bearer " + key).c_str ());
    GBytes *bytes = g_bytes_new (body.data (), body.size ());
    soup_message_set_request_body_from_bytes (message.get (), "application/json", bytes);
    g_bytes_unref (bytes);

    auto response = std::make_unique<Response> ();
    GBytes *answer =
        soup_session_send_and_read (session_.get (), message.get (), cancellable, &response->error);
    if (answer) {
      gsize size = 0;
      const auto *data = static_cast<const char *> (g_bytes_get_data (answer, &size));
      response->body.assign (data, size);
      g_bytes_unref (answer);
    }
    read_head (message.get (), *response);
    return response;
  }

  std::string key;                     /**< none if empty */
  GCancellable *cancellable = nullptr; /**< to stop waiting */

 private:
  static void read_head (SoupMessage *message, Response &response)
  {
    response.status = soup_message_get_status (message);
    SoupMessageHeaders *headers = soup_message_get_response_headers (message);
    const auto value = [headers] (const char *name) {
      const char *text = soup_message_headers_get_one (headers, name);
      return std::string (text ? text : "");
    };
    response.content_type = value ("Content-Type");
    response.content_length = value ("Content-Length");
    response.retry_after = value ("Retry-After");
    response.retry_after_ms = value ("retry-after-ms");
  }

  std::string endpoint_;
  reader::ObjectPtr<SoupSession> session_{soup_session_new ()};
};

/** The body of a request about images, in the order in which numprosink sends its parts. */
inline std::string request_about (const std::vector<StampedImage> &images,
                                  const std::string &question,
                                  const std::string &model = "numpro-reader",
                                  const std::string &label = "", const std::string &schema = "")
{
  using reader::Json;
  Json parts = Json::array ();
  const auto add_text = [&] (const std::string &text) {
    parts.push_back ({{"type", "text"}, {"text", text}});
  };
  add_text ("The red numbers on each frame represent the frame number.");
  for (const StampedImage &image : images) {
    if (!label.empty ())
      add_text (label);
    const reader::TextPtr base64 (g_base64_encode (
        reinterpret_cast<const guchar *> (image.jpeg.data ()), image.jpeg.size ()));
    parts.push_back (
        {{"type", "image_url"},
         {"image_url", {{"url", std::string ("data:image/jpeg;base64,") + base64.get ()}}}});
  }
  add_text (question);
  Json body = {{"model", model},
               {"messages", Json::array ({{{"role", "user"}, {"content", parts}}})}};
  if (!schema.empty ()) {
    body["response_format"] = {
        {"type", "json_schema"},
        {"json_schema", {{"name", "answer"}, {"schema", reader::parse_json (schema)}}}};
  }
  return reader::dump_json_line (body);
}
