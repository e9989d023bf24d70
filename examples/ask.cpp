/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Asks a model about a stream, and shows the answers as times while the stream goes on:
//   numpro-ask --endpoint http://localhost:8000/v1 --model NAME [QUESTION]

#include <gst/numpro/numpro.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace {

// Twelve seconds at the pace of a camera. From 4.9 to 7.4 s the ball is green.
#define SCENE "video/x-raw,format=RGBx,width=320,height=180,framerate=30/1 ! scenes. "
constexpr char kPipeline[] =
    "videotestsrc pattern=ball num-buffers=147 ! " SCENE
    "videotestsrc pattern=ball num-buffers=75 timestamp-offset=4900000000 "
    "foreground-color=0xff10c020 ! " SCENE
    "videotestsrc pattern=ball num-buffers=138 timestamp-offset=7400000000 ! " SCENE
    "concat name=scenes adjust-base=false ! videoscale ! video/x-raw,width=640,height=360 ! "
    "compositor ! clocksync ! queue ! "
    "numproverlay numbering=time rate=2/1 ! numprosink name=sink batch-size=8";

char *endpoint, *model, *location, **arguments;

const GOptionEntry kOptions[] = {
    {"endpoint", 'e', 0, G_OPTION_ARG_STRING, &endpoint,
     "Base URL of an OpenAI-compatible server, such as http://localhost:8000/v1", "URL"},
    {"model", 'm', 0, G_OPTION_ARG_STRING, &model, "Model to ask", "NAME"},
    {"location", 'l', 0, G_OPTION_ARG_FILENAME, &location,
     "Where to keep what is asked and answered", "DIRECTORY"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments, nullptr, "[QUESTION]"},
    {}};

// Returns what is wrong with the command line, or nothing.
std::string parse_options (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (nullptr);
  g_option_context_set_summary (
      context,
      "Plays twelve seconds of a live stream, in which a green ball rolls through the picture,\n"
      "and asks a model about every four of them.\n\n"
      "Exit status: 0 all questions were answered; 1 one was not.");
  g_option_context_add_main_entries (context, kOptions, nullptr);
  g_option_context_add_group (context, gst_init_get_option_group ());
  g_autoptr (GError) error = nullptr;
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return error->message;
  if (arguments && arguments[1])
    return "One question at a time; is it in quotes?";
  if (!endpoint)
    return "Whom to ask? Add --endpoint.";
  return model ? "" : "Which model? Add --model.";
}

void show_span (const GstStructure *span)
{
  guint64 first = 0, last = 0, start = 0, end = 0;
  gst_structure_get (span, "first", G_TYPE_UINT64, &first, "last", G_TYPE_UINT64, &last, "start",
                     G_TYPE_UINT64, &start, "end", G_TYPE_UINT64, &end, nullptr);
  std::printf ("  frames %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
               ": %.3f s to %.3f s of the stream\n    %s to %s\n",
               first, last, 1e-9 * start, 1e-9 * end, gst_structure_get_string (span, "utc-start"),
               gst_structure_get_string (span, "utc-end"));
}

void show_answer (const GstStructure *answer)
{
  const gboolean is_valid = g_value_get_boolean (gst_structure_get_value (answer, "valid"));
  const guint64 batch = g_value_get_uint64 (gst_structure_get_value (answer, "batch"));
  std::string text = gst_structure_get_string (answer, "text");
  // What a model says may be anything, and is not to move a terminal's cursor.
  std::ranges::replace_if (
      text, [] (char c) { return g_ascii_iscntrl (c); }, ' ');
  std::printf ("Batch %" G_GUINT64_FORMAT ": \"%s\"\n", batch, text.c_str ());
  const GValue *spans = gst_structure_get_value (answer, "spans");
  for (guint i = 0; i < gst_value_array_get_size (spans); ++i)
    show_span (gst_value_get_structure (gst_value_array_get_value (spans, i)));
  const GValue *problems = gst_structure_get_value (answer, "problems");
  for (guint i = 0; i < gst_value_array_get_size (problems); ++i)
    std::printf ("  %s %s\n", is_valid ? "Note:" : "Not usable:",
                 g_value_get_string (gst_value_array_get_value (problems, i)));
  std::fflush (stdout);
}

// Returns whether the stream came to its end.
bool listen (GstBus *bus)
{
  for (;;) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop (bus, GST_CLOCK_TIME_NONE);
    g_autoptr (GError) problem = nullptr;
    const GstMessageType type = GST_MESSAGE_TYPE (message);
    if (type == GST_MESSAGE_EOS)
      return true;
    if (gst_message_has_name (message, "numpro/answer"))
      show_answer (gst_message_get_structure (message));
    if (type == GST_MESSAGE_WARNING)
      gst_message_parse_warning (message, &problem, nullptr);
    if (type == GST_MESSAGE_ERROR)
      gst_message_parse_error (message, &problem, nullptr);
    if (problem)
      std::fprintf (stderr, "%s\n", problem->message);
    if (type == GST_MESSAGE_ERROR)
      return false;
  }
}

bool is_all_answered (GstElement *sink)
{
  g_autoptr (GstStructure) stats = nullptr;
  g_object_get (sink, "stats", &stats, nullptr);
  guint64 questions = 0, answered = 0;
  gst_structure_get (stats, "questions", G_TYPE_UINT64, &questions, "answered", G_TYPE_UINT64,
                     &answered, nullptr);
  std::printf ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " questions were answered.\n",
               answered, questions);
  return questions > 0 && answered == questions;
}

}  // namespace

int main (int argc, char **argv)
{
  const std::string problem = parse_options (argc, argv);
  g_autoptr (GError) error = nullptr;
  g_autoptr (GstElement) pipeline =
      problem.empty () ? gst_parse_launch (kPipeline, &error) : nullptr;
  if (!pipeline || error) {
    std::fprintf (stderr, "%s\n", error ? error->message : problem.c_str ());
    return 1;
  }
  const char *question = arguments ? arguments[0] : "something green";
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (sink, "question", question, "endpoint", endpoint, "model", model, "location",
                location, nullptr);
  std::printf (
      "A live stream of 12 seconds, with a number every half a second. Asked about every\n"
      "four seconds: \"%s\"\n\n",
      question);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  const bool has_ended = listen (bus);
  const bool is_well = is_all_answered (sink) && has_ended;
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (location)
    std::printf ("What was sent and answered: %s\n", location);
  return is_well ? 0 : 1;
}
