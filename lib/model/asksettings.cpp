/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "asksettings.h"

#include <algorithm>
#include <chrono>

#include "chatrequest.h"
#include "httpurl.h"

namespace numpro {

namespace {

// As it goes into a header: a key that was read from a file often ends its line.
std::string stripped (const char *key)
{
  return TextPtr (g_strstrip (g_strdup (key ? key : ""))).get ();
}

std::string key_of (const AskSettings &settings)
{
  for (const char *key :
       {settings.api_key.c_str (), g_getenv ("NUMPRO_API_KEY"), g_getenv ("OPENAI_API_KEY")}) {
    if (std::string text = stripped (key); !text.empty ())
      return text;
  }
  return {};
}

// What is set comes before what happens to be in the environment: that is most often the key of
// another server, which need not see it, and Azure refuses it (teams-sdk 1746).
std::string key_beside (const std::vector<RequestHeader> &headers, const AskSettings &settings)
{
  return has_key (headers) ? stripped (settings.api_key.c_str ()) : key_of (settings);
}

std::string problem_of_headers (const AskSettings &settings)
{
  std::string what;
  const std::vector<RequestHeader> headers = make_request_headers (settings.request_headers, what);
  if (!what.empty ())
    return "request-headers: " + what + ".";
  if (has_authorization (headers) && !stripped (settings.api_key.c_str ()).empty ())
    return "api-key is set, and request-headers have Authorization, which the key is sent in. Use "
           "one of them.";
  return {};
}

}  // namespace

std::string AskSettings::problem () const
{
  if (!is_asked ())
    return {};
  std::string what;
  if (completions_url (endpoint, what).empty ())
    return "endpoint: " + what + ".";
  if (model.empty ())
    return "endpoint is set and model is not. Set model to one that the server has.";
  if (const std::string problem = options_problem (request_options); !problem.empty ())
    return "request-options: " + problem + ".";
  if (const std::string problem = proxy.empty () ? "" : proxy_problem (proxy); !problem.empty ())
    return "proxy: " + problem + ".";
  const std::string key = key_of (*this);
  if (std::any_of (key.begin (), key.end (), [] (char c) { return g_ascii_iscntrl (c); }))
    return "api-key, or NUMPRO_API_KEY in the environment: must not hold a line break.";
  if (const std::string problem = problem_of_headers (*this); !problem.empty ())
    return problem;
  GError *error = nullptr;
  const PromptPtr trial (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, ""));
  if (!prompt.empty ())
    gst_numpro_prompt_set_template (trial.get (), prompt.c_str (), &error);
  const ErrorPtr owned (error);
  return error ? std::string ("prompt: ") + error->message : "";
}

PromptPtr AskSettings::make_prompt (GstNumproTask task, const std::string &question) const
{
  PromptPtr made (gst_numpro_prompt_new (task, question.c_str ()));
  if (!prompt.empty ())
    gst_numpro_prompt_set_template (made.get (), prompt.c_str (), nullptr);
  gst_numpro_prompt_set_answer_format (made.get (), answer_format);
  gst_numpro_prompt_set_check_frames (made.get (), check_frames);
  return made;
}

ModelOptions AskSettings::model_options () const
{
  const auto ms = [] (GstClockTime time) {
    return std::chrono::milliseconds (
        static_cast<gint64> (std::clamp<guint64> (GST_TIME_AS_MSECONDS (time), 1, G_MAXINT32)));
  };
  std::string ignored;
  std::vector<RequestHeader> headers = make_request_headers (request_headers, ignored);
  std::string bearer = key_beside (headers, *this);
  return {.http = {.url = completions_url (endpoint, ignored),
                   .bearer = std::move (bearer),
                   .headers = std::move (headers),
                   .request_timeout = ms (request_timeout),
                   .connect_timeout = ms (connect_timeout),
                   .ssl_strict = ssl_strict,
                   .ssl_ca_file = ssl_ca_file,
                   .proxy = proxy},
          .retry = {retries, retry_backoff_factor, retry_backoff_max},
          .chat = {model, image_label, request_options, restate},
          .max_in_flight = max_in_flight};
}

}  // namespace numpro
