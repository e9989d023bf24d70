/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A recording carries its numbers: what was stamped, encoded and written to a file is read from the
// decoded pictures again, by a reader that knows where numbers stand and nothing else.
//
// test_recording: strokes so thin or of such a colour that an encoder smears them; ink that moves
//   from frame to frame; a stamp that is clipped; a number on another frame than its own.
// test_recording_by_time: numbers that do not fit the times of a file that rounds them to
//   milliseconds.
//
// The reader sees the lower right corner of the picture, as black on white where it is red. 97 of
// 100 numbers is the bar: what is missing is the reader's, on a number over a noisy ground.

#include "tests/support/numberreader.h"
#include "tests/support/temporarydirectory.h"

#include <gst/video/video.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/handles.h"
#include "tests/support/pipeline.h"
#include "tests/support/pixels.h"

namespace {

constexpr double kBar = 0.97;

// What the test is made of, and not all of it everywhere.
constexpr const char *kElements[] = {"numproverlay",  "x264enc",     "h264parse",
                                     "matroskamux",   "avdec_h264",  "videotestsrc",
                                     "matroskademux", "videobalance"};

/** @return the digits on a frame */
std::string read_number (NumberReader &reader, GstBuffer *rgb, const GstVideoInfo &info)
{
  GstVideoFrame frame;
  GstVideoInfo plain = info;
  fail_unless (gst_video_frame_map (&frame, &plain, rgb, GST_MAP_READ));
  const std::string digits =
      reader.read ({static_cast<const guint8 *> (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)),
                    GST_VIDEO_FRAME_WIDTH (&frame), GST_VIDEO_FRAME_HEIGHT (&frame),
                    GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0)});
  gst_video_frame_unmap (&frame);
  return digits;
}

struct Scene {
  const char *name;
  const char *source;  // what videotestsrc shows, and what is done to it
  int width, height, frames;
  guint64 start;
  int kbit;
};

constexpr const char *kBall =
    "pattern=ball animation-mode=frames motion=wavy background-color=0xff40a060";
// Rings that run through the corner, finer and faster than any film.
constexpr const char *kRings = "pattern=zone-plate kx2=12 ky2=12 kt=3";
constexpr const char *kNoise = "pattern=snow ! videobalance contrast=0.3";

constexpr Scene kScenes[] = {
    {"ball", kBall, 336, 336, 160, 0, 1000},       {"rings", kRings, 336, 336, 150, 925, 1000},
    {"noise", kNoise, 336, 336, 150, 4870, 2000},  {"ball", kBall, 1280, 720, 150, 60, 1500},
    {"rings", kRings, 1280, 720, 150, 9200, 2000},
};

// Plays a source into a file, and the file to somebody who looks at its pictures, in RGB.
// Returns how many there were.
template <typename Look>
int record (const std::string &source, const std::string &overlay, int kbit, Look look)
{
  const TemporaryDirectory directory;
  const std::string file = (directory.path () / "recording.mkv").string ();
  Pipeline recorder (source + " ! " + overlay + " ! x264enc speed-preset=veryfast key-int-max=50 " +
                     "bitrate=" + std::to_string (kbit) + " ! h264parse ! matroskamux ! filesink " +
                     "location=" + file);
  recorder.run ();

  Pipeline player ("filesrc location=" + file +
                   " ! matroskademux ! h264parse ! avdec_h264 max-threads=1 ! videoconvert ! "
                   "video/x-raw,format=RGB ! appsink name=out max-buffers=4");
  player.set_state (GST_STATE_PLAYING);
  int frames = 0;
  while (const Buffer frame = player.pull ("out")) {
    look (frame.get ());
    ++frames;
  }
  player.wait_for_eos ();
  return frames;
}

std::string caps_of (int width, int height)
{
  return "video/x-raw,width=" + std::to_string (width) + ",height=" + std::to_string (height) +
         ",framerate=25/1";
}

}  // namespace

GST_START_TEST (test_recording)
{
  const Scene &scene = kScenes[__i__];
  const std::string caps = caps_of (scene.width, scene.height);
  const GstVideoInfo info = info_from (caps + ",format=RGB");
  NumberReader reader;
  guint64 next = scene.start;
  int right = 0;
  std::string wrong;
  const int frames = record ("videotestsrc num-buffers=" + std::to_string (scene.frames) + " " +
                                 scene.source + " ! " + caps + ",format=I420",
                             "numproverlay start=" + std::to_string (scene.start), scene.kbit,
                             [&] (GstBuffer *frame) {
                               const std::string truth = std::to_string (next++);
                               const std::string seen = read_number (reader, frame, info);
                               if (seen == truth)
                                 ++right;
                               else
                                 wrong += " " + truth + ":" + seen;
                             });
  fail_unless_equals_int (frames, scene.frames);

  const double rate = static_cast<double> (right) / frames;
  g_print ("%s at %dx%d, %d kbit/s: %d of %d numbers read (%.1f %%);%s\n", scene.name, scene.width,
           scene.height, scene.kbit, right, frames, 100 * rate,
           wrong.empty () ? " none wrong" : wrong.c_str ());
  fail_unless (rate >= kBar, "%s at %dx%d: %.1f %%", scene.name, scene.width, scene.height,
               100 * rate);
}
GST_END_TEST;

GST_START_TEST (test_recording_by_time)
{
  // Five numbers a second at 29.97 frames per second: slots begin between frames.
  const std::string caps = "video/x-raw,width=336,height=336,framerate=30000/1001";
  const GstVideoInfo info = info_from (caps + ",format=RGB");
  NumberReader reader;
  int right = 0;
  const int frames = record (
      std::string ("videotestsrc num-buffers=90 ") + kBall + " ! " + caps + ",format=I420",
      "numproverlay numbering=time rate=5/1 start=20", 1000, [&] (GstBuffer *frame) {
        // A millisecond is what the file may take from a time.
        const GstClockTime time = GST_BUFFER_PTS (frame) + GST_MSECOND;
        right += read_number (reader, frame, info) == std::to_string (20 + time * 5 / GST_SECOND);
      });
  fail_unless_equals_int (frames, 90);
  g_print ("by time: %d of %d numbers read\n", right, frames);
  fail_unless (right >= kBar * frames, "%d of %d", right, frames);
}
GST_END_TEST;

static Suite *recording_suite ()
{
  Suite *suite = suite_create ("recording");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_recording, 0, G_N_ELEMENTS (kScenes));
  tcase_add_test (tcase, test_recording_by_time);
  return suite;
}

int main (int argc, char **argv)
{
  // One small picture at a time is no work for several threads.
  g_setenv ("OMP_THREAD_LIMIT", "1", TRUE);
  gst_check_init (&argc, &argv);
  for (const char *name : kElements) {
    const std::unique_ptr<GstElementFactory, Freer<gst_object_unref>> factory (
        gst_element_factory_find (name));
    if (!factory) {
      g_print ("no element %s: nothing to record with\n", name);
      return 77;
    }
  }
  return gst_check_run_suite (recording_suite (), "recording", __FILE__);
}
