/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "settings.h"

#include <algorithm>

#include "lib/model/chatrequest.h"
#include "lib/model/httpurl.h"

namespace numpro {

namespace {

using Rows = PropertyRows<SinkSettings>;

template <typename Enum>
gint as_int (Enum value)
{
  return static_cast<gint> (value);
}

GType leaky_get_type ()
{
  static const GType type = [] {
    static const GEnumValue values[] = {
        {as_int (LeakyType::kAuto), "Downstream in a live pipeline, none otherwise", "auto"},
        {as_int (LeakyType::kNone), "The stream waits", "none"},
        {as_int (LeakyType::kUpstream), "The new batch is dropped", "upstream"},
        {as_int (LeakyType::kDownstream), "The oldest batch is dropped", "downstream"},
        {0, nullptr, nullptr}};
    return g_enum_register_static ("GstNumprosinkLeakyType", values);
  }();
  return type;
}

GType on_error_get_type ()
{
  static const GType type = [] {
    static const GEnumValue values[] = {
        {as_int (OnError::kWarn), "A lost batch is a warning", "warn"},
        {as_int (OnError::kError), "A lost batch ends the stream", "error"},
        {0, nullptr, nullptr}};
    return g_enum_register_static ("GstNumprosinkOnError", values);
  }();
  return type;
}

GType layout_get_type ()
{
  static const GType type = [] {
    static const GEnumValue values[] = {
        {as_int (Layout::kFrames), "One image per sample", "frames"},
        {as_int (Layout::kGrid), "Sheets of several samples, in rows", "grid"},
        {0, nullptr, nullptr}};
    return g_enum_register_static ("GstNumprosinkLayout", values);
  }();
  return type;
}

// A URL with a password is refused at the start; nor can one be read before.
template <typename Field>
Property<SinkSettings> url_property (PropertyNames names, Field field)
{
  Property<SinkSettings> row = Rows::string_property (names, nullptr, kBeforeStart, field);
  row.get = [field] (SinkSettings &settings, GValue *value) {
    const std::string &url = field (settings);
    g_value_set_string (value, url.empty () ? nullptr : without_credentials (url).c_str ());
  };
  return row;
}

const Property<SinkSettings> kProperties[] = {
    Rows::rate_property (
        {"sample-rate", "Sample rate", "Samples per second at most (0/1 = every new number)"}, 0, 1,
        kBeforeStart, NUMPRO_FIELD (sample_rate_n), NUMPRO_FIELD (sample_rate_d)),
    Rows::uint_property ({"batch-size", "Batch size", "Samples per batch (0 = no limit by count)"},
                         0, G_MAXINT, 32, kBeforeStart, NUMPRO_FIELD (window.size)),
    Rows::uint64_property ({"batch-time", "Batch time",
                            "Longest time span of a batch in nanoseconds (0 = no limit by time)"},
                           0, kBeforeStart, NUMPRO_FIELD (window.time)),
    Rows::uint_property ({"overlap", "Overlap",
                          "Samples of a batch that also open the next one (fewer than batch-size)"},
                         0, G_MAXINT, 0, kBeforeStart, NUMPRO_FIELD (window.overlap)),
    Rows::uint_property (
        {"max-edge", "Maximum edge",
         "Longer edge of a sample's picture in pixels; it is not enlarged (0 = as it is)"},
        0, 65500, 672, kBeforeStart, NUMPRO_FIELD (max_edge)),
    Rows::int_property ({"jpeg-quality", "JPEG quality", "Quality of images"}, 1, 100, 90,
                        kBeforeStart, NUMPRO_FIELD (jpeg_quality)),
    Rows::enum_property ({"layout", "Layout", "How images show samples"}, layout_get_type,
                         Layout::kFrames, kBeforeStart, NUMPRO_FIELD (layout)),
    Rows::uint_property ({"grid-columns", "Grid columns", "Pictures in a row of a sheet (grid)"}, 1,
                         64, 4, kBeforeStart, NUMPRO_FIELD (sheet.columns)),
    Rows::uint_property ({"grid-rows", "Grid rows", "Rows of a sheet (grid)"}, 1, 64, 3,
                         kBeforeStart, NUMPRO_FIELD (sheet.rows)),
    Rows::uint_property ({"max-batches", "Maximum batches", "Batches waiting at most"}, 1, G_MAXINT,
                         8, kBeforeStart, NUMPRO_FIELD (max_batches)),
    Rows::enum_property (
        {"leaky-type", "Leaky type", "What gives way when max-batches are waiting"}, leaky_get_type,
        LeakyType::kAuto, kBeforeStart, NUMPRO_FIELD (leaky_type)),
    Rows::enum_property (
        {"on-error", "On error", "What becomes of the stream when a batch is lost"},
        on_error_get_type, OnError::kWarn, kBeforeStart, NUMPRO_FIELD (on_error)),
    Rows::uint64_property ({"drain-timeout", "Drain timeout",
                            "How long EOS waits for batches to be taken, in nanoseconds"},
                           120 * GST_SECOND, kBeforeStart, NUMPRO_FIELD (drain_timeout)),
    Rows::uint64_property ({"history", "History",
                            "How long samples are kept in memory for pull-history, in nanoseconds "
                            "(0 = not at all)"},
                           60 * GST_SECOND, kBeforeStart, NUMPRO_FIELD (history)),
    Rows::bool_property ({"emit-signals", "Emit signals", "Emit new-batch and new-answer"}, false,
                         kBeforeStart, NUMPRO_FIELD (emit_signals)),
    Rows::string_property (
        {"location", "Location", "Directory for bundles, one directory a batch; made if need be"},
        nullptr, kBeforeStart, NUMPRO_FIELD (location)),
    Rows::uint_property ({"max-bundles", "Maximum bundles",
                          "Bundles kept under location; the oldest are removed (0 = all are kept)"},
                         0, G_MAXINT, 0, kBeforeStart, NUMPRO_FIELD (max_bundles)),

    url_property ({"endpoint", "Endpoint",
                   "Base URL of an OpenAI-compatible server, such as "
                   "http://localhost:8000/v1 (none = nobody is asked)"},
                  NUMPRO_FIELD (ask.endpoint)),
    Rows::string_property ({"model", "Model", "Model that is asked"}, nullptr, kBeforeStart,
                           NUMPRO_FIELD (ask.model)),
    Rows::secret_property ({"api-key", "API key",
                            "Key for the endpoint (none = NUMPRO_API_KEY or OPENAI_API_KEY of the "
                            "environment)"},
                           kBeforeStart, NUMPRO_FIELD (ask.api_key)),
    Rows::string_property ({"question", "Question", "What is asked about every batch"}, nullptr,
                           kWhilePlaying, NUMPRO_FIELD (ask.question)),
    Rows::strings_property ({"questions", "Questions",
                             "Several questions asked about every batch, instead of question"},
                            kWhilePlaying, NUMPRO_FIELD (ask.questions)),
    Rows::enum_property ({"task", "Task", "What is asked for"}, gst_numpro_task_get_type,
                         GST_NUMPRO_TASK_MOMENT, kWhilePlaying, NUMPRO_FIELD (ask.task)),
    Rows::string_property ({"prompt", "Prompt",
                            "Own words for the question, with {question} {first} {last} {count} "
                            "{color} {position} {seconds} where the batch's are to stand"},
                           nullptr, kBeforeStart, NUMPRO_FIELD (ask.prompt)),
    Rows::enum_property ({"answer-format", "Answer format", "How the model is to answer"},
                         gst_numpro_answer_format_get_type, GST_NUMPRO_ANSWER_FORMAT_TEXT,
                         kBeforeStart, NUMPRO_FIELD (ask.answer_format)),
    Rows::bool_property ({"check-frames", "Check frames",
                          "Also ask for the first and the last number seen: finds out servers that "
                          "drop images"},
                         false, kBeforeStart, NUMPRO_FIELD (ask.check_frames)),
    Rows::enum_property ({"image-label", "Image label", "Text before each image"},
                         gst_numpro_image_label_get_type, GST_NUMPRO_IMAGE_LABEL_NONE, kBeforeStart,
                         NUMPRO_FIELD (ask.image_label)),
    Rows::string_property ({"request-options", "Request options",
                            "JSON object merged into every request, such as {\"max_tokens\": 200}"},
                           nullptr, kBeforeStart, NUMPRO_FIELD (ask.request_options)),
    Rows::uint64_property (
        {"request-timeout", "Request timeout", "How long a request may take, in nanoseconds"},
        60 * GST_SECOND, kBeforeStart, NUMPRO_FIELD (ask.request_timeout)),
    Rows::uint64_property (
        {"connect-timeout", "Connect timeout", "How long connecting may take, in nanoseconds"},
        5 * GST_SECOND, kBeforeStart, NUMPRO_FIELD (ask.connect_timeout)),
    Rows::int_property ({"retries", "Retries",
                         "How often a request is sent again after a failure that may pass "
                         "(-1 = for ever)"},
                        -1, G_MAXINT, 3, kBeforeStart, NUMPRO_FIELD (ask.retries)),
    Rows::double_property ({"retry-backoff-factor", "Retry backoff factor",
                            "Seconds before the first retry; doubles with every one"},
                           0, G_MAXDOUBLE, 0.5, kBeforeStart,
                           NUMPRO_FIELD (ask.retry_backoff_factor)),
    Rows::double_property ({"retry-backoff-max", "Retry backoff maximum",
                            "Longest wait before a retry in seconds; where a server asks for a "
                            "longer one the question fails"},
                           0, G_MAXDOUBLE, 30, kBeforeStart, NUMPRO_FIELD (ask.retry_backoff_max)),
    Rows::uint_property ({"max-in-flight", "Maximum in flight", "Requests at once"}, 1, 64, 1,
                         kBeforeStart, NUMPRO_FIELD (ask.max_in_flight)),
    Rows::bool_property (
        {"resume", "Resume", "Ask again what earlier processes left unanswered under location"},
        false, kBeforeStart, NUMPRO_FIELD (ask.resume)),
    Rows::bool_property ({"ssl-strict", "SSL strict", "Check the server's certificate"}, true,
                         kBeforeStart, NUMPRO_FIELD (ask.ssl_strict)),
    Rows::string_property (
        {"ssl-ca-file", "SSL CA file", "File of certificates to trust (none = the system's)"},
        nullptr, kBeforeStart, NUMPRO_FIELD (ask.ssl_ca_file)),
    url_property ({"proxy", "Proxy", "Address of a proxy (none = as the environment says)"},
                  NUMPRO_FIELD (ask.proxy)),
};

// As it goes into a header: a key that was read from a file often ends its line.
std::string key_of (const AskSettings &settings)
{
  for (const char *key :
       {settings.api_key.c_str (), g_getenv ("NUMPRO_API_KEY"), g_getenv ("OPENAI_API_KEY")}) {
    const TextPtr text (g_strstrip (g_strdup (key ? key : "")));
    if (*text)
      return text.get ();
  }
  return {};
}

}  // namespace

std::span<const Property<SinkSettings>> sink_properties ()
{
  return kProperties;
}

void mark_sink_enums ()
{
  for (GType type : {leaky_get_type (), on_error_get_type (), layout_get_type ()})
    gst_type_mark_as_plugin_api (type, static_cast<GstPluginAPIFlags> (0));
}

std::string SinkSettings::problem () const
{
  if (window.size == 0 && window.time == 0)
    return "batch-size=0 and batch-time=0: a batch would never end. Set one of them.";
  if (window.size > 0 && window.overlap >= window.size)
    return "overlap must be smaller than batch-size.";
  if (ask.is_asked () && ask.resume && location.empty ())
    return "resume=true asks about bundles again. Set location to where they are.";
  return ask.problem ();
}

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
  GError *error = nullptr;
  const PromptPtr trial (gst_numpro_prompt_new (task, ""));
  if (!prompt.empty () && !gst_numpro_prompt_set_template (trial.get (), prompt.c_str (), &error)) {
    const std::string problem = std::string ("prompt: ") + error->message;
    g_error_free (error);
    return problem;
  }
  return {};
}

