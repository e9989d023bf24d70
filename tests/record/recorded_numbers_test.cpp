/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Numbers that go into a recording and come out again.
//
// test_containers: a number, slot or wall-clock time on another frame than its own, or none, behind
//   H.264 and H.265 with B-frames, in MP4, fragmented MP4, Matroska and MPEG-TS.
// test_stream: the same over RTP.
// test_look: a look or a place that is not that of the recording; a second number drawn over it.
// test_silent: a recording whose frames show no number, that stays without.
// test_without: a recording without numbers, that is silently numbered anew or shown.
// test_gaps: frames without a number that end a stream, or that nobody is told of.
// test_untouched: another's messages, or frames without a number, changed on their way.

#include <gst/numpro/numpro.h>
#include <gst/video/video-sei.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/loopcheck.h"
#include "tests/support/pipeline.h"
#include "tests/support/temporarydirectory.h"

namespace {

constexpr GstClockTime kUtc = 1'700'000'000 * GST_SECOND;

struct Row {
  guint64 number, slot;
  GstClockTime slot_duration, utc;
  bool operator== (const Row &) const = default;
};

GstCaps *unix_clock ()
{
  static GstCaps *const caps = gst_caps_new_empty_simple ("timestamp/x-unix");
  return caps;
}

Row row_of (GstBuffer *frame)
{
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (frame);
  fail_unless (meta != nullptr, "a frame without a number");
  const auto *utc = gst_buffer_get_reference_timestamp_meta (frame, unix_clock ());
  return {meta->number, meta->slot, meta->slot_duration,
          utc ? utc->timestamp : GST_CLOCK_TIME_NONE};
}

// Each frame is from another time of day, some seven and a half milliseconds later than its time.
GstPadProbeReturn add_utc (GstPad *, GstPadProbeInfo *info, gpointer)
{
  GstBuffer *frame = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_DATA (info) = frame;
  gst_buffer_add_reference_timestamp_meta (
      frame, unix_clock (), kUtc + GST_BUFFER_PTS (frame) * 5 / 4 + 7'654'321, GST_CLOCK_TIME_NONE);
  return GST_PAD_PROBE_OK;
}

GstPadProbeReturn add_row (GstPad *, GstPadProbeInfo *info, gpointer rows)
{
  static_cast<std::vector<Row> *> (rows)->push_back (row_of (GST_PAD_PROBE_INFO_BUFFER (info)));
  return GST_PAD_PROBE_OK;
}

void probe (const Pipeline &pipeline, const char *element, const char *name,
            GstPadProbeCallback callback, gpointer data)
{
  GstPad *pad = gst_element_get_static_pad (pipeline.child (element).get (), name);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, callback, data, nullptr);
  gst_object_unref (pad);
}

// Plays a launch line whose numproverlay is called "overlay", with times of day. @return its rows
std::vector<Row> record (const std::string &line)
{
  std::vector<Row> rows;
  Pipeline pipeline (line);
  probe (pipeline, "overlay", "sink", add_utc, nullptr);
  probe (pipeline, "overlay", "src", add_row, &rows);
  pipeline.run ();
  return rows;
}

std::vector<Row> rows_of (const std::vector<Buffer> &frames)
{
  std::vector<Row> rows;
  for (const Buffer &frame : frames)
    rows.push_back (row_of (frame.get ()));
  return rows;
}

void assert_same (const std::vector<Row> &read, const std::vector<Row> &written,
                  const std::string &where)
{
  fail_unless (read.size () == written.size (), "%s: %zu frames of %zu", where.c_str (),
               read.size (), written.size ());
  for (std::size_t i = 0; i < read.size (); ++i)
    fail_unless_in_loop (read[i] == written[i],
                         "%s: frame %zu has number %" G_GUINT64_FORMAT
                         " instead of %" G_GUINT64_FORMAT,
                         where.c_str (), i, read[i].number, written[i].number);
}

struct Codec {
  const char *name;
  int frames;
  const char *encoder, *parser, *decoder;
};

