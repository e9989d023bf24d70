/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Numbers that go into a recording and come out again.
//
// test_containers: a number, slot or wall-clock time on another frame than its own, or none, behind
//   H.264 and H.265 with B-frames, in MP4, fragmented MP4, Matroska and MPEG-TS.
// test_stream: the same over RTP.
// test_cut: the same once ffmpeg has cut it, or encoded it again with its messages; a stream that
//   ffmpeg complains of.
// test_second_parser: a message that mkvmerge's parser takes for part of another access unit.
// test_times: a frame that is said to be elsewhere in its slot or in the stream.
// test_look: a look or a place that is not that of the recording; a second number drawn over it.
// test_silent: a recording whose frames show no number, that stays without.
// test_without: a recording without numbers, that is silently numbered anew or shown.
// test_gaps: frames without a number that end a stream, or that nobody is told of.
// test_untouched: another's messages, or frames without a number, changed on their way.

#include <gst/numpro/numpro.h>
#include <gst/video/video-sei.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lib/recording/recordedmessage.h"
#include "lib/recording/recordednumber.h"
#include "tests/support/loopcheck.h"
#include "tests/support/overlaystream.h"
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
    {"H.265", 2000,
     "x265enc speed-preset=ultrafast key-int-max=60 option-string=bframes=3:open-gop=0",
     "h265parse", "numproseiextractor ! avdec_h265"},
};

std::string source_of (const Codec &codec, const std::string &overlay, int frames)
{
  return "videotestsrc num-buffers=" + std::to_string (frames) +
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
  std::string line = source_of (codec, overlay, codec.frames) + "tee name=all ";
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
  Pipeline pipeline (source_of (codec, "", codec.frames) + "rtp" + payload +
                     "pay config-interval=-1 ! rtp" + payload + "depay ! " + codec.parser + " ! " +
                     codec.decoder + " ! numproverlay numbering=recorded ! appsink name=out");
  probe (pipeline, "overlay", "sink", add_utc, nullptr);
  probe (pipeline, "overlay", "src", add_row, &written);
  pipeline.set_state (GST_STATE_PLAYING);
  const std::vector<Row> read = rows_of (pipeline.pull_all ("out"));
  assert_same (read, written, payload);
}
GST_END_TEST;

// Runs a program that is to say nothing.
void run_quietly (std::vector<std::string> words)
{
  std::vector<char *> arguments;
  for (std::string &word : words)
    arguments.push_back (word.data ());
  arguments.push_back (nullptr);
  gchar *said = nullptr;
  GError *error = nullptr;
  gint status = 0;
  const bool ran = g_spawn_sync (nullptr, arguments.data (), nullptr, G_SPAWN_SEARCH_PATH, nullptr,
                                 nullptr, nullptr, &said, &status, &error);
  const Text words_said (said);
  fail_unless (ran, "%s", error ? error->message : "");
  fail_unless (status == 0 && *said == '\0', "%s", said);
}

void run_ffmpeg (const std::vector<std::string> &words)
{
  std::vector<std::string> all = {"ffmpeg", "-nostdin", "-v", "error", "-y"};
  all.insert (all.end (), words.begin (), words.end ());
  run_quietly (all);
}

GST_START_TEST (test_cut)
{
  const Codec &codec = kCodecs[__i__];
  const TemporaryDirectory directory;
  const std::string path = (directory.path () / "recording").string ();
  const std::string whole = path + ".mp4", cut = path + ".cut.mkv", moved = path + ".cut.ts";
  const std::vector<Row> written =
      record (source_of (codec, "start=1000", 300) + "mp4mux ! filesink location=" + whole);
  run_ffmpeg ({"-i", whole, "-c", "copy", "-f", "null", "-"});
  // From the key frame at 120 on, for as long as 119 others.
  run_ffmpeg ({"-ss", "4.1", "-i", whole, "-t", "4", "-c", "copy", cut});
  run_ffmpeg ({"-i", cut, "-c", "copy", moved});
  const std::vector<Row> of_cut = rows_of (play (reader_of (cut, "matroskademux", codec)));
  fail_unless (of_cut.size () > 100 && of_cut.size () < 200, "%zu frames", of_cut.size ());
  const auto left_out = static_cast<std::ptrdiff_t> (of_cut[0].number - written[0].number);
  fail_unless_equals_int (left_out, 120);
  const auto begin = written.begin () + left_out;
  assert_same (of_cut, {begin, begin + std::ssize (of_cut)}, "cut");
  const std::vector<Row> of_moved = rows_of (play (reader_of (moved, "tsdemux", codec)));
  const std::ptrdiff_t lost = std::ssize (of_cut) - std::ssize (of_moved);
  fail_unless (lost >= 0 && lost <= 1, "%zu frames", of_moved.size ());
  assert_same (of_moved, {begin + lost, begin + std::ssize (of_cut)}, "moved");
}
GST_END_TEST;

