/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "modelsettings.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include "lib/model/headersettings.h"

namespace numpro::asking {

namespace {

constexpr std::array<std::string_view, 6> kWindowOptions = {
    "batch-size", "max-edge", "jpeg-quality", "layout", "grid-columns", "grid-rows"};

constexpr std::array<std::string_view, 18> kModelOptions = {"endpoint",
                                                            "model",
                                                            "request-headers",
                                                            "prompt",
                                                            "answer-format",
                                                            "check-frames",
                                                            "restate",
                                                            "image-label",
                                                            "retries",
                                                            "request-options",
                                                            "request-timeout",
                                                            "connect-timeout",
                                                            "max-in-flight",
                                                            "ssl-strict",
                                                            "retry-backoff-factor",
                                                            "retry-backoff-max",
                                                            "ssl-ca-file",
                                                            "proxy"};

template <typename List>
bool has (const List &list, const char *name)
{
  return std::find (list.begin (), list.end (), name) != list.end ();
}

template <typename T>
T read (GstElement *sink, const char *property)
{
  T value{};
  g_object_get (sink, property, &value, nullptr);
  return value;
}

std::string text (const media::ElementOptions &options, const char *property,
                  const char *variable = nullptr)
{
  const char *preset = variable ? g_getenv (variable) : nullptr;
  return options.text_of (property).value_or (preset ? preset : "");
}

std::vector<HeaderSetting> headers (const media::ElementOptions &options)
{
  const std::string line = text (options, "request-headers");
  if (line.empty ())
    return {};
  const OwnedBy<GstStructure, gst_structure_free> structure (
      gst_structure_from_string (line.c_str (), nullptr));
  return header_settings (structure.get ());
}

// The numbers and choices of the element, which has the defaults of what was not said.
AskSettings settings_of (GstElement *sink)
{
  AskSettings settings{};
  settings.answer_format = static_cast<GstNumproAnswerFormat> (read<gint> (sink, "answer-format"));
  settings.check_frames = read<gboolean> (sink, "check-frames");
  settings.restate = read<gboolean> (sink, "restate");
  settings.image_label = static_cast<GstNumproImageLabel> (read<gint> (sink, "image-label"));
  settings.request_timeout = read<guint64> (sink, "request-timeout");
  settings.connect_timeout = read<guint64> (sink, "connect-timeout");
  settings.retries = read<gint> (sink, "retries");
  settings.retry_backoff_factor = read<double> (sink, "retry-backoff-factor");
  settings.retry_backoff_max = read<double> (sink, "retry-backoff-max");
  settings.max_in_flight = read<guint> (sink, "max-in-flight");
  settings.ssl_strict = read<gboolean> (sink, "ssl-strict");
  return settings;
}

}  // namespace

bool is_window_option (const char *property)
{
  return has (kWindowOptions, property);
}

bool is_model_option (const char *property)
{
  return has (kModelOptions, property);
}

std::variant<AskSettings, std::string> model_settings (const media::ElementOptions &options,
                                                       const std::string &key_file,
                                                       const ModelPlace &preset, bool is_asked)
{
  const ElementPtr sink (
      GST_ELEMENT (gst_object_ref_sink (gst_element_factory_make ("numprosink", nullptr))));
  options.apply_to (sink.get ());
  AskSettings settings = settings_of (sink.get ());
  const bool is_preset = !preset.endpoint.empty ();
  settings.endpoint = is_preset ? preset.endpoint : text (options, "endpoint", "NUMPRO_ENDPOINT");
  settings.model = is_preset ? preset.model : text (options, "model", "NUMPRO_MODEL");
  settings.request_headers = headers (options);
  settings.prompt = text (options, "prompt");
  settings.request_options = text (options, "request-options");
  settings.ssl_ca_file = text (options, "ssl-ca-file");
  settings.proxy = text (options, "proxy");
  if (!key_file.empty ()) {
    char *key = nullptr;
    GError *error = nullptr;
    g_file_get_contents (key_file.c_str (), &key, nullptr, &error);
    const TextPtr owned (key);
    if (const ErrorPtr why (error); why)
      return std::string ("--api-key-file: ") + why->message + ".";
    settings.api_key = g_strstrip (key);
  }
  if (settings.endpoint.empty () && !is_asked)
    return settings;
  if (settings.endpoint.empty ())
    return "There is no server to ask: name one with --endpoint and --model, or with "
           "NUMPRO_ENDPOINT and NUMPRO_MODEL in the environment. --reader asks a stand-in.";
  std::string problem = settings.problem ();
  if (problem.empty () && !settings.ssl_ca_file.empty () &&
      access (settings.ssl_ca_file.c_str (), R_OK) != 0)
    problem = "--ssl-ca-file=" + settings.ssl_ca_file + ": " + g_strerror (errno) + ".";
  if (!problem.empty ())
    return problem;
  return settings;
}

}  // namespace numpro::asking
