/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A question about a camera over RTSP, and its answer in time of day.
//
// test_event: UTC times of spans that are those of arrival, of the stream's start, or of another
//   number; answers that lose their place when batches follow each other; an event that is missed.
//
// Until the camera's first report (RTCP) nobody can know its time; from then on batches count. The
// camera sends its frames so late that their arrival cannot be taken for it.

#include <algorithm>
#include <filesystem>

#include "interval.h"
#include "tests/support/pipeline.h"
#include "tests/support/readerprocess.h"
#include "tests/support/rtspcamera.h"
#include "tests/support/temporarydirectory.h"

#include <gst/numpro/numpro.h>

namespace {

constexpr GstClockTime kSlot = GST_SECOND / 2;
constexpr GstClockTime kDelay = 900 * GST_MSECOND;
constexpr GstClockTime kBar = 100 * GST_MSECOND;
constexpr RtspCamera::Scene kScene = {.fps = 20, .period = 2900, .length = 1300};
constexpr int kBatches = 3;    // with the camera's time: 12 seconds
constexpr int kPatience = 10;  // batches until the first of them

using Ledger = std::unique_ptr<GstNumproLedger, Freer<gst_numpro_ledger_unref>>;

/** What is known of the camera, by its own time. */
struct Watched {
  std::vector<GstClockTime> samples;
  Intervals found;
  int batches = 0;
};

Ledger read_ledger (const GstStructure *answer)
{
  const std::string path = std::string (gst_structure_get_string (answer, "location"));
  gchar *text = nullptr;
  fail_unless (g_file_get_contents ((path + "/ledger.json").c_str (), &text, nullptr, nullptr));
  Ledger ledger (gst_numpro_ledger_new_from_json (text, -1, nullptr));
  g_free (text);
  fail_unless (ledger != nullptr, "no ledger in %s", path.c_str ());
  return ledger;
}

/** Adds what an answer says, if all of its frames have the camera's time. */
void add (const GstStructure *answer, Watched &watched)
{
  const Ledger ledger = read_ledger (answer);
  std::vector<GstClockTime> samples;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger.get ()); ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger.get (), i);
    if (!g_str_equal (sample->utc_source, "reference-timestamp"))
      return;
    samples.push_back (sample->utc);
  }
  const Intervals found = utc_intervals (answer);
  watched.samples.insert (watched.samples.end (), samples.begin (), samples.end ());
  watched.found.insert (watched.found.end (), found.begin (), found.end ());
  ++watched.batches;
}

Watched watch (Pipeline &pipeline)
{
  Watched watched;
  for (int batches = 0; watched.batches < kBatches;) {
    const Message message = pipeline.wait_for (GST_MESSAGE_ELEMENT);
    const GstStructure *structure = gst_message_get_structure (message.get ());
    fail_unless (!gst_structure_has_name (structure, "numpro/failure"), "a question was lost");
    if (!gst_structure_has_name (structure, "numpro/answer"))
      continue;
    add (structure, watched);
    fail_unless (++batches < kPatience, "the camera's time does not come");
  }
  return watched;
}

/** How far apart samples are around a time: a slot, or more where a busy machine lost frames. */
GstClockTime gap_at (const std::vector<GstClockTime> &samples, GstClockTime time)
{
  const auto next = std::lower_bound (samples.begin (), samples.end (), time);
  return std::max (kSlot, *next - *(next - 1));
}

/**
 * Fails unless the camera showed this at a time within a slot before, give or take the bar. Where a
 * busy machine lost frames the number before them ends with its slot, so much earlier.
 */
void require_near (const Watched &watched, const char *what, GstClockTime found, GstClockTime right)
{
  const gint64 late = GST_CLOCK_DIFF (right, found);
  const GstClockTime gap = gap_at (watched.samples, right);
  const auto earliest = -static_cast<gint64> (gap - kSlot + kBar);
  const auto latest = static_cast<gint64> (gap + kBar);
  g_print ("%s %d ms late\n", what, static_cast<int> (late / GST_MSECOND));
  fail_unless (late >= earliest && late <= latest, "the %s is %d ms late", what,
               static_cast<int> (late / GST_MSECOND));
}

/** The events that began and ended while the camera was watched. */
Intervals whole_events (const std::vector<GstClockTime> &samples)
{
  Intervals events;
  const GstClockTime period = kScene.period * GST_MSECOND, length = kScene.length * GST_MSECOND;
  for (GstClockTime start = (samples.front () / period + 1) * period;
       start + length + kSlot < samples.back (); start += period)
    events.push_back ({start, start + length});
  return events;
}

}  // namespace

GST_START_TEST (test_event)
{
  const ReaderProcess reader;
  const TemporaryDirectory bundles;
  const RtspCamera camera (kDelay, kScene);
  Pipeline receiver ("rtspsrc location=" + camera.address () +
                     " add-reference-timestamp-meta=true latency=100 protocols=tcp ! "
                     "rtpjpegdepay ! jpegdec ! numproverlay numbering=time rate=2/1 ! "
                     "numprosink question=\"the screen is blue\" batch-size=8 location=" +
                     bundles.path ().string () + " " + reader.properties ());
  receiver.set_state (GST_STATE_PLAYING);
  const Watched watched = watch (receiver);

  // A batch's last span ends where its number nominally does, the next begins with a frame.
  const Intervals found = join (watched.found, kBar);
  const Intervals events = whole_events (watched.samples);
  fail_unless (events.size () >= 3, "the camera was not watched for long");
  fail_unless (found.size () <= events.size () + 2, "events that are none");
  for (const Interval &event : events) {
    const auto is_of_it = [&] (const Interval &one) {
      return one.start < event.end && one.end > event.start;
    };
    const auto it = std::find_if (found.begin (), found.end (), is_of_it);
    fail_unless (it != found.end (), "an event was not found");
    fail_unless_equals_int (std::count_if (it, found.end (), is_of_it), 1);
    require_near (watched, "start", it->start, event.start);
    require_near (watched, "end", it->end, event.end);
  }
}
GST_END_TEST

static Suite *camera_suite ()
{
  Suite *suite = suite_create ("camera");
  TCase *tcase = tcase_create ("camera");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_event);
  return suite;
}

GST_CHECK_MAIN (camera)