// mkvmerge has parsers of its own, which cut the bare stream into access units again.
GST_START_TEST (test_second_parser)
{
  const Codec &codec = kCodecs[__i__];
  const TemporaryDirectory directory;
  const std::string path = (directory.path () / "stream").string (), merged = path + ".mkv";
  const std::vector<Row> written = record (
      source_of (codec, "start=1000", 300) + (__i__ == 0 ? "video/x-h264" : "video/x-h265") +
      ",stream-format=byte-stream ! filesink location=" + path);
  run_quietly ({"mkvmerge", "-q", "-o", merged, "--default-duration", "0:30000/1001fps", path});
  assert_same (rows_of (play (reader_of (merged, "matroskademux", codec))), written, merged);
}
GST_END_TEST;

// A short recording of frames that begin black. @return what was recorded of each frame
std::vector<Buffer> play_again (const std::string &overlay, const std::string &reader,
                                int frames = 10)
{
  return play ("videotestsrc num-buffers=" + std::to_string (frames) +
               " pattern=solid-color foreground-color=0xff000000 ! "
               "video/x-raw,format=I420,width=320,height=240,framerate=5/1 ! numproverlay " +
               overlay +
               " ! x264enc tune=zerolatency ! numproseiinserter ! h264parse ! avdec_h264 ! "
               "numproverlay numbering=recorded color=0xff0000ff " +
               reader + " ! appsink name=out");
}

// The highest Cb and Cr of a frame: of blue and of red ink.
std::pair<int, int> chroma_of (GstBuffer *frame)
{
  GstVideoInfo info;
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, 320, 240);
  GstVideoFrame mapped;
  fail_unless (gst_video_frame_map (&mapped, &info, frame, GST_MAP_READ));
  std::pair<int, int> highest;
  for (int y = 0; y < 120; ++y) {
    const auto row = [&] (guint plane) {
      return GST_VIDEO_FRAME_COMP_DATA (&mapped, plane) +
             y * GST_VIDEO_FRAME_COMP_STRIDE (&mapped, plane);
    };
    highest.first = std::max<int> (highest.first, *std::max_element (row (1), row (1) + 160));
    highest.second = std::max<int> (highest.second, *std::max_element (row (2), row (2) + 160));
  }
  gst_video_frame_unmap (&mapped);
  return highest;
}

struct Times {
  GstClockTime pts, slot_start;
};

GstPadProbeReturn add_times (GstPad *, GstPadProbeInfo *info, gpointer times)
{
  GstBuffer *frame = GST_PAD_PROBE_INFO_BUFFER (info);
  static_cast<std::vector<Times> *> (times)->push_back (
      {GST_BUFFER_PTS (frame), gst_buffer_get_numpro_meta (frame)->slot_start});
  return GST_PAD_PROBE_OK;
}

// Within one pipeline running times are the same before and behind.
GST_START_TEST (test_times)
{
  std::vector<Times> written;
  Pipeline pipeline (
      "videotestsrc num-buffers=60 ! video/x-raw,width=64,height=64,framerate=30/1 ! numproverlay "
      "name=overlay numbering=time rate=7/1 ! x264enc tune=zerolatency ! numproseiinserter ! "
      "h264parse ! avdec_h264 ! numproverlay numbering=recorded ! appsink name=out");
  probe (pipeline, "overlay", "src", add_times, &written);
  pipeline.set_state (GST_STATE_PLAYING);
  const std::vector<Buffer> frames = pipeline.pull_all ("out");
  fail_unless_equals_uint64 (frames.size (), 60);
  for (std::size_t i = 0; i < frames.size (); ++i) {
    const auto [pts, slot_start] = written[i];
    const auto message = numpro::recorded_message_of (frames[i].get ());
    fail_unless (message.has_value ());
    const auto number = numpro::from_bytes (*message);
    fail_unless (number.has_value ());
    fail_unless_equals_uint64 (number->stream_time, pts);
    fail_unless_equals_int64 (number->into_slot, GST_CLOCK_DIFF (slot_start, pts));
    fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (frames[i].get ())->slot_start,
                               slot_start);
  }
}
GST_END_TEST;