constexpr Codec kCodecs[] = {
    {"H.264", 10000, "x264enc speed-preset=ultrafast bframes=3 b-adapt=false key-int-max=60",
     "h264parse", "avdec_h264"},
    {"H.265", 2000, "x265enc speed-preset=ultrafast key-int-max=60 option-string=bframes=3",
     "h265parse", "numproseiextractor ! avdec_h265"},
};

std::string source_of (const Codec &codec, const std::string &overlay)
{
  return "videotestsrc num-buffers=" + std::to_string (codec.frames) +
         " pattern=solid-color foreground-color=0xff000000 ! "
         "video/x-raw,format=I420,width=64,height=64,framerate=30000/1001 ! numproverlay "
         "name=overlay " +
         overlay + " ! " + codec.encoder + " ! numproseiinserter ! " + codec.parser + " ! ";
}

constexpr const char *kQueue = "queue max-size-buffers=0 max-size-bytes=0 max-size-time=0";

std::string reader_of (const std::string &file, const std::string &demuxer, const Codec &codec)
{
  return "filesrc location=" + file + " ! " + demuxer + " ! " + codec.parser + " ! " +
         codec.decoder + " ! numproverlay numbering=recorded ! appsink name=out";
}

}  // namespace

GST_START_TEST (test_containers)
{
  const Codec &codec = kCodecs[__i__ / 2];
  // Numbers that wrap and begin far up, one a frame; seven a second, several frames each.
  const std::string overlay = __i__ % 2 == 0 ? "start=18446744073709550615 wrap=1000"
                                             : "numbering=time rate=7/1 start=4294967290";
  const TemporaryDirectory directory;
  const std::string path = (directory.path () / "recording").string ();
  struct Container {
    const char *extension, *muxer, *demuxer;
    std::size_t left_out = 0;  // of the last frames
  };
  constexpr Container kContainers[] = {
      {".mp4", "mp4mux", "qtdemux"},
      // mp4mux leaves out the edit list by which B-frames begin at 0, and qtdemux then the frames
      // that are two too late.
      {".fragmented.mp4", "mp4mux fragment-duration=500", "qtdemux", 2},
      {".mkv", "matroskamux", "matroskademux"},
      {".ts", "mpegtsmux", "tsdemux"},
  };
  std::string line = source_of (codec, overlay) + "tee name=all ";
  for (const Container &container : kContainers)
    line += std::string ("all. ! ") + kQueue + " ! " + codec.parser + " ! " + container.muxer +
            " ! filesink location=" + path + container.extension + " ";
  const std::vector<Row> written = record (line);
  fail_unless_equals_uint64 (written.size (), codec.frames);
  for (const Container &container : kContainers) {
    const std::vector<Buffer> frames =
        play (reader_of (path + container.extension, container.demuxer, codec));
    const std::vector<Row> expected (
        written.begin (), written.end () - static_cast<std::ptrdiff_t> (container.left_out));
    assert_same (rows_of (frames), expected, std::string (codec.name) + container.extension);
  }
}
GST_END_TEST;

GST_START_TEST (test_stream)
{
  const Codec &codec = kCodecs[__i__];
  const std::string payload = __i__ == 0 ? "h264" : "h265";
  std::vector<Row> written;
  Pipeline pipeline (source_of (codec, "") + "rtp" + payload + "pay config-interval=-1 ! rtp" +
                     payload + "depay ! " + codec.parser + " ! " + codec.decoder +
                     " ! numproverlay numbering=recorded ! appsink name=out");
  probe (pipeline, "overlay", "sink", add_utc, nullptr);
  probe (pipeline, "overlay", "src", add_row, &written);
  pipeline.set_state (GST_STATE_PLAYING);
  const std::vector<Row> read = rows_of (pipeline.pull_all ("out"));
  assert_same (read, written, payload);
}
GST_END_TEST;

static Suite *recorded_numbers_suite ()
{
  Suite *suite = suite_create ("recorded numbers");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_set_timeout (tcase, 200);
  tcase_add_loop_test (tcase, test_containers, 0, 4);
  tcase_add_loop_test (tcase, test_stream, 0, 2);
  return suite;
}

GST_CHECK_MAIN (recorded_numbers)
