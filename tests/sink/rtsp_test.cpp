/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A camera over RTSP: the wall-clock times in ledgers are those at which the camera took its
// pictures, which can be read in the pictures.
//
// test_camera: times of arrival in place of those that the camera reports; a ledger whose times and
//   images do not belong together; times that get lost between rtspsrc and numprosink; a source of
//   time that is not the one used.
// test_killed: what a camera showed before it was cut, lost or not told; an element that cannot be
//   started again afterwards, or that writes over what was.
//
// Until the camera's first report (RTCP) nobody can know its time. The camera sends its frames so
// late that their arrival cannot be taken for it.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <turbojpeg.h>

#include "tests/support/pipeline.h"
#include "tests/support/rtspcamera.h"
#include "tests/support/sinkbatch.h"
#include "tests/support/sinkpipeline.h"
#include "tests/support/temporarydirectory.h"
#include "tests/support/victim.h"
#include "tests/support/wholebundle.h"

namespace {

constexpr GstClockTime kDelay = 400 * GST_MSECOND;
constexpr int kBar = 100;         // milliseconds
constexpr guint kFrames = 20;     // with the camera's time
constexpr guint kPatience = 150;  // frames until the first of them: fifteen seconds

/** The time that is in a picture. */
guint32 time_in (GBytes *jpeg)
{
  gsize size;
  const auto *data = static_cast<const unsigned char *> (g_bytes_get_data (jpeg, &size));
  std::vector<guint8> luma (RtspCamera::kWidth * RtspCamera::kHeight);
  const tjhandle decoder = tjInitDecompress ();
  const int failed = tjDecompress2 (decoder, data, size, luma.data (), RtspCamera::kWidth, 0,
                                    RtspCamera::kHeight, TJPF_GRAY, 0);
  tjDestroy (decoder);
  fail_unless (failed == 0, "no JPEG");
  return RtspCamera::read_time (luma.data (), RtspCamera::kWidth);
}

/** How much later than the picture says it was taken, in milliseconds. */
int lateness (GstNumproBatch *batch, const GstNumproSample *sample)
{
  fail_unless_equals_int (static_cast<int> (sample->width), RtspCamera::kWidth);
  const auto utc = static_cast<guint32> (sample->utc / GST_MSECOND);
  return static_cast<gint32> (utc - time_in (gst_numpro_batch_get_image (batch, sample->image)));
}

Batch pull (GstElement *sink)
{
  Batch batch = pull_batch (sink, 20 * GST_SECOND);
  fail_unless (batch != nullptr, "nothing came from the camera");
  return batch;
}

}  // namespace

GST_START_TEST (test_camera)
{
  const RtspCamera camera (kDelay);
  Pipeline receiver ("rtspsrc location=" + camera.address () +
                     " add-reference-timestamp-meta=true latency=100 protocols=tcp ! "
                     "rtpjpegdepay ! jpegdec ! numproverlay ! "
                     "numprosink name=sink batch-size=1 max-batches=1000");
  receiver.set_state (GST_STATE_PLAYING);
  const Element sink = receiver.child ("sink");

  std::vector<int> reported, arrived;
  while (reported.size () < kFrames) {
    const Batch batch = pull (sink.get ());
    const GstNumproSample *sample =
        gst_numpro_ledger_get_sample (gst_numpro_batch_get_ledger (batch.get ()), 0);
    const bool by_camera = g_str_equal (sample->utc_source, "reference-timestamp");
    (by_camera ? reported : arrived).push_back (lateness (batch.get (), sample));
    fail_unless (!by_camera || std::abs (reported.back ()) <= kBar, "number %d is %d ms off",
                 static_cast<int> (sample->number), reported.back ());
    fail_unless (by_camera || reported.empty (), "the camera's time is lost again");
    fail_unless (arrived.size () < kPatience, "the camera's time does not come");
  }
  const auto [least, most] = std::minmax_element (reported.begin (), reported.end ());
  g_print ("%d frames with the camera's time, %d to %d ms off; %d before them\n",
           static_cast<int> (reported.size ()), *least, *most, static_cast<int> (arrived.size ()));
  // The times of the others are those of arrival, so that one can tell them from the camera's.
  std::sort (arrived.begin (), arrived.end ());
  fail_unless (arrived.empty () || arrived[arrived.size () / 2] > 2 * kBar);
}
GST_END_TEST