GST_START_TEST (test_look)
{
  const std::vector<Buffer> frames =
      play_again ("start=7 halignment=left valignment=top color=0xffff2000 deltax=-3", "");
  const std::vector<Buffer> same = play (
      "videotestsrc num-buffers=1 ! video/x-raw,format=I420,width=320,height=240 ! "
      "numproverlay start=7 halignment=left valignment=top color=0xffff2000 deltax=-3 ! "
      "appsink name=out");
  fail_unless_equals_uint64 (frames.size (), 10);
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (frames[0].get ());
  const GstNumproMeta *drawn = gst_buffer_get_numpro_meta (same[0].get ());
  fail_unless (gst_numpro_look_equal (&meta->look, &drawn->look));
  fail_unless_equals_int (meta->x, drawn->x);
  fail_unless_equals_int (meta->y, drawn->y);
  fail_unless_equals_int (meta->width, drawn->width);
  fail_unless_equals_int (meta->height, drawn->height);
  fail_unless_equals_int (meta->digit_height, drawn->digit_height);
  fail_unless_equals_int (meta->frame_width, 320);
  fail_unless_equals_int (meta->frame_height, 240);
  fail_unless_equals_int (meta->frame_par_n, drawn->frame_par_n);
  fail_unless_equals_int (meta->frame_par_d, drawn->frame_par_d);
  const auto [blue, red] = chroma_of (frames[0].get ());
  fail_unless (red > 180 && blue < 140, "Cb up to %d, Cr up to %d", blue, red);
}
GST_END_TEST;

GST_START_TEST (test_silent)
{
  const std::vector<Buffer> frames = play_again ("start=7 silent=true", "");
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (frames[3].get ());
  fail_unless_equals_uint64 (meta->number, 10);
  fail_unless_equals_int (meta->look.stamp, GST_NUMPRO_STAMP_NUMBER);
  fail_unless_equals_int (meta->look.color, 0xff0000ff);
  fail_unless (meta->width > 0 && meta->digit_height > 0);
  const auto [blue, red] = chroma_of (frames[3].get ());
  fail_unless (blue > 180 && red < 140, "Cb up to %d, Cr up to %d", blue, red);

  const std::vector<Buffer> bare = play_again ("silent=true", "silent=true");
  fail_unless_equals_int (gst_buffer_get_numpro_meta (bare[3].get ())->look.stamp,
                          GST_NUMPRO_STAMP_NONE);
  fail_unless (chroma_of (bare[3].get ()) == std::pair (128, 128));
}
GST_END_TEST;

