/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Pulls batches of numbered frames in an application and reads their ledgers. Of a file, or of
// "v4l2src ! videoconvert ! numproverlay numbering=time ! numprosink name=sink". Ctrl-C ends the
// stream, which gives the last batch; a second one ends the program.

#include <gst/numpro/numpro.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

namespace {

constexpr char kPipelineOfFile[] =
    "uridecodebin name=source ! videoconvert ! numproverlay numbering=time ! "
    "numprosink name=sink batch-size=8";
constexpr GstClockTime kPatience = 100 * GST_MSECOND;
constexpr auto kProblemsAndEnd =
    static_cast<GstMessageType> (GST_MESSAGE_ERROR | GST_MESSAGE_WARNING | GST_MESSAGE_EOS);

std::atomic<bool> interrupted = false;

// Returns the pipeline, or none with error set.
GstElement *make_pipeline (const char *argument, GError **error)
{
  if (std::strstr (argument, " ! "))
    return gst_parse_launch_full (argument, nullptr, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autofree char *uri =
      gst_uri_is_valid (argument) ? g_strdup (argument) : gst_filename_to_uri (argument, error);
  GstElement *pipeline = uri ? gst_parse_launch (kPipelineOfFile, error) : nullptr;
  if (pipeline)
    gst_child_proxy_set (GST_CHILD_PROXY (pipeline), "source::uri", uri, nullptr);
  return pipeline;
}

std::string seconds (GstClockTime time)
{
  char text[40];
  std::snprintf (text, sizeof text, "%.3f s", static_cast<double> (time) / GST_SECOND);
  return GST_CLOCK_TIME_IS_VALID (time) ? text : "unknown";
}

void show (GstNumproBatch *batch)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  const guint count = gst_numpro_ledger_get_length (ledger);
  std::printf ("batch %" G_GUINT64_FORMAT ":\n", gst_numpro_ledger_get_batch (ledger));
  for (guint i = 0; i < count; ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    g_autofree char *utc = gst_numpro_utc_to_string (sample->utc);
    GBytes *jpeg = gst_numpro_batch_get_image (batch, sample->image);
    std::printf ("  number %" G_GUINT64_FORMAT ": %s, %s (%s), %s, %ux%u, %zu bytes\n",
                 sample->number, seconds (sample->stream_time).c_str (), utc ? utc : "unknown",
                 sample->utc_source ? sample->utc_source : "none", sample->image, sample->width,
                 sample->height, g_bytes_get_size (jpeg));
  }

  // What a model that has seen the images would answer: "from x to y".
  const guint64 x = gst_numpro_ledger_get_sample (ledger, 0)->number;
  const guint64 y = gst_numpro_ledger_get_sample (ledger, count - 1)->number;
  g_autoptr (GError) error = nullptr;
  g_autoptr (GstNumproSpan) span = gst_numpro_span_new (ledger, x, y, &error);
  if (!span)
    return g_printerr ("%s\n", error->message);
  std::printf ("  from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT ": %s to %s\n", x, y,
               seconds (span->start).c_str (), seconds (span->end).c_str ());
  std::fflush (stdout);
}

void show_stats (GstElement *sink)
{
  g_autoptr (GstStructure) stats = nullptr;
  g_object_get (sink, "stats", &stats, nullptr);
  guint64 frames = 0, delivered = 0, dropped = 0;
  gst_structure_get (stats, "frames", G_TYPE_UINT64, &frames, "delivered", G_TYPE_UINT64,
                     &delivered, "samples-dropped", G_TYPE_UINT64, &dropped, nullptr);
  std::printf ("%" G_GUINT64_FORMAT " frames, %" G_GUINT64_FORMAT
               " samples delivered, %" G_GUINT64_FORMAT " dropped\n",
               frames, delivered, dropped);
}

// Waits for the bus to tell of the end or of an error. Returns which of them came, if any.
GstMessageType ask_bus (GstBus *bus, GstClockTime patience)
{
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, patience, kProblemsAndEnd);
  const GstMessageType type = message ? GST_MESSAGE_TYPE (message) : GST_MESSAGE_UNKNOWN;
  g_autoptr (GError) problem = nullptr;
  if (type == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &problem, nullptr);
  if (type == GST_MESSAGE_WARNING)
    gst_message_parse_warning (message, &problem, nullptr);
  if (problem)
    g_printerr ("%s: %s\n", type == GST_MESSAGE_ERROR ? "ERROR" : "WARNING", problem->message);
  return type == GST_MESSAGE_WARNING ? GST_MESSAGE_UNKNOWN : type;
}

// Returns whether the stream came to its end.
bool run (GstElement *pipeline, GstElement *sink)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  GstMessageType end = GST_MESSAGE_UNKNOWN;
  for (bool had_batch = false; had_batch || end == GST_MESSAGE_UNKNOWN;) {
    if (interrupted.exchange (false))
      gst_element_send_event (pipeline, gst_event_new_eos ());
    // The bus first: once it has told of the end, the last batch is there to be pulled.
    if (end == GST_MESSAGE_UNKNOWN)
      end = ask_bus (bus, had_batch ? 0 : kPatience);
    g_autoptr (GstNumproBatch) batch = nullptr;
    g_signal_emit_by_name (sink, "try-pull-batch", kPatience, &batch);
    had_batch = batch != nullptr;
    if (batch)
      show (batch);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  show_stats (sink);
  return end == GST_MESSAGE_EOS;
}

}  // namespace

int main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  if (argc != 2) {
    g_printerr ("usage: %s FILE|URI|LAUNCH-LINE\n", argv[0]);
    return 2;
  }
  g_autoptr (GError) error = nullptr;
  g_autoptr (GstElement) pipeline = make_pipeline (argv[1], &error);
  g_autoptr (GstElement) sink =
      pipeline ? gst_bin_get_by_name (GST_BIN (pipeline), "sink") : nullptr;
  if (!sink) {
    g_printerr ("ERROR: %s\n",
                error ? error->message : "the launch line has no numprosink name=sink");
    return 1;
  }
  std::signal (SIGINT, [] (int) {
    interrupted = true;
    std::signal (SIGINT, SIG_DFL);
  });
  return run (pipeline, sink) ? 0 : 1;
}