PromptPtr AskSettings::make_prompt (const std::string &asked) const
{
  PromptPtr made (gst_numpro_prompt_new (task, asked.c_str ()));
  if (!prompt.empty ())
    gst_numpro_prompt_set_template (made.get (), prompt.c_str (), nullptr);
  gst_numpro_prompt_set_answer_format (made.get (), answer_format);
  gst_numpro_prompt_set_check_frames (made.get (), check_frames);
  return made;
}

std::vector<PromptPtr> AskSettings::prompts () const
{
  std::vector<PromptPtr> prompts;
  if (!is_asked ())
    return prompts;
  for (const std::string &asked : questions)
    prompts.push_back (make_prompt (asked));
  if (prompts.empty () && !question.empty ())
    prompts.push_back (make_prompt (question));
  return prompts;
}

ModelOptions AskSettings::model_options () const
{
  const auto ms = [] (GstClockTime time) {
    return std::chrono::milliseconds (
        static_cast<gint64> (std::clamp<guint64> (GST_TIME_AS_MSECONDS (time), 1, G_MAXINT32)));
  };
  ModelOptions options;
  std::string ignored;
  options.http.url = completions_url (endpoint, ignored);
  options.http.bearer = key_of (*this);
  options.http.request_timeout = ms (request_timeout);
  options.http.connect_timeout = ms (connect_timeout);
  options.http.ssl_strict = ssl_strict;
  options.http.ssl_ca_file = ssl_ca_file;
  options.http.proxy = proxy;
  options.retry = {retries, retry_backoff_factor, retry_backoff_max};
  options.chat = {model, image_label, request_options};
  options.max_in_flight = max_in_flight;
  return options;
}

}  // namespace numpro