// A camera in a process of its own, which can be killed.
class KilledCamera
{
 public:
  static constexpr const char *kArgument = "camera";

  // What the process does: its address goes to a file.
  static int serve (const char *file)
  {
    const RtspCamera camera (0);
    std::ofstream (file) << camera.address ();
    return Victim::wait_for_death ();
  }

  std::string address () const { return contents_of (file ()); }
  void kill_it () { process_.kill_it (); }

 private:
  std::filesystem::path file () const { return directory_.path () / "address"; }

  TemporaryDirectory directory_;
  Victim process_{{kArgument, file ().string ()}};
};

static void link_to (GstElement *source, GstPad *pad, GstElement *next)
{
  gst_element_link_pads (source, GST_PAD_NAME (pad), next, "sink");
}

GST_START_TEST (test_killed)
{
  const TemporaryDirectory directory;
  SinkPipeline receiver (
      "rtspsrc name=source latency=50 protocols=tcp rtpjpegdepay name=depay ! jpegdec ! numproverlay",
      "batch-size=16 leaky-type=none location=" + directory.path ().string ());
  const Element source (gst_bin_get_by_name (GST_BIN (receiver.get ()), "source"));
  const Element depay (gst_bin_get_by_name (GST_BIN (receiver.get ()), "depay"));
  // A launch line links such a pad once only.
  g_signal_connect (source.get (), "pad-added", G_CALLBACK (link_to), depay.get ());
  std::size_t bundles_before = 0;
  // Again with another camera, and the same elements.
  for (int run = 0; run < 2; ++run) {
    KilledCamera camera;
    g_object_set (source.get (), "location", camera.address ().c_str (), nullptr);
    receiver.play ();
    receiver.wait_until ([] (const SinkCounts &now) { return now.frames >= 20; });
    camera.kill_it ();
    receiver.wait_for (GST_MESSAGE_EOS);
    fail_unless_equals_int (receiver.warnings ().size (), run + 1);
    fail_unless_equals_string (receiver.warnings ().back ().c_str (),
                               "Could not read from resource.");

    const SinkCounts counts = receiver.counts ();
    fail_unless_equals_uint64 (counts.samples, counts.frames);
    fail_unless_equals_uint64 (counts.delivered, counts.frames);
    fail_unless_equals_uint64 (counts.batches, (counts.frames + 15) / 16);
    const auto bundles = bundles_in (directory.path ());
    fail_unless_equals_uint64 (bundles.size (), bundles_before + counts.batches);
    guint64 number = 0;
    for (std::size_t i = bundles_before; i < bundles.size (); ++i) {
      for (const guint64 seen : numbers_of_whole_bundle (bundles[i]))
        fail_unless_equals_uint64 (seen, number++);
    }
    fail_unless_equals_uint64 (number, counts.frames);
    bundles_before = bundles.size ();
    receiver.stop ();
  }
  fail_unless (receiver.told ().empty () && receiver.errors ().empty ());
}
GST_END_TEST

static Suite *rtsp_suite ()
{
  Suite *suite = suite_create ("rtsp");
  TCase *tcase = tcase_create ("rtsp");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_camera);
  tcase_add_test (tcase, test_killed);
  return suite;
}

int main (int argc, char **argv)
{
  if (argc > 2 && g_str_equal (argv[1], KilledCamera::kArgument)) {
    gst_init (&argc, &argv);
    return KilledCamera::serve (argv[2]);
  }
  gst_check_init (&argc, &argv);
  return gst_check_run_suite (rtsp_suite (), "rtsp", __FILE__);
}
