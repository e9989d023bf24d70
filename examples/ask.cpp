/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Asks a model about a live stream, and shows the answers as times while it goes on.

#include <gst/numpro/numpro.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "greenball.h"
#include "standin.h"

using namespace examples;

namespace {

// Twelve seconds; batches of four.
constexpr char kPipeline[] =
    "videotestsrc name=source is-live=true pattern=ball num-buffers=360 ! "
    "video/x-raw,format=RGBx,width=640,height=360,framerate=30/1 ! queue ! "
    "numproverlay numbering=time rate=2/1 ! numprosink name=sink batch-size=8";

constexpr char kOthers[] =
    "\nA real model is asked by the same command:\n"
    "  examples/demo.sh --ask --endpoint URL --model NAME [QUESTION]\n"
    "and about a camera by a launch line:\n"
    "  gst-launch-1.0 -e -m v4l2src ! videoconvert ! numproverlay numbering=time rate=2/1 ! \\\n"
    "      numprosink batch-size=8 question=\"%s\" endpoint=URL model=NAME\n"
    "where it is served by\n"
    "  vLLM       URL is http://localhost:8000/v1\n"
    "  llama.cpp  URL is http://localhost:8080/v1\n"
    "  Ollama     URL is http://localhost:11434/v1\n"
    "  OpenAI     URL is https://api.openai.com/v1, and the key is in NUMPRO_API_KEY\n"
    "What each of them needs is in docs/asking.md.\n";

struct Release {
  void operator() (gpointer object) const { gst_object_unref (object); }
  void operator() (GstMessage *message) const { gst_message_unref (message); }
  void operator() (GstStructure *structure) const { gst_structure_free (structure); }
  void operator() (GOptionContext *context) const { g_option_context_free (context); }
};
template <typename T>
using Owned = std::unique_ptr<T, Release>;

struct Options {
  char *endpoint = nullptr, *model = nullptr, *reader = nullptr, *location = nullptr;
  char **arguments = nullptr;

  Options () = default;
  Options (const Options &) = delete;
  Options &operator= (const Options &) = delete;
  ~Options ()
  {
    for (char *text : {endpoint, model, reader, location})
      g_free (text);
    g_strfreev (arguments);
  }
  std::string question () const { return arguments ? arguments[0] : "something green"; }
};

bool parse (Options &options, int &argc, char **&argv)
{
  const GOptionEntry entries[] = {
      {"endpoint", 'e', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.endpoint,
       "Base URL of an OpenAI-compatible server, such as http://localhost:8000/v1", "URL"},
      {"model", 'm', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.model, "Model to ask",
       "NAME"},
      {"reader", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.reader,
       "numpro-reader, which is started and asked where there is no endpoint", "PROGRAM"},
      {"location", 'l', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.location,
       "Where to keep what is asked and answered", "DIRECTORY"},
      {G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &options.arguments,
       nullptr, "[QUESTION]"},
      {}};
  const Owned<GOptionContext> context (g_option_context_new (nullptr));
  g_option_context_set_summary (
      context.get (),
      "Plays twelve seconds of a live stream, in which a green ball rolls through the picture,\n"
      "and asks a model about every four of them.\n\n"
      "Exit status: 0 all questions were answered; 1 one was not.");
  g_option_context_add_main_entries (context.get (), entries, nullptr);
  g_option_context_add_group (context.get (), gst_init_get_option_group ());
  GError *error = nullptr;
  std::string problem;
  if (!g_option_context_parse (context.get (), &argc, &argv, &error)) {
    problem = error->message;
    g_error_free (error);
  } else if (options.arguments && options.arguments[1]) {
    problem = "One question at a time; is it in quotes?";
  } else if (!options.endpoint && !options.reader) {
    problem = "Whom to ask? See --help.";
  } else if (options.endpoint && !options.model) {
    problem = "Which model? Add --model.";
  }
  if (!problem.empty ())
    std::fprintf (stderr, "%s\n", problem.c_str ());
  return problem.empty ();
}

// What a model says may be anything, and is not to move a terminal's cursor.
std::string printable (const char *text)
{
  std::string line = text;
  std::replace_if (
      line.begin (), line.end (), [] (char c) { return g_ascii_iscntrl (c); }, ' ');
  return line;
}

void show_span (const GstStructure *span)
{
  guint64 first = 0, last = 0;
  GstClockTime start = 0, end = 0;
  gst_structure_get (span, "first", G_TYPE_UINT64, &first, "last", G_TYPE_UINT64, &last, "start",
                     G_TYPE_UINT64, &start, "end", G_TYPE_UINT64, &end, nullptr);
  std::printf ("  frames %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
               ": %.3f s to %.3f s of the stream\n    %s to %s\n",
               first, last, static_cast<double> (start) / GST_SECOND,
               static_cast<double> (end) / GST_SECOND, gst_structure_get_string (span, "utc-start"),
               gst_structure_get_string (span, "utc-end"));
}

void show_answer (const GstStructure *answer)
{
  guint64 batch = 0;
  gboolean is_valid = FALSE;
  gst_structure_get (answer, "batch", G_TYPE_UINT64, &batch, "valid", G_TYPE_BOOLEAN, &is_valid,
                     nullptr);
  std::printf ("Batch %" G_GUINT64_FORMAT ": \"%s\"\n", batch,
               printable (gst_structure_get_string (answer, "text")).c_str ());
  const GValue *spans = gst_structure_get_value (answer, "spans");
  for (guint i = 0; i < gst_value_array_get_size (spans); ++i)
    show_span (gst_value_get_structure (gst_value_array_get_value (spans, i)));
  const GValue *problems = gst_structure_get_value (answer, "problems");
  for (guint i = 0; i < gst_value_array_get_size (problems); ++i)
    std::printf ("  %s %s\n", is_valid ? "Note:" : "Not usable:",
                 g_value_get_string (gst_value_array_get_value (problems, i)));
  std::fflush (stdout);
}

void show_complaint (GstMessage *message)
{
  GError *error = nullptr;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, nullptr);
  else
    gst_message_parse_warning (message, &error, nullptr);
  std::fprintf (stderr, "%s\n", error->message);
  g_error_free (error);
}

