/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "options.h"

#include <cstdio>

namespace reader {

namespace {

constexpr char kSummary[] =
    "A stand-in for a vision-language model behind an OpenAI-compatible server, to try things out\n"
    "and for tests. It is no model: it reads the numbers on frames by optical character recognition\n"
    "and sees how much of a frame is of a colour.\n\n"
    "Listens on the loopback interface and prints where on its first line:\n\n"
    "  endpoint=http://127.0.0.1:PORT/v1 model=numpro-reader";

std::string describe_faults ()
{
  return "Faults, NAME or NAME:ARGUMENT:\n\n" + Fault::list () +
         "\nA client gets a fault of its choice with the model numpro-reader+NAME.";
}

struct Arguments {
  int port = 0, seed = 0;
  gboolean is_verbose = FALSE;
  char *api_key = nullptr, *faults = nullptr, *script = nullptr;

  Arguments () = default;
  Arguments (const Arguments &) = delete;
  Arguments &operator= (const Arguments &) = delete;
  ~Arguments ()
  {
    g_free (api_key);
    g_free (faults);
    g_free (script);
  }
};

// Returns what is wrong, or nothing.
std::string parse (Arguments &arguments, int argc, char **argv)
{
  const GOptionEntry entries[] = {
      {"port", 'p', G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &arguments.port,
       "Port to listen on (default: 0, any that is free)", "N"},
      {"api-key", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &arguments.api_key,
       "Key that clients have to show (default: none)", "KEY"},
      {"script", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &arguments.script,
       "Faults of the first requests, in order", "NAME,..."},
      {"faults", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &arguments.faults,
       "Faults of the requests after these, at random, by weight (default: none)",
       "NAME[=WEIGHT],..."},
      {"seed", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &arguments.seed,
       "Of the random numbers (default: 0)", "N"},
      {"verbose", 'v', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &arguments.is_verbose,
       "Print a line of JSON for every request", nullptr},
      {}};
  const numpro::OptionContextPtr context (g_option_context_new (nullptr));
  g_option_context_set_summary (context.get (), kSummary);
  g_option_context_set_description (context.get (), describe_faults ().c_str ());
  g_option_context_add_main_entries (context.get (), entries, nullptr);
  GError *error = nullptr;
  if (!g_option_context_parse (context.get (), &argc, &argv, &error)) {
    const ErrorPtr owned (error);
    return error->message;
  }
  if (argc > 1)
    return std::string ("What is ") + argv[1] + "? See --help.";
  if (arguments.port < 0 || arguments.port > 65535)
    return "There is no such port.";
  return {};
}

std::string make_plan (const Arguments &arguments, FaultPlan &plan)
{
  plan = FaultPlan (static_cast<std::uint32_t> (arguments.seed));
  std::string problem;
  if (arguments.script)
    problem = plan.add_script (arguments.script);
  if (problem.empty () && arguments.faults)
    problem = plan.set_mixture (arguments.faults);
  return problem;
}

}  // namespace

std::optional<ServerSettings> parse_options (int argc, char **argv)
{
  Arguments arguments;
  ServerSettings settings;
  std::string problem = parse (arguments, argc, argv);
  if (problem.empty ())
    problem = make_plan (arguments, settings.plan);
  if (!problem.empty ()) {
    std::fprintf (stderr, "%s\n", problem.c_str ());
    return std::nullopt;
  }
  settings.port = static_cast<unsigned> (arguments.port);
  settings.api_key = arguments.api_key ? arguments.api_key : "";
  settings.is_verbose = arguments.is_verbose;
  return settings;
}

}  // namespace reader
