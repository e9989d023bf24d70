/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "errorwords.h"

#include <glib.h>

#include <algorithm>
#include <utility>

#include "gst/numpro/json.h"
#include "gst/numpro/owned.h"
#include "replybody.h"

namespace numpro {

namespace {

constexpr std::size_t kMaxMessage = 300;

// More is nobody's message, and looking for words in it takes its time.
constexpr std::size_t kMaxSearched = 4000;

// Of the things that a server holds against a request, as FastAPI lists them.
constexpr std::size_t kMaxListed = 3;

constexpr std::string_view kBlank = " \t\r\n";

std::string_view trimmed (std::string_view text)
{
  text.remove_prefix (std::min (text.find_first_not_of (kBlank), text.size ()));
  return text.substr (0, text.find_last_not_of (kBlank) + 1);
}

bool looks_like_json (std::string_view text)
{
  return text.starts_with ('{') || text.starts_with ('[');
}

// A page need not be.
std::string in_utf8 (const std::string &text)
{
  return TextPtr (g_utf8_make_valid (text.data (), static_cast<gssize> (text.size ()))).get ();
}

std::string words_in (const Json &json);

// A text may hold a provider's reply as it was.
std::string words_in_text (const std::string &text)
{
  const std::string_view inner = trimmed (text);
  if (looks_like_json (inner)) {
    if (const std::string words = words_in (read_reply_body (std::string (inner))); !words.empty ())
      return words;
  }
  return std::string (inner);
}

std::string words_in_list (const Json &list)
{
  std::string words;
  for (std::size_t i = 0; i < std::min (list.size (), kMaxListed); ++i) {
    const std::string item = words_in (list[i]);
    words += (words.empty () || item.empty () ? "" : "; ") + item;
  }
  return words;
}

std::string words_at (const Json &object, const char *place)
{
  const Json::json_pointer at (place);
  return object.contains (at) ? words_in (object[at]) : "";
}

// OpenAI and most others have error.message, Ollama a text in error, FastAPI a text or a list in
// detail, each with a msg; OpenRouter what its provider said in metadata.raw.
std::string words_in_object (const Json &object)
{
  std::string words;
  if (object.contains ("error") && object["error"].is_structured ())
    words = words_in (object["error"]);
  for (const char *place : {"/message", "/error", "/msg", "/detail", "/refusal", "/errors"}) {
    if (words.empty ())
      words = words_at (object, place);
  }
  const std::string raw = words_at (object, "/metadata/raw");
  if (!raw.empty () && raw != words)
    words += (words.empty () ? "" : ": ") + raw;
  return words;
}

std::string words_in (const Json &json)
{
  if (json.is_string ())
    return words_in_text (json.get<std::string> ());
  if (json.is_array ())
    return words_in_list (json);
  return json.is_object () ? words_in_object (json) : "";
}

// Of a page, its title, or the first text that is not markup.
std::string first_line_of_page (std::string_view page)
{
  std::string lower (page);
  std::transform (lower.begin (), lower.end (), lower.begin (), g_ascii_tolower);
  if (const std::size_t title = lower.find ("<title"); title != std::string::npos)
    page.remove_prefix (title);
  while (!page.empty ()) {
    page.remove_prefix (std::min (page.find_first_not_of (kBlank), page.size ()));
    if (!page.starts_with ('<'))
      return std::string (trimmed (page.substr (0, page.find_first_of ("<\r\n"))));
    page.remove_prefix (std::min (page.find ('>'), page.size () - 1) + 1);
  }
  return {};
}

// What is said in a body that is no JSON. Broken JSON is no text for people.
std::string first_line (std::string_view text)
{
  text = trimmed (text.substr (0, kMaxSearched));
  if (looks_like_json (text))
    return {};
  if (text.starts_with ('<'))
    return first_line_of_page (text);
  return std::string (trimmed (text.substr (0, text.find_first_of ("\r\n"))));
}

void append_names (std::string &words, const Json &error)
{
  if (!error.is_object ())
    return;
  for (const char *name : {"type", "code", "param", "status"}) {
    if (error.contains (name) && error[name].is_string ())
      words += " " + error[name].get<std::string> ();
  }
}

}  // namespace

std::string error_words (const Json &body)
{
  return words_in (body);
}

std::string error_words (const std::string &body)
{
  const Json json = read_reply_body (body);
  return json.is_null () ? first_line (body) : words_in (json);
}

std::string searchable_words (const std::string &body)
{
  const Json json = read_reply_body (body);
  std::string words = json.is_null () ? first_line (body) : words_in (json);
  words.resize (std::min (words.size (), kMaxSearched));
  const Json &root = json.is_array () && !json.empty () ? json[0] : json;
  append_names (words, root);
  if (root.is_object () && root.contains ("error"))
    append_names (words, root["error"]);
  std::transform (words.begin (), words.end (), words.begin (), g_ascii_tolower);
  return in_utf8 (words);
}

std::string showable (std::string text, const Secrets &secrets)
{
  std::replace_if (
      text.begin (), text.end (), [] (char c) { return g_ascii_iscntrl (c); }, ' ');
  // As it is shown: a line end may have stood for a blank.
  text = in_utf8 (secrets.hide_in_complaint (std::move (text)));
  if (text.size () > kMaxMessage) {
    const char *end = g_utf8_find_prev_char (text.c_str (), text.c_str () + kMaxMessage);
    text.resize (end ? static_cast<std::size_t> (end - text.c_str ()) : 0);
    text += "...";
  }
  return text;
}

}  // namespace numpro
