/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "demooptions.h"

#include <cstdio>

#include "lib/base/gstowned.h"

namespace numpro::media {

namespace {

constexpr char kSummary[] =
    "Records video, without sound, with a number on every frame. Leaves bundles beside the\n"
    "recording, an image of each number with a ledger of their times, and a contact sheet.\n"
    "Without an input it records a test source for 12 seconds. Files are recorded to their end,\n"
    "cameras and other live streams for 30 seconds; Ctrl-C stops earlier and leaves a whole file\n"
    "as well.\n\n"
    "Exit status: 0 all is well; 1 there is no recording; 3 the input broke off, the recording\n"
    "up to there is whole.";

// As GOptionContext fills it in.
struct Arguments {
  double seconds = -1;
  TextPtr output, rate;
  OwnedBy<char *, g_strfreev> inputs;
};

// Returns what is wrong with the command line, or nothing.
std::string read_arguments (int argc, char **argv, Arguments &arguments)
{
  char *output = nullptr, *rate = nullptr, **inputs = nullptr;
  const GOptionEntry entries[] = {
      {"seconds", 's', G_OPTION_FLAG_NONE, G_OPTION_ARG_DOUBLE, &arguments.seconds,
       "Stop after so many seconds of video; 0: at the end of the input", "N"},
      {"rate", 'r', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &rate,
       "Numbers per second of video (default: 1/1)", "N/D"},
      {"output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &output,
       "Directory for the recording (default: demo-output)", "DIRECTORY"},
      {G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &inputs, nullptr,
       "[FILE|URI|/dev/videoN]"},
      {}};
  const OptionContextPtr context (g_option_context_new (nullptr));
  g_option_context_set_summary (context.get (), kSummary);
  g_option_context_add_main_entries (context.get (), entries, nullptr);
  g_option_context_add_group (context.get (), gst_init_get_option_group ());
  GError *error = nullptr;
  const bool is_read = g_option_context_parse (context.get (), &argc, &argv, &error);
  arguments.output.reset (output);
  arguments.rate.reset (rate);
  arguments.inputs.reset (inputs);
  if (const ErrorPtr why (error); !is_read)
    return why->message;
  return inputs && inputs[0] && inputs[1] ? "One input at a time; see --help." : "";
}

bool is_rate (const char *text)
{
  GValue value = G_VALUE_INIT;
  g_value_init (&value, GST_TYPE_FRACTION);
  const bool valid =
      gst_value_deserialize (&value, text) && gst_value_get_fraction_numerator (&value) > 0;
  g_value_unset (&value);
  return valid;
}

// Returns what makes no sense, or nothing.
std::string read_options (const Arguments &arguments, DemoOptions &options)
{
  RecordingPlan &plan = options.plan;
  if (arguments.inputs) {
    auto input = Input::parse (arguments.inputs.get ()[0]);
    if (const std::string *problem = std::get_if<std::string> (&input))
      return *problem;
    plan.input = std::get<Input> (std::move (input));
  }
  if (arguments.seconds >= 0) {
    plan.limit = arguments.seconds == 0
                     ? GST_CLOCK_TIME_NONE
                     : static_cast<GstClockTime> (arguments.seconds * GST_SECOND);
  }
  if (arguments.rate) {
    if (!is_rate (arguments.rate.get ()))
      return std::string (arguments.rate.get ()) +
             " is no rate; write numbers per second, such as 2/1.";
    plan.rate = arguments.rate.get ();
  }
  options.directory = arguments.output ? arguments.output.get () : "demo-output";
  return {};
}

}  // namespace

std::optional<DemoOptions> DemoOptions::parse (int argc, char **argv)
{
  Arguments arguments;
  DemoOptions options;
  std::string problem = read_arguments (argc, argv, arguments);
  if (problem.empty ())
    problem = read_options (arguments, options);
  if (problem.empty ())
    return options;
  std::fprintf (stderr, "%s\n", problem.c_str ());
  return std::nullopt;
}

}  // namespace numpro::media
