/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Records a file, a stream, a camera or a test source with a number on every frame, and leaves
// bundles and a contact sheet beside the recording.

#include <gst/numpro/numpro.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "tools/media/contactsheet.h"
#include "tools/media/framereader.h"
#include "tools/media/input.h"
#include "tools/media/recorder.h"

using namespace examples;

namespace {

constexpr int kExitWhole = 0;
constexpr int kExitNone = 1;
constexpr int kExitSourceFailed = 3;  // the recording up to there is in order

constexpr int kFramesOnSheet = 12;

struct GFree {
  void operator() (gpointer memory) const { g_free (memory); }
};
using Text = std::unique_ptr<char, GFree>;

struct Options {
  gdouble seconds = -1;
  char *output = nullptr;
  char *rate = nullptr;
  char **arguments = nullptr;

  Options () = default;
  Options (const Options &) = delete;
  Options &operator= (const Options &) = delete;
  ~Options ()
  {
    g_free (output);
    g_free (rate);
    g_strfreev (arguments);
  }
};

bool parse (Options &options, int &argc, char **&argv)
{
  const GOptionEntry entries[] = {
      {"seconds", 's', G_OPTION_FLAG_NONE, G_OPTION_ARG_DOUBLE, &options.seconds,
       "Stop after so many seconds of video; 0: at the end of the input", "N"},
      {"rate", 'r', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.rate,
       "Numbers per second of video (default: 1/1)", "N/D"},
      {"output", 'o', G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &options.output,
       "Directory for the recording (default: demo-output)", "DIRECTORY"},
      {G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, &options.arguments,
       nullptr, "[FILE|URI|/dev/videoN]"},
      {}};
  std::unique_ptr<GOptionContext, decltype (&g_option_context_free)> context (
      g_option_context_new (nullptr), g_option_context_free);
  g_option_context_set_summary (
      context.get (),
      "Records video, without sound, with a number on every frame. Leaves bundles beside the\n"
      "recording, an image of each number with a ledger of their times, and a contact sheet.\n"
      "Without an input it records a test source for 12 seconds. Files are recorded to their end,\n"
      "cameras and other live streams for 30 seconds; Ctrl-C stops earlier and leaves a whole file\n"
      "as well.\n\n"
      "Exit status: 0 all is well; 1 there is no recording; 3 the input broke off, the recording\n"
      "up to there is whole.");
  g_option_context_add_main_entries (context.get (), entries, nullptr);
  g_option_context_add_group (context.get (), gst_init_get_option_group ());
  GError *error = nullptr;
  if (!g_option_context_parse (context.get (), &argc, &argv, &error)) {
    std::fprintf (stderr, "%s\n", error->message);
    g_error_free (error);
    return false;
  }
  if (options.arguments && g_strv_length (options.arguments) > 1) {
    std::fprintf (stderr, "One input at a time; see --help.\n");
    return false;
  }
  return true;
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

// A name in the directory that no earlier recording has, without extension.
std::string new_name (const std::string &directory, const std::string &stem)
{
  const std::unique_ptr<GDateTime, decltype (&g_date_time_unref)> now (g_date_time_new_now_local (),
                                                                       g_date_time_unref);
  const Text stamp (g_date_time_format (now.get (), "%Y%m%d-%H%M%S"));
  const std::string base = directory + "/" + stem + "-" + stamp.get ();
  std::string name = base;
  for (int i = 2; g_file_test ((name + ".mkv").c_str (), G_FILE_TEST_EXISTS); ++i)
    name = base + "-" + std::to_string (i);
  return name;
}

struct LedgerUnref {
  void operator() (GstNumproLedger *ledger) const { gst_numpro_ledger_unref (ledger); }
};
using Ledger = std::unique_ptr<GstNumproLedger, LedgerUnref>;

Ledger read_ledger (const std::string &location)
{
  char *json = nullptr;
  gsize length = 0;
  GError *error = nullptr;
  GstNumproLedger *ledger = nullptr;
  if (g_file_get_contents (location.c_str (), &json, &length, &error)) {
    ledger = gst_numpro_ledger_new_from_json (json, static_cast<gssize> (length), &error);
    g_free (json);
  }
  if (!ledger) {
    std::fprintf (stderr, "%s: %s\n", location.c_str (), error->message);
    g_error_free (error);
  }
  return Ledger (ledger);
}

// Says where the bundles are, and what the last entry in a ledger means.
bool explain_bundles (const Bundles &bundles, const std::string &directory, bool is_live)
{
  if (bundles.count == 0) {
    std::fprintf (stderr, "There is no bundle.\n");
    return false;
  }
  const std::string location = bundles.last + "/ledger.json";
  const Ledger ledger = read_ledger (location);
  if (!ledger)
    return false;
  const GstNumproSample *sample = gst_numpro_ledger_get_sample (
      ledger.get (), gst_numpro_ledger_get_length (ledger.get ()) - 1);
  std::printf ("Bundles: %s\n  %u, with %" G_GUINT64_FORMAT
               " images, one for each number. In %s\n    \"number\" : %" G_GUINT64_FORMAT
               ", \"stream-time\" : %" G_GUINT64_FORMAT,
               directory.c_str (), bundles.count, bundles.images, location.c_str (), sample->number,
               sample->stream_time);
  // A file is recorded faster than it plays: the time of day says nothing about it.
  if (is_live) {
    const Text utc (gst_numpro_utc_to_string (sample->utc));
    std::printf (", \"utc\" : \"%s\"", utc.get ());
  }
  std::printf (
      ", \"image\" : \"%s\"\n  means that %s shows the first frame with number %" G_GUINT64_FORMAT
      ", %.3f s into the recording%s.\n",
      sample->image, sample->image, sample->number,
      static_cast<double> (sample->stream_time - bundles.start) / GST_SECOND,
      is_live ? ", and when that was" : "");
  return true;
}

bool draw_contact_sheet (const std::string &recording, guint64 frames, const std::string &location)
{
  FrameReader reader (recording);
  if (!reader.problem ().empty ()) {
    std::fprintf (stderr, "%s\n", reader.problem ().c_str ());
    return false;
  }
  ContactSheet sheet;
  sheet.add_frames (reader, static_cast<int> (std::min<guint64> (frames, kFramesOnSheet)));
  if (!sheet.write (location)) {
    std::fprintf (stderr, "%s could not be written.\n", location.c_str ());
    return false;
  }
  std::printf ("Contact sheet: %s\n  %zu of its frames, in order\n", location.c_str (),
               sheet.size ());
  return true;
}

}  // namespace

int main (int argc, char **argv)
{
  Options options;
  if (!parse (options, argc, argv))
    return kExitNone;

  RecordingPlan plan;
  if (options.arguments) {
    auto input = Input::parse (options.arguments[0]);
    if (const std::string *problem = std::get_if<std::string> (&input)) {
      std::fprintf (stderr, "%s\n", problem->c_str ());
      return kExitNone;
    }
    plan.input = std::get<Input> (std::move (input));
  }
  if (options.seconds >= 0) {
    plan.limit = options.seconds == 0 ? GST_CLOCK_TIME_NONE
                                      : static_cast<GstClockTime> (options.seconds * GST_SECOND);
  }
  if (options.rate) {
    if (!is_rate (options.rate)) {
      std::fprintf (stderr, "%s is no rate; write numbers per second, such as 2/1.\n",
                    options.rate);
      return kExitNone;
    }
    plan.rate = options.rate;
  }

  const std::string directory = options.output ? options.output : "demo-output";
  if (g_mkdir_with_parents (directory.c_str (), 0777) != 0) {
    std::fprintf (stderr, "%s: %s.\n", directory.c_str (), g_strerror (errno));
    return kExitNone;
  }
  const std::string name = new_name (directory, plan.input.stem ());
  plan.location = name + ".mkv";
  plan.bundles = name + "-bundles";

  std::printf ("Recording %s, without sound.\n", plan.input.name ().c_str ());
  if (plan.rate == "1/1") {
    std::printf (
        "Numbers count seconds of the recording, so that a model that says \"frame 7\" "
        "means second 7.\n");
  } else {
    std::printf ("Numbers move on %s times a second of the recording.\n", plan.rate.c_str ());
  }
  std::fflush (stdout);

  const Recording recording = Recorder (plan).run ();
  if (!recording.problem.empty ())
    std::fprintf (stderr, "%s\n", recording.problem.c_str ());
  if (recording.end == Recording::End::kNone) {
    if (recording.frames > 0)
      std::fprintf (stderr, "%s is not complete.\n", plan.location.c_str ());
    return kExitNone;
  }
  if (recording.end == Recording::End::kSourceFailed)
    std::fprintf (stderr, "The recording up to there is kept.\n");
  std::printf ("Recording: %s\n  %.1f s, %" G_GUINT64_FORMAT " frames, numbers %" G_GUINT64_FORMAT
               " to %" G_GUINT64_FORMAT "\n",
               plan.location.c_str (), static_cast<double> (recording.duration) / GST_SECOND,
               recording.frames, recording.first_number, recording.last_number);
  if (!draw_contact_sheet (plan.location, recording.frames, name + ".png") ||
      !explain_bundles (recording.bundles, plan.bundles, plan.input.is_endless ()))
    return kExitNone;
  return recording.end == Recording::End::kWhole ? kExitWhole : kExitSourceFailed;
}