// Longer than a second, and shorter.
GST_START_TEST (test_without)
{
  for (const char *frames : {"30", "2"}) {
    Pipeline pipeline (std::string ("videotestsrc num-buffers=") + frames +
                       " ! video/x-raw,width=64,height=64,framerate=10/1 ! x264enc ! "
                       "numproseiinserter name=inserter ! h264parse ! avdec_h264 ! "
                       "numproverlay name=reader numbering=recorded ! fakesink");
    pipeline.set_state (GST_STATE_PLAYING);
    const Message message = pipeline.wait_for (GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
    GError *error = nullptr;
    fail_unless (GST_MESSAGE_TYPE (message.get ()) == GST_MESSAGE_ERROR, "no error");
    gst_message_parse_error (message.get (), &error, nullptr);
    const Error owned (error);
    fail_unless (std::string (error->message).starts_with ("This recording carries no numbers."),
                 "%s", error->message);
    fail_unless (std::string (error->message).find ("numproseiinserter") != std::string::npos);
    // It does not take all of the recording to know.
    fail_unless (stat (pipeline.child ("reader").get (), "without-number") <= 10);
    const Element inserter = pipeline.child ("inserter");
    fail_unless_equals_uint64 (stat (inserter.get (), "inserted"), 0);
    fail_unless (stat (inserter.get (), "without-number") > 0);
    fail_unless_equals_uint64 (stat (inserter.get (), "without-number"),
                               stat (inserter.get (), "frames"));
  }
}
GST_END_TEST;

// Drops the message of some frames.
GstPadProbeReturn drop_messages (GstPad *, GstPadProbeInfo *info, gpointer frames)
{
  GstBuffer *frame = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_DATA (info) = frame;
  const int index = (*static_cast<int *> (frames))++;
  if (index != 0 && index != 1 && index != 5)
    return GST_PAD_PROBE_OK;
  GstMeta *meta = gst_buffer_get_meta (frame, GST_VIDEO_SEI_USER_DATA_UNREGISTERED_META_API_TYPE);
  while (meta) {
    gst_buffer_remove_meta (frame, meta);
    meta = gst_buffer_get_meta (frame, GST_VIDEO_SEI_USER_DATA_UNREGISTERED_META_API_TYPE);
  }
  return GST_PAD_PROBE_OK;
}

GST_START_TEST (test_gaps)
{
  Pipeline pipeline (
      "videotestsrc num-buffers=10 ! video/x-raw,width=320,height=240,framerate=5/1 ! "
      "numproverlay ! x264enc tune=zerolatency ! numproseiinserter ! h264parse ! avdec_h264 ! "
      "numproverlay name=reader numbering=recorded ! appsink name=out");
  int frames = 0;
  probe (pipeline, "reader", "sink", drop_messages, &frames);
  pipeline.set_state (GST_STATE_PLAYING);
  std::vector<guint64> numbers;
  for (const Buffer &frame : pipeline.pull_all ("out"))
    numbers.push_back (row_of (frame.get ()).number);
  const std::vector<guint64> expected = {2, 3, 4, 4, 6, 7, 8, 9};
  fail_unless (numbers == expected);
  fail_unless_equals_uint64 (stat (pipeline.child ("reader").get (), "without-number"), 3);
  const Message warning = pipeline.wait_for (GST_MESSAGE_WARNING);
  GError *error = nullptr;
  gst_message_parse_warning (warning.get (), &error, nullptr);
  const Error owned (error);
  fail_unless (std::string (error->message).find ("no number for one of its frames") !=
               std::string::npos);
  fail_unless (gst_bus_pop_filtered (pipeline.bus (), GST_MESSAGE_WARNING) == nullptr);
}
GST_END_TEST;

// Whether one is the other with something put in somewhere.
bool is_within (const std::vector<guint8> &before, const std::vector<guint8> &after)
{
  const auto from = std::mismatch (before.begin (), before.end (), after.begin (), after.end ());
  const std::vector<guint8> rest (from.first, before.end ());
  return rest.size () <= static_cast<std::size_t> (after.end () - from.second) &&
         std::equal (rest.rbegin (), rest.rend (), after.rbegin ());
}

// x264 has a message of its own in the first access unit.
GST_START_TEST (test_untouched)
{
  const auto encode = [] (const std::string &overlay, const std::string &inserter) {
    return play ("videotestsrc num-buffers=20 ! video/x-raw,width=64,height=64 ! " + overlay +
                 "x264enc threads=1 ! video/x-h264,stream-format=byte-stream ! " + inserter +
                 "appsink name=out");
  };
  for (const std::string overlay : {"", "numproverlay ! "}) {
    const std::vector<Buffer> before = encode (overlay, "");
    const std::vector<Buffer> after = encode (overlay, "numproseiinserter ! ");
    fail_unless_equals_uint64 (after.size (), before.size ());
    for (std::size_t i = 0; i < after.size (); ++i) {
      const std::vector<guint8> old = bytes_of (before[i].get ()), now = bytes_of (after[i].get ());
      fail_unless ((now.size () > old.size ()) == !overlay.empty ());
      fail_unless (is_within (old, now), "frame %zu has lost something", i);
      fail_unless_equals_uint64 (GST_BUFFER_PTS (after[i].get ()),
                                 GST_BUFFER_PTS (before[i].get ()));
      fail_unless_equals_uint64 (GST_BUFFER_DTS (after[i].get ()),
                                 GST_BUFFER_DTS (before[i].get ()));
      fail_unless_equals_uint64 (GST_BUFFER_FLAGS (after[i].get ()) & GST_BUFFER_FLAG_DELTA_UNIT,
                                 GST_BUFFER_FLAGS (before[i].get ()) & GST_BUFFER_FLAG_DELTA_UNIT);
    }
  }
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
  tcase_add_loop_test (tcase, test_second_parser, 0, 2);
  tcase_add_loop_test (tcase, test_cut, 0, 2);
  tcase_add_test (tcase, test_times);
  tcase_add_test (tcase, test_look);
  tcase_add_test (tcase, test_silent);
  tcase_add_test (tcase, test_without);
  tcase_add_test (tcase, test_gaps);
  tcase_add_test (tcase, test_untouched);
  return suite;
}

GST_CHECK_MAIN (recorded_numbers)