// Returns whether the stream came to its end.
bool watch (GstBus *bus)
{
  for (;;) {
    const Owned<GstMessage> message (gst_bus_timed_pop (bus, GST_CLOCK_TIME_NONE));
    switch (GST_MESSAGE_TYPE (message.get ())) {
      case GST_MESSAGE_ELEMENT:
        if (gst_message_has_name (message.get (), "numpro/answer"))
          show_answer (gst_message_get_structure (message.get ()));
        break;
      case GST_MESSAGE_WARNING:
        show_complaint (message.get ());
        break;
      case GST_MESSAGE_ERROR:
        show_complaint (message.get ());
        return false;
      case GST_MESSAGE_EOS:
        return true;
      default:
        break;
    }
  }
}

bool is_all_answered (GstElement *sink)
{
  GstStructure *value = nullptr;
  g_object_get (sink, "stats", &value, nullptr);
  const Owned<GstStructure> stats (value);
  guint64 questions = 0, answered = 0;
  gst_structure_get (stats.get (), "questions", G_TYPE_UINT64, &questions, "answered",
                     G_TYPE_UINT64, &answered, nullptr);
  std::printf ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " questions were answered.\n",
               answered, questions);
  return questions > 0 && answered == questions;
}

}  // namespace

int main (int argc, char **argv)
{
  Options options;
  if (!parse (options, argc, argv))
    return 1;
  std::optional<StandIn> reader;
  if (!options.endpoint) {
    reader.emplace (options.reader);
    if (!reader->problem ().empty ()) {
      std::fprintf (stderr, "%s\n", reader->problem ().c_str ());
      return 1;
    }
    std::printf (
        "No model is asked here, but numpro-reader, a stand-in that only reads the numbers on\n"
        "frames and looks for a colour that the question names.\n");
  }

  GError *error = nullptr;
  const Owned<GstElement> pipeline (
      gst_parse_launch_full (kPipeline, nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
  if (!pipeline) {
    std::fprintf (stderr, "%s\n", error->message);
    g_error_free (error);
    return 1;
  }
  const Owned<GstElement> source (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "source"));
  const Owned<GstElement> sink (gst_bin_get_by_name (GST_BIN (pipeline.get ()), "sink"));
  const Owned<GstPad> pad (gst_element_get_static_pad (source.get (), "src"));
  GreenBall::roll_through (pad.get ());
  g_object_set (sink.get (), "question", options.question ().c_str (), "endpoint",
                reader ? reader->endpoint ().c_str () : options.endpoint, "model",
                reader ? reader->model ().c_str () : options.model, "location", options.location,
                nullptr);

  std::printf (
      "A live stream of 12 seconds, with a number every half a second. Asked about every\n"
      "four seconds: \"%s\"\n\n",
      options.question ().c_str ());
  std::fflush (stdout);
  const Owned<GstBus> bus (gst_element_get_bus (pipeline.get ()));
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  const bool has_ended = watch (bus.get ());
  const bool is_well = is_all_answered (sink.get ()) && has_ended;
  gst_element_set_state (pipeline.get (), GST_STATE_NULL);
  if (options.location)
    std::printf ("What was sent and answered: %s\n", options.location);
  if (reader)
    std::printf (kOthers, options.question ().c_str ());
  return is_well ? 0 : 1;
}
