/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Pulls batches of numbered frames in an application and reads their ledgers.
//
//   numpro-pull-batches FILE|URI
//   numpro-pull-batches 'v4l2src ! videoconvert ! numproverlay numbering=time ! numprosink
//   name=sink'
//
// Ctrl-C ends the stream, which gives the last batch; a second one ends the program.

#include <gst/numpro/numpro.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <string>

namespace {

struct Release {
  void operator() (gpointer object) const { gst_object_unref (object); }
  void operator() (GError *error) const { g_error_free (error); }
  void operator() (GstMessage *message) const { gst_message_unref (message); }
  void operator() (GstNumproBatch *batch) const { gst_numpro_batch_unref (batch); }
  void operator() (GstNumproSpan *span) const { gst_numpro_span_free (span); }
  void operator() (GstStructure *structure) const { gst_structure_free (structure); }
  void operator() (char *text) const { g_free (text); }
};
template <typename T>
using Owned = std::unique_ptr<T, Release>;

constexpr char kPipelineOfFile[] =
    "uridecodebin name=source ! videoconvert ! numproverlay numbering=time ! "
    "numprosink name=sink batch-size=8";
constexpr GstClockTime kPatience = 100 * GST_MSECOND;

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt (int)
{
  interrupted = 1;
  std::signal (SIGINT, SIG_DFL);
}

// Returns the pipeline, or none with error set.
Owned<GstElement> make_pipeline (const std::string &argument, GError **error)
{
  const bool is_launch_line = argument.find (" ! ") != std::string::npos;
  Owned<GstElement> pipeline (
      gst_parse_launch_full (is_launch_line ? argument.c_str () : kPipelineOfFile, nullptr,
                             GST_PARSE_FLAG_FATAL_ERRORS, error));
  if (pipeline && !is_launch_line) {
    const Owned<char> uri (gst_uri_is_valid (argument.c_str ())
                               ? g_strdup (argument.c_str ())
                               : gst_filename_to_uri (argument.c_str (), error));
    if (!uri)
      return nullptr;
    const Owned<GstElement> source (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "source"));
    g_object_set (source.get (), "uri", uri.get (), nullptr);
  }
  return pipeline;
}

std::string seconds (GstClockTime time)
{
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return "unknown";
  char text[40];
  std::snprintf (text, sizeof text, "%.3f s", static_cast<double> (time) / GST_SECOND);
  return text;
}

void show (GstNumproBatch *batch)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  const guint count = gst_numpro_ledger_get_length (ledger);
  std::printf ("batch %" G_GUINT64_FORMAT ":\n", gst_numpro_ledger_get_batch (ledger));
  for (guint i = 0; i < count; ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    const Owned<char> utc (gst_numpro_utc_to_string (sample->utc));
    GBytes *jpeg = gst_numpro_batch_get_image (batch, sample->image);
    std::printf ("  number %" G_GUINT64_FORMAT ": %s, %s (%s), %s, %ux%u, %zu bytes\n",
                 sample->number, seconds (sample->stream_time).c_str (),
                 utc ? utc.get () : "unknown", sample->utc_source ? sample->utc_source : "none",
                 sample->image, sample->width, sample->height, g_bytes_get_size (jpeg));
  }

  // What a model that has seen the images would answer: "from x to y".
  const guint64 x = gst_numpro_ledger_get_sample (ledger, 0)->number;
  const guint64 y = gst_numpro_ledger_get_sample (ledger, count - 1)->number;
  GError *error = nullptr;
  const Owned<GstNumproSpan> span (gst_numpro_span_new (ledger, x, y, &error));
  if (!span) {
    std::fprintf (stderr, "%s\n", Owned<GError> (error)->message);
    return;
  }
  std::printf ("  from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT ": %s to %s\n", x, y,
               seconds (span->start).c_str (), seconds (span->end).c_str ());
  std::fflush (stdout);
}

enum class Stream { kGoesOn, kEnded, kFailed };

// What the bus has to say, waiting for it at most so long.
Stream ask_bus (GstBus *bus, GstClockTime patience)
{
  const Owned<GstMessage> message (gst_bus_timed_pop_filtered (
      bus, patience,
      static_cast<GstMessageType> (GST_MESSAGE_ERROR | GST_MESSAGE_WARNING | GST_MESSAGE_EOS)));
  if (!message)
    return Stream::kGoesOn;
  if (GST_MESSAGE_TYPE (message.get ()) == GST_MESSAGE_EOS)
    return Stream::kEnded;
  const bool is_error = GST_MESSAGE_TYPE (message.get ()) == GST_MESSAGE_ERROR;
  GError *what = nullptr;
  (is_error ? gst_message_parse_error : gst_message_parse_warning) (message.get (), &what, nullptr);
  std::fprintf (stderr, "%s: %s\n", is_error ? "ERROR" : "WARNING", Owned<GError> (what)->message);
  return is_error ? Stream::kFailed : Stream::kGoesOn;
}

Stream run (GstElement *pipeline, GstElement *sink)
{
  const Owned<GstBus> bus (gst_element_get_bus (pipeline));
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  Stream stream = Stream::kGoesOn;
  Owned<GstNumproBatch> batch;
  do {
    if (interrupted) {
      interrupted = 0;
      gst_element_send_event (pipeline, gst_event_new_eos ());
    }
    // The bus first: once it has told of the end, the last batch is there to be pulled.
    if (stream == Stream::kGoesOn)
      stream = ask_bus (bus.get (), batch ? 0 : kPatience);
    GstNumproBatch *pulled = nullptr;
    g_signal_emit_by_name (sink, "try-pull-batch", kPatience, &pulled);
    batch.reset (pulled);
    if (batch)
      show (batch.get ());
  } while (batch || stream == Stream::kGoesOn);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return stream;
}

void show_stats (GstElement *sink)
{
  GstStructure *value = nullptr;
  g_object_get (sink, "stats", &value, nullptr);
  const Owned<GstStructure> stats (value);
  guint64 frames = 0, delivered = 0, dropped = 0;
  gst_structure_get (stats.get (), "frames", G_TYPE_UINT64, &frames, "delivered", G_TYPE_UINT64,
                     &delivered, "samples-dropped", G_TYPE_UINT64, &dropped, nullptr);
  std::printf ("%" G_GUINT64_FORMAT " frames, %" G_GUINT64_FORMAT
               " samples delivered, %" G_GUINT64_FORMAT " dropped\n",
               frames, delivered, dropped);
}

}  // namespace

int main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  if (argc != 2) {
    std::fprintf (stderr, "usage: %s FILE|URI|LAUNCH-LINE\n", argv[0]);
    return 2;
  }

  GError *error = nullptr;
  const Owned<GstElement> pipeline = make_pipeline (argv[1], &error);
  if (!pipeline) {
    std::fprintf (stderr, "ERROR: %s\n", Owned<GError> (error)->message);
    return 1;
  }
  const Owned<GstElement> sink (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "sink"));
  if (!sink) {
    std::fprintf (stderr, "ERROR: the launch line has no numprosink name=sink\n");
    return 1;
  }

  std::signal (SIGINT, on_interrupt);
  const Stream stream = run (pipeline.get (), sink.get ());
  show_stats (sink.get ());
  return stream == Stream::kEnded ? 0 : 1;
}
