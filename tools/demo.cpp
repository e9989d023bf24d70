/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Records a file, a stream, a camera or a test source with a number on every frame, and leaves
// bundles and a contact sheet beside the recording.

#include <gst/numpro/numpro.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string>

#include "demooptions.h"
#include "lib/base/owned.h"
#include "tools/media/contactsheet.h"
#include "tools/media/framereader.h"
#include "tools/media/recorder.h"

using namespace numpro;
using namespace numpro::media;

namespace {

constexpr int kExitWhole = 0;
constexpr int kExitNone = 1;
constexpr int kExitSourceFailed = 3;  // the recording up to there is in order

constexpr int kFramesOnSheet = 12;

// A name in the directory that no earlier recording has, without extension.
std::string new_name (const std::string &directory, const std::string &stem)
{
  const OwnedBy<GDateTime, g_date_time_unref> now (g_date_time_new_now_local ());
  const TextPtr stamp (g_date_time_format (now.get (), "%Y%m%d-%H%M%S"));
  const std::string base = directory + "/" + stem + "-" + stamp.get ();
  std::string name = base;
  for (int i = 2; g_file_test ((name + ".mkv").c_str (), G_FILE_TEST_EXISTS); ++i)
    name = base + "-" + std::to_string (i);
  return name;
}

LedgerPtr read_ledger (const std::string &location)
{
  char *json = nullptr;
  gsize length = 0;
  GError *error = nullptr;
  LedgerPtr ledger;
  if (g_file_get_contents (location.c_str (), &json, &length, &error))
    ledger.reset (gst_numpro_ledger_new_from_json (json, static_cast<gssize> (length), &error));
  const TextPtr owned (json);
  if (const ErrorPtr why (error); !ledger)
    std::fprintf (stderr, "%s: %s\n", location.c_str (), why->message);
  return ledger;
}

// Says where the bundles are, and what the last entry in a ledger means.
bool explain_bundles (const Bundles &bundles, const std::string &directory, bool is_live)
{
  if (bundles.count == 0) {
    std::fprintf (stderr, "There is no bundle.\n");
    return false;
  }
  const std::string location = bundles.last + "/ledger.json";
  const LedgerPtr ledger = read_ledger (location);
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
    const TextPtr utc (gst_numpro_utc_to_string (sample->utc));
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

void announce (const RecordingPlan &plan)
{
  std::printf ("Recording %s, without sound.\n", plan.input.name ().c_str ());
  if (plan.rate == "1/1") {
    std::printf (
        "Numbers count seconds of the recording, so that a model that says \"frame 7\" "
        "means second 7.\n");
  } else {
    std::printf ("Numbers move on %s times a second of the recording.\n", plan.rate.c_str ());
  }
  std::fflush (stdout);
}

// Returns whether there is a recording.
bool report (const RecordingPlan &plan, const Recording &recording)
{
  if (!recording.problem.empty ())
    std::fprintf (stderr, "%s\n", recording.problem.c_str ());
  if (recording.end == Recording::End::kNone) {
    if (recording.frames > 0)
      std::fprintf (stderr, "%s is not complete.\n", plan.location.c_str ());
    return false;
  }
  if (recording.end == Recording::End::kSourceFailed)
    std::fprintf (stderr, "The recording up to there is kept.\n");
  std::printf ("Recording: %s\n  %.1f s, %" G_GUINT64_FORMAT " frames, numbers %" G_GUINT64_FORMAT
               " to %" G_GUINT64_FORMAT "\n",
               plan.location.c_str (), static_cast<double> (recording.duration) / GST_SECOND,
               recording.frames, recording.first_number, recording.last_number);
  return true;
}

}  // namespace

int main (int argc, char **argv)
{
  std::optional<DemoOptions> options = DemoOptions::parse (argc, argv);
  if (!options)
    return kExitNone;
  const std::string &directory = options->directory;
  if (g_mkdir_with_parents (directory.c_str (), 0777) != 0) {
    std::fprintf (stderr, "%s: %s.\n", directory.c_str (), g_strerror (errno));
    return kExitNone;
  }
  RecordingPlan &plan = options->plan;
  const std::string name = new_name (directory, plan.input.stem ());
  plan.location = name + ".mkv";
  plan.bundles = name + "-bundles";

  announce (plan);
  const Recording recording = Recorder (plan).run ();
  if (!report (plan, recording) ||
      !draw_contact_sheet (plan.location, recording.frames, name + ".png") ||
      !explain_bundles (recording.bundles, plan.bundles, plan.input.is_endless ()))
    return kExitNone;
  return recording.end == Recording::End::kWhole ? kExitWhole : kExitSourceFailed;
}
