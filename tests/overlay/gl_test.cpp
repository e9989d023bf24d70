/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Frames in the memory of OpenGL, through GStreamer's own elements and Mesa's renderer that needs
// no screen.
//
// test_blended: a number that gloverlaycompositor does not blend, or at another place, of another
//   size or colour than where it is drawn on frames in system memory.
// test_downloaded: numbers that are not drawn, or lost, where frames were in OpenGL's memory before
//   or are in between.

#include <gst/numpro/numpro.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/handles.h"
#include "tests/support/pipeline.h"
#include "tests/support/pixels.h"

namespace {

constexpr guint64 kFrames = 3;
constexpr const char *kSource =
    "videotestsrc num-buffers=3 pattern=white ! "
    "video/x-raw,format=RGBA,width=320,height=240,framerate=10/1 ! ";
constexpr const char *kOut = " ! gldownload ! video/x-raw,format=RGBA ! appsink name=out";

// No renderer is a part of GStreamer.
bool can_render ()
{
  const Element pipeline (
      gst_parse_launch ("videotestsrc num-buffers=1 ! glupload ! gldownload ! fakesink", nullptr));
  if (!pipeline)
    return false;
  const Bus bus (gst_element_get_bus (pipeline.get ()));
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  const Message end (gst_bus_timed_pop_filtered (
      bus.get (), 20 * GST_SECOND,
      static_cast<GstMessageType> (GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
  gst_element_set_state (pipeline.get (), GST_STATE_NULL);
  return end && GST_MESSAGE_TYPE (end.get ()) == GST_MESSAGE_EOS;
}

std::vector<Buffer> play_numbered (const std::string &line, guint64 start)
{
  std::vector<Buffer> frames = play (line);
  fail_unless_equals_uint64 (frames.size (), kFrames);
  for (guint64 i = 0; i < kFrames; ++i) {
    const GstNumproMeta *meta = gst_buffer_get_numpro_meta (frames[i].get ());
    fail_unless (meta && meta->number == start + i, "%s: another number, or none", line.c_str ());
  }
  return frames;
}

}  // namespace

GST_START_TEST (test_blended)
{
  for (const char *look : {"", "halignment=left valignment=top color=0xff0000ff outline=2"}) {
    const std::string overlay = std::string ("numproverlay start=41 ") + look;
    const auto drawn = play_numbered (kSource + overlay + " ! appsink name=out", 41);
    const auto blended = play_numbered (
        std::string (kSource) + "glupload ! " + overlay + " ! gloverlaycompositor" + kOut, 41);
    for (guint64 i = 0; i < kFrames; ++i) {
      const auto one = bytes_of (drawn[i].get ()), other = bytes_of (blended[i].get ());
      fail_unless_equals_uint64 (one.size (), other.size ());
      int most = 0, inked = 0;
      for (std::size_t j = 0; j < one.size (); ++j) {
        most = std::max (most, std::abs (one[j] - other[j]));
        inked += other[j] < 128;
      }
      fail_unless (inked > 200, "nothing is drawn");
      fail_unless (most <= 3, "%s: differs by %d", look, most);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_downloaded)
{
  const std::string plain = std::string (kSource) + "glupload" + kOut;
  const auto white = play (plain);
  for (const char *between : {"glupload ! gldownload ! numproverlay start=7",
                              "numproverlay start=7 ! glupload ! gldownload",
                              "numproverlay start=7 ! glupload ! glcolorconvert ! gldownload"}) {
    const auto frames = play_numbered (
        std::string (kSource) + between + " ! video/x-raw,format=RGBA ! appsink name=out", 7);
    fail_unless (bytes_of (frames[0].get ()) != bytes_of (white[0].get ()), "%s: nothing is drawn",
                 between);
  }
}
GST_END_TEST

static Suite *gl_suite ()
{
  Suite *suite = suite_create ("gl");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_blended);
  tcase_add_test (tcase, test_downloaded);
  return suite;
}

int main (int argc, char **argv)
{
  // What OpenGL has begun does not go on in another process.
  g_setenv ("CK_FORK", "no", TRUE);
  // Read when the first element asks for OpenGL.
  g_setenv ("GST_GL_PLATFORM", "egl", TRUE);
  g_setenv ("GST_GL_WINDOW", "egl-device", TRUE);
  g_setenv ("LIBGL_ALWAYS_SOFTWARE", "1", TRUE);
  gst_check_init (&argc, &argv);
  if (!can_render ()) {
    g_print ("skipped: there is no OpenGL that needs no screen (EGL_EXT_platform_device)\n");
    return 77;
  }
  return gst_check_run_suite (gl_suite (), "gl", __FILE__);
}
