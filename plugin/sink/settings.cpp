/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "settings.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "debug.h"
#include "lib/model/headersettings.h"
#include "lib/model/httpurl.h"

namespace numpro {

namespace {

// Of a secret: set, and never read.
constexpr auto kWriteOnly = static_cast<GParamFlags> (kBeforeStart & ~G_PARAM_READABLE);

GType leaky_get_type ()
{
  static const GEnumValue values[] = {
      {gint (LeakyType::kAuto), "Downstream in a live pipeline, none otherwise", "auto"},
      {gint (LeakyType::kNone), "The stream waits", "none"},
      {gint (LeakyType::kUpstream), "The new batch is dropped", "upstream"},
      {gint (LeakyType::kDownstream), "The oldest batch is dropped", "downstream"},
      {0, nullptr, nullptr}};
  static const GType type = g_enum_register_static ("GstNumprosinkLeakyType", values);
  return type;
}

GType on_error_get_type ()
{
  static const GEnumValue values[] = {
      {gint (OnError::kWarn), "A lost batch is a warning", "warn"},
      {gint (OnError::kError), "A lost batch ends the stream", "error"},
      {0, nullptr, nullptr}};
  static const GType type = g_enum_register_static ("GstNumprosinkOnError", values);
  return type;
}

GType layout_get_type ()
{
  static const GEnumValue values[] = {
      {gint (Layout::kFrames), "One image per sample", "frames"},
      {gint (Layout::kGrid), "Sheets of several samples, in rows", "grid"},
      {0, nullptr, nullptr}};
  static const GType type = g_enum_register_static ("GstNumprosinkLayout", values);
  return type;
}

void set_request_headers (SinkSettings &settings, const GValue *value, const GParamSpec *)
{
  settings.start.ask.request_headers = header_settings (gst_value_get_structure (value));
}

// A URL with a password is refused at the start; nor can one be read before, or a key at any time.
template <auto Field>
void get_url (const SinkSettings &settings, GValue *value, const GParamSpec *)
{
  const std::string &url = Field (settings);
  g_value_set_string (value, url.empty () ? nullptr : without_credentials (url).c_str ());
}

constexpr Property<SinkSettings> kProperties[] = {
    NUMPRO_PROPERTY (start.sample_rate, gst_param_spec_fraction, "sample-rate", "Sample rate",
                     "Samples per second at most (0/1 = every new number)", 0, 1, G_MAXINT, 1, 0, 1,
                     kBeforeStart),
    NUMPRO_PROPERTY (start.window.size, g_param_spec_uint, "batch-size", "Batch size",
                     "Samples per batch (0 = no limit by count)", 0, G_MAXINT, 32, kBeforeStart),
    NUMPRO_PROPERTY (start.window.time, g_param_spec_uint64, "batch-time", "Batch time",
                     "Longest time span of a batch in nanoseconds (0 = no limit by time)", 0,
                     G_MAXUINT64, 0, kBeforeStart),
    NUMPRO_PROPERTY (start.window.max_gap, g_param_spec_uint64, "max-gap", "Maximum gap",
                     "Longest hole in the stream within a batch in nanoseconds (0 = no limit, -1 = "
                     "five times from sample to sample)",
                     0, G_MAXUINT64, GST_CLOCK_TIME_NONE, kBeforeStart),
    NUMPRO_PROPERTY (start.window.overlap, g_param_spec_uint, "overlap", "Overlap",
                     "Samples of a batch that also open the next one (fewer than batch-size)", 0,
                     G_MAXINT, 0, kBeforeStart),
    NUMPRO_PROPERTY (
        start.max_edge, g_param_spec_uint, "max-edge", "Maximum edge",
        "Longer edge of a sample's picture in pixels; it is not enlarged (0 = as it is)", 0, 65500,
        672, kBeforeStart),
    NUMPRO_PROPERTY (start.jpeg_quality, g_param_spec_int, "jpeg-quality", "JPEG quality",
                     "Quality of images", 1, 100, 90, kBeforeStart),
    NUMPRO_PROPERTY (start.layout, g_param_spec_enum, "layout", "Layout", "How images show samples",
                     layout_get_type (), static_cast<gint> (Layout::kFrames), kBeforeStart),
    NUMPRO_PROPERTY (start.sheet.columns, g_param_spec_uint, "grid-columns", "Grid columns",
                     "Pictures in a row of a sheet (grid)", 1, 64, 4, kBeforeStart),
    NUMPRO_PROPERTY (start.sheet.rows, g_param_spec_uint, "grid-rows", "Grid rows",
                     "Rows of a sheet (grid)", 1, 64, 3, kBeforeStart),
    NUMPRO_PROPERTY (start.max_batches, g_param_spec_uint, "max-batches", "Maximum batches",
                     "Batches waiting at most", 1, G_MAXINT, 8, kBeforeStart),
    NUMPRO_PROPERTY (start.leaky_type, g_param_spec_enum, "leaky-type", "Leaky type",
                     "What gives way when max-batches are waiting", leaky_get_type (),
                     static_cast<gint> (LeakyType::kAuto), kBeforeStart),
    NUMPRO_PROPERTY (start.on_error, g_param_spec_enum, "on-error", "On error",
                     "What becomes of the stream when a batch is lost", on_error_get_type (),
                     static_cast<gint> (OnError::kWarn), kBeforeStart),
    NUMPRO_PROPERTY (start.drain_timeout, g_param_spec_uint64, "drain-timeout", "Drain timeout",
                     "How long EOS waits for batches to be taken, in nanoseconds", 0, G_MAXUINT64,
                     120 * GST_SECOND, kBeforeStart),
    NUMPRO_PROPERTY (start.history, g_param_spec_uint64, "history", "History",
                     "How long samples are kept in memory for pull-history, in nanoseconds "
                     "(0 = not at all)",
                     0, G_MAXUINT64, 60 * GST_SECOND, kBeforeStart),
    NUMPRO_PROPERTY (start.emit_signals, g_param_spec_boolean, "emit-signals", "Emit signals",
                     "Emit new-batch and new-answer", false, kBeforeStart),
    NUMPRO_PROPERTY (start.location, g_param_spec_string, "location", "Location",
                     "Directory for bundles, one directory a batch; made if need be", nullptr,
                     kBeforeStart),
    NUMPRO_PROPERTY (start.max_bundles, g_param_spec_uint, "max-bundles", "Maximum bundles",
                     "Bundles kept under location; the oldest are removed (0 = all are kept)", 0,
                     G_MAXINT, 0, kBeforeStart),

    {[] {
       return g_param_spec_string ("endpoint", "Endpoint",
                                   "Base URL of an OpenAI-compatible server, such as "
                                   "http://localhost:8000/v1 (none = nobody is asked)",
                                   nullptr, kBeforeStart);
     },
     set_field<NUMPRO_FIELD (start.ask.endpoint)>, get_url<NUMPRO_FIELD (start.ask.endpoint)>},
    NUMPRO_PROPERTY (start.ask.model, g_param_spec_string, "model", "Model", "Model that is asked",
                     nullptr, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.api_key, g_param_spec_string, "api-key", "API key",
                     "Key for the endpoint (none = NUMPRO_API_KEY or OPENAI_API_KEY of the "
                     "environment)",
                     nullptr, kWriteOnly),
    {[] {
       return g_param_spec_boxed ("request-headers", "Request headers",
                                  "Headers sent with every request besides the usual ones; a value "
                                  "such as \"$NAME\" is that of an environment variable",
                                  GST_TYPE_STRUCTURE, kWriteOnly);
     },
     set_request_headers, nullptr},
    NUMPRO_PROPERTY (live.question, g_param_spec_string, "question", "Question",
                     "What is asked about every batch", nullptr, kWhilePlaying),
    NUMPRO_PROPERTY (
        live.questions, gst_param_spec_array, "questions", "Questions",
        "Several questions asked about every batch, instead of question",
        g_param_spec_string ("element", "Element", "One question", nullptr, kWhilePlaying),
        kWhilePlaying),
    NUMPRO_PROPERTY (live.task, g_param_spec_enum, "task", "Task", "What is asked for",
                     gst_numpro_task_get_type (), GST_NUMPRO_TASK_MOMENT, kWhilePlaying),
    NUMPRO_PROPERTY (start.ask.prompt, g_param_spec_string, "prompt", "Prompt",
                     "Own words for the question, with {question} {first} {last} {count} "
                     "{color} {position} {seconds} where the batch's are to stand",
                     nullptr, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.answer_format, g_param_spec_enum, "answer-format", "Answer format",
                     "How the model is to answer", gst_numpro_answer_format_get_type (),
                     GST_NUMPRO_ANSWER_FORMAT_TEXT, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.check_frames, g_param_spec_boolean, "check-frames", "Check frames",
                     "Also ask for the first and the last number seen: finds out servers that "
                     "drop images",
                     false, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.restate, g_param_spec_boolean, "restate", "Restate",
                     "Ask the model back, without images, what an answer means that is not read",
                     true, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.image_label, g_param_spec_enum, "image-label", "Image label",
                     "Text before each image", gst_numpro_image_label_get_type (),
                     GST_NUMPRO_IMAGE_LABEL_NONE, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.request_options, g_param_spec_string, "request-options",
                     "Request options",
                     "JSON object merged into every request, such as {\"max_tokens\": 200}",
                     nullptr, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.request_timeout, g_param_spec_uint64, "request-timeout",
                     "Request timeout", "How long a request may take, in nanoseconds", 0,
                     G_MAXUINT64, 60 * GST_SECOND, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.connect_timeout, g_param_spec_uint64, "connect-timeout",
                     "Connect timeout", "How long connecting may take, in nanoseconds", 0,
                     G_MAXUINT64, 5 * GST_SECOND, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.retries, g_param_spec_int, "retries", "Retries",
                     "How often a request is sent again after a failure that may pass "
                     "(-1 = for ever)",
                     -1, G_MAXINT, 3, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.retry_backoff_factor, g_param_spec_double, "retry-backoff-factor",
                     "Retry backoff factor",
                     "Seconds before the first retry; doubles with every one", 0, G_MAXDOUBLE, 0.5,
                     kBeforeStart),
    NUMPRO_PROPERTY (start.ask.retry_backoff_max, g_param_spec_double, "retry-backoff-max",
                     "Retry backoff maximum",
                     "Longest wait before a retry in seconds; where a server asks for a "
                     "longer one, and for more than 5 minutes, the question fails",
                     0, G_MAXDOUBLE, 30, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.max_in_flight, g_param_spec_uint, "max-in-flight",
                     "Maximum in flight", "Requests at once", 1, 64, 1, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.resume, g_param_spec_boolean, "resume", "Resume",
                     "Ask again what is left unanswered under location, by earlier processes, "
                     "while the server was away, or for want of room",
                     false, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.probe_on_start, g_param_spec_boolean, "probe-on-start",
                     "Probe on start",
                     "Before the first question, find out by numbered pictures whether all images "
                     "reach the model in their order, and warn where they do not",
                     false, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.ssl_strict, g_param_spec_boolean, "ssl-strict", "SSL strict",
                     "Check the server's certificate", true, kBeforeStart),
    NUMPRO_PROPERTY (start.ask.ssl_ca_file, g_param_spec_string, "ssl-ca-file", "SSL CA file",
                     "File of certificates to trust (none = the system's)", nullptr, kBeforeStart),
    {[] {
       return g_param_spec_string ("proxy", "Proxy",
                                   "Address of a proxy (none = as the environment says)", nullptr,
                                   kBeforeStart);
     },
     set_field<NUMPRO_FIELD (start.ask.proxy)>, get_url<NUMPRO_FIELD (start.ask.proxy)>},
};

bool is_busy (const GError &error)
{
  return g_error_matches (&error, G_IO_ERROR, G_IO_ERROR_BUSY);
}

// Waits for another owner who is about to end. Returns what is wrong; null where nothing is.
ErrorPtr prepare (GstNumproBundleDir *dir)
{
  constexpr std::chrono::seconds kPatience (5);
  const auto end = std::chrono::steady_clock::now () + kPatience;
  for (bool waits = false;; waits = true) {
    GError *error = nullptr;
    gst_numpro_bundle_dir_prepare (dir, &error);
    ErrorPtr owned (error);
    if (!owned || !is_busy (*owned) || std::chrono::steady_clock::now () >= end)
      return owned;
    if (!waits)
      GST_DEBUG ("waiting: %s", owned->message);
    std::this_thread::sleep_for (kPollInterval);
  }
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

std::string StartSettings::problem () const
{
  if (window.size == 0 && window.time == 0)
    return "batch-size=0 and batch-time=0: a batch would never end. Set one of them.";
  if (window.size > 0 && window.overlap >= window.size)
    return "overlap must be smaller than batch-size.";
  if (ask.is_asked () && ask.resume && location.empty ())
    return "resume=true asks about bundles again. Set location to where they are.";
  return ask.problem ();
}

BatcherOptions StartSettings::batcher_options () const
{
  return {window, jpeg_quality, layout == Layout::kGrid ? std::optional (sheet) : std::nullopt};
}

ProbePictures StartSettings::probe_pictures (const GstNumproLook &look, int width, int height) const
{
  // Of batches that end by time alone nobody knows how many pictures they will have.
  constexpr guint kUsualCount = 32, kMostCount = 256;
  // Of no stream yet: as wide as most.
  constexpr int kUsualEdge = 672;
  if (width == 0 || height == 0) {
    width = max_edge > 0 ? static_cast<int> (max_edge) : kUsualEdge;
    height = std::max (width * 9 / 16, 1);
  }
  return {.count = std::min (window.size > 0 ? window.size : kUsualCount, kMostCount),
          .width = width,
          .height = height,
          .look = look,
          .jpeg_quality = jpeg_quality,
          .sheet = layout == Layout::kGrid ? std::optional (sheet) : std::nullopt};
}

BundleDirPtr StartSettings::open_bundles (GError **problem) const
{
  if (location.empty ())
    return nullptr;
  BundleDirPtr dir (gst_numpro_bundle_dir_new (location.c_str ()));
  const ErrorPtr error = prepare (dir.get ());
  if (!error)
    return dir;
  if (is_busy (*error))
    g_set_error (problem, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY,
                 "location is in use: %s. Set location to another directory, or stop the other "
                 "numprosink.",
                 error->message);
  else
    g_set_error (problem, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_WRITE,
                 "location cannot be written to: %s. Set it to a directory that can.",
                 error->message);
  return nullptr;
}

std::vector<PromptPtr> LiveSettings::make_prompts (const AskSettings &ask) const
{
  std::vector<PromptPtr> prompts;
  if (!ask.is_asked ())
    return prompts;
  for (const std::string &one : questions)
    prompts.push_back (ask.make_prompt (task, one));
  if (prompts.empty () && !question.empty ())
    prompts.push_back (ask.make_prompt (task, question));
  return prompts;
}

}  // namespace numpro
