/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "options.h"

#include "tests/benchmarks/commandline.h"

namespace numpro::bench {

namespace {

constexpr const char *kSummary =
    "Measures what numproverlay costs per frame, beside what else draws a number on video.\n"
    "With --element it only sends frames through that one (I420 and 1920x1080 unless told), for a\n"
    "profiler to look at.";

// As GOptionContext fills it in.
struct Arguments {
  gboolean quick = FALSE;
  TextPtr json, element, format, size;
  int frames = 1000;
};

bool read_arguments (int argc, char **argv, Arguments &arguments)
{
  char *json = nullptr, *element = nullptr, *format = nullptr, *size = nullptr;
  const GOptionEntry entries[] = {
      {"quick", 0, 0, G_OPTION_ARG_NONE, &arguments.quick, "Only see that everything works",
       nullptr},
      {"json", 0, 0, G_OPTION_ARG_FILENAME, &json, "Also write the results to a file", "FILE"},
      {"element", 0, 0, G_OPTION_ARG_STRING, &element,
       "Only run this one, and measure nothing else", "NAME"},
      {"format", 0, 0, G_OPTION_ARG_STRING, &format, "Only this format", "FORMAT"},
      {"size", 0, 0, G_OPTION_ARG_STRING, &size, "Only this size", "WxH"},
      {"frames", 0, 0, G_OPTION_ARG_INT, &arguments.frames, "With --element: so many frames (1000)",
       "N"},
      {}};
  const bool read = read_command_line (argc, argv, kSummary, entries);
  arguments.json.reset (json);
  arguments.element.reset (element);
  arguments.format.reset (format);
  arguments.size.reset (size);
  return read;
}

bool complain (const char *what, const char *value)
{
  g_printerr ("%s: %s\n", what, value);
  return false;
}

bool complain_about_element (const char *value)
{
  g_printerr ("There is no %s. There are:\n", value);
  for (const Contender &contender : contenders ())
    g_printerr ("  %s\n", contender.key);
  return false;
}

bool read_kind (const Arguments &arguments, Options &options)
{
  FrameKind &kind = options.kind;
  if (arguments.format) {
    kind.format = gst_video_format_from_string (arguments.format.get ());
    if (kind.format == GST_VIDEO_FORMAT_UNKNOWN)
      return complain ("No video format", arguments.format.get ());
    options.plan.formats = {kind.format};
  }
  if (arguments.size) {
    if (!kind.set_size (arguments.size.get ()))
      return complain ("No size such as 1920x1080", arguments.size.get ());
    options.plan.sizes = {{kind.width, kind.height}};
  }
  return true;
}

bool read_element (const Arguments &arguments, Options &options)
{
  if (!arguments.element)
    return true;
  options.contender = find_contender (arguments.element.get ());
  if (!options.contender)
    return complain_about_element (arguments.element.get ());
  if (arguments.frames < 1)
    return complain ("Too few frames", "--frames is 1 or more");
  options.frames = static_cast<std::size_t> (arguments.frames);
  return true;
}

}  // namespace

std::optional<Options> Options::parse (int argc, char **argv)
{
  Arguments arguments;
  Options options;
  if (!read_arguments (argc, argv, arguments) || !read_kind (arguments, options) ||
      !read_element (arguments, options))
    return std::nullopt;
  if (arguments.quick)
    options.plan.pace = Pace::quick ();
  if (arguments.json)
    options.json = arguments.json.get ();
  return options;
}

}  // namespace numpro::bench
