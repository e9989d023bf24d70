/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A camera over RTSP: the wall-clock times in ledgers are those at which the camera took its
// pictures, which can be read in the pictures.
//
// test_camera: times of arrival in place of those that the camera reports; a ledger whose times and
//   images do not belong together; times that get lost between rtspsrc and numprosink; a source of
//   time that is not the one used.
//
// Until the camera's first report (RTCP) nobody can know its time. The camera sends its frames so
// late that their arrival cannot be taken for it.

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <turbojpeg.h>

#include "tests/support/pipeline.h"
#include "tests/support/rtspcamera.h"
#include "tests/support/sinkbatch.h"

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

static Suite *rtsp_suite ()
{
  Suite *suite = suite_create ("rtsp");
  TCase *tcase = tcase_create ("rtsp");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_camera);
  return suite;
}

GST_CHECK_MAIN (rtsp)
