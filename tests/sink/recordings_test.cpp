/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Recordings as cameras, phones and servers make them, from a file through a decoder: numbers,
// times and batches to the millisecond. GStreamer's own elements record and read them.
//
// test_reordered: frames that are stored in another order than they are seen (B-frames), with
//   numbers in the order of the file, or another frame's picture.
// test_irregular: times of frames at no fixed rate, replaced by those of a rate; numbers that are
//   wrong where the file says nothing of a rate; frames that are over at once.
// test_rounded: numbers one too low in a file that rounds times, where no rate is known.
// test_late_picture: an MP4 file whose edit list says that the picture begins later than the sound.
// test_late_camera: numbers that are ahead of a recording by something else than what a camera was
//   late, or are ahead although they were reset.
// test_wrapped_timestamps: an MPEG-TS whose 33 bits of time wrap in the middle.
// test_hls_discontinuity: a playlist whose parts have times and sizes of their own.
// test_split_recording: numbers that begin anew, or get lost, where splitmuxsink begins a new file.
// test_concat: two files one after the other, in one batch, or with the same running times.
// test_segment_loop: loops without a flush that lose samples, or number them as before.
// test_longer_sound: a picture that ends before the sound, and its last batch after that only.
// test_interlaced: fields numbered as frames, or frames as fields.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/pipeline.h"
#include "tests/support/sinkpipeline.h"
#include "tests/support/streamoutcome.h"
#include "tests/support/temporarydirectory.h"
#include "tests/support/watchdog.h"

namespace {

using Pad = std::unique_ptr<GstPad, Freer<gst_object_unref>>;

constexpr const char *kCaps = "video/x-raw,format=I420,width=160,height=120,framerate=";

std::string test_source (int frames, const std::string &rate, const std::string &properties = "")
{
  return "videotestsrc num-buffers=" + std::to_string (frames) + " " + properties + " ! " + kCaps +
         rate;
}

std::string reader_of (const std::filesystem::path &file)
{
  return "filesrc location=" + file.string () + " ! decodebin";
}

std::string writer_to (const std::filesystem::path &file)
{
  return " ! filesink location=" + file.string ();
}

void require_text (const std::string &text, const std::string &due, const std::string &what)
{
  fail_unless (text == due, "%s: %s instead of %s", what.c_str (), text.c_str (), due.c_str ());
}

void require_text (const StreamOutcome &outcome, const std::string &due, const std::string &what)
{
  require_text (outcome.text, due, what);
}

// Samples one after the other, from times in milliseconds on.
std::string samples (int first, int count, int stream, int running, int step)
{
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += (i ? " " : "") + std::to_string (first + i) + "@" + std::to_string (stream + i * step);
    if (running != stream)
      text += "(" + std::to_string (running + i * step) + ")";
    text += "+" + std::to_string (step);
  }
  return text;
}

// The timestamps of pictures in an MPEG-TS (ISO/IEC 13818-1, 2.4.3.7), of 90 kHz.
std::vector<guint64> timestamps_in (const std::filesystem::path &file)
{
  std::ifstream stream (file, std::ios::binary);
  const std::string bytes ((std::istreambuf_iterator<char> (stream)), {});
  const std::string start ("\0\0\1\xe0", 4);
  std::vector<guint64> times;
  for (std::size_t at = bytes.find (start); at != std::string::npos;
       at = bytes.find (start, at + 1)) {
    const auto byte = [&] (std::size_t i) { return static_cast<guint8> (bytes.at (at + i)); };
    if (byte (7) & 0x80)
      times.push_back (guint64{byte (9) >> 1 & 7u} << 30 | guint64{byte (10)} << 22 |
                       guint64{byte (11) >> 1 & 0x7fu} << 15 | guint64{byte (12)} << 7 |
                       byte (13) >> 1);
  }
  return times;
}

}  // namespace

GST_START_TEST (test_reordered)
{
  const struct {
    const char *muxer;
    int first;  // stream time of the first frame
  } kCases[] = {{"matroskamux", 0}, {"h264parse ! mp4mux", 0}, {"h264parse ! mpegtsmux", 325}};
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path () / "recording";
  std::vector<int> times;
  for (int i = 0; i < 12; ++i)
    times.push_back (i * 100);
  for (const auto &c : kCases) {
    record_frames ("10/1", times,
                   std::string ("x264enc bframes=3 b-adapt=false ! video/x-h264,profile=high ! ") +
                       c.muxer + writer_to (file));
    if (c.first > 0) {
      const std::vector<guint64> stored = timestamps_in (file);
      fail_if (std::is_sorted (stored.begin (), stored.end ()),
               "frames are stored as they are seen");
    }
    const StreamOutcome outcome = outcome_of (reader_of (file), "");
    require_text (outcome, samples (0, 12, c.first, 0, 100), c.muxer);
    for (guint i = 0; i < 12; ++i) {
      const int lightness = lightness_of (outcome.batches[0].get (), i);
      // Limited range is made full in a JPEG.
      const int due = (recorded_lightness (i) - 16) * 255 / 219;
      fail_unless (std::abs (lightness - due) <= 8, "%s: number %u is %d light instead of %d",
                   c.muxer, i, lightness, due);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_irregular)
{
  const std::vector<int> times = {0,   30,  60,  90,  120, 150, 220,  290,
                                  360, 430, 500, 530, 560, 590, 1900, 1930};
  std::string due;
  for (std::size_t i = 0; i + 1 < times.size (); ++i) {
    // Before the hole as long as the numbers before.
    const int stays = times[i + 1] == 1900 ? 30 : times[i + 1] - times[i];
    due += (times[i] == 1900 ? "~1280 " : "") + std::to_string (i) + "@" +
           std::to_string (times[i]) + "+" + std::to_string (stays) + " ";
  }
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path () / "irregular";
  const struct {
    const char *rate, *encoder, *last;
  } kCases[] = {{"0/1", "x264enc", "15@1930+30"},
                {"0/1", "vp8enc deadline=1", "15@1930+30"},
                {"0/1", "jpegenc", "15@1930+30"},
                // What recordings of no fixed rate promise; the file ends so soon after its last
                // frame, which lasts as long as those before all the same.
                {"1000/1", "x264enc", "15@1930+30"},
                {"90000/1", "x264enc", "15@1930+30"}};
  for (const auto &c : kCases) {
    record_frames (c.rate, times, std::string (c.encoder) + " ! matroskamux" + writer_to (file));
    require_text (outcome_of (reader_of (file), "", "max-gap=0"), due + c.last,
                  std::string (c.rate) + " " + c.encoder);
  }
}
GST_END_TEST

GST_START_TEST (test_rounded)
{
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path () / "rounded.mkv";
  const struct {
    const char *rate, *last;
  } kCases[] = {{"0/1", "6@2000+333"},
                {"3/1", "6@2000+333"},
                // As above
                {"1000/1", "6@2000+333"},
                {"90000/1", "6@2000+333"}};
  for (const auto &c : kCases) {
    record_frames (c.rate, {0, 333, 667, 1000, 1333, 1667, 2000},
                   "x264enc ! matroskamux" + writer_to (file));
    require_text (
        outcome_of (reader_of (file), "numbering=time rate=3"),
        std::string ("0@0+333 1@333+334 2@667+333 3@1000+333 4@1333+334 5@1667+333 ") + c.last,
        c.rate);
  }
}
GST_END_TEST

GST_START_TEST (test_late_picture)
{
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path () / "late.mp4";
  const std::string picture =
      test_source (20, "10/1", "timestamp-offset=5000000000") + " ! x264enc ! h264parse ! ";
  record (picture +
          "mux. audiotestsrc num-buffers=320 ! audio/x-raw,rate=44100 ! avenc_aac ! "
          "mux. mp4mux name=mux" +
          writer_to (file));
  require_text (outcome_of (reader_of (file), "numbering=time rate=2"),
                samples (10, 4, 5000, 5000, 500), "with sound");

  // Without sound mp4mux has the file begin with the picture.
  record (picture + "mp4mux" + writer_to (file));
  require_text (outcome_of (reader_of (file), "numbering=time rate=2"), samples (0, 4, 0, 0, 500),
                "without sound");
}
GST_END_TEST

GST_START_TEST (test_late_camera)
{
  const TemporaryDirectory directory;
  for (const char *muxer : {"h264parse ! mp4mux", "matroskamux"}) {
    for (const bool is_reset : {false, true}) {
      const std::filesystem::path file = directory.path () / "camera";
      Pipeline camera (test_source (20, "10/1", "timestamp-offset=3000000000") +
                       " ! identity name=gate ! numproverlay name=overlay numbering=time rate=2 ! "
                       "x264enc tune=zerolatency ! " +
                       muxer + writer_to (file));
      const Element overlay = camera.child ("overlay"), gate = camera.child ("gate");
      // As a camera, which delivers nothing before the pipeline plays.
      const Pad pad (gst_element_get_static_pad (gate.get (), "sink"));
      const gulong held = gst_pad_add_probe (
          pad.get (),
          static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER),
          [] (GstPad *, GstPadProbeInfo *, gpointer) { return GST_PAD_PROBE_OK; }, nullptr,
          nullptr);
      camera.set_state (GST_STATE_PAUSED);
      if (is_reset)
        g_signal_emit_by_name (overlay.get (), "reset");
      gst_pad_remove_probe (pad.get (), held);
      camera.run ();
      // The last one of four.
      fail_unless_equals_uint64 (property<guint64> (overlay.get (), "number"), is_reset ? 3 : 9);
      require_text (outcome_of (reader_of (file), "numbering=time rate=2"),
                    samples (0, 4, 0, 0, 500), muxer);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_wrapped_timestamps)
{
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path () / "wrapped.ts";
  // 2^33 ticks of 90 kHz are 95443.7 seconds, and mpegtsmux begins at an hour.
  record (test_source (50, "10/1", "timestamp-offset=91841000000000") +
          " ! x264enc tune=zerolatency ! h264parse ! mpegtsmux" + writer_to (file));
  const std::vector<guint64> times = timestamps_in (file);
  fail_unless_equals_int (times.size (), 50);
  fail_unless (times.front () > guint64{85895} * 100000 && times.back () < 400000,
               "nothing wraps: %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT, times.front (),
               times.back ());
  const StreamOutcome outcome = outcome_of (reader_of (file), "numbering=time rate=2");
  require_text (outcome, samples (0, 10, 125, 0, 500), "wrapped");
  fail_unless_equals_uint64 (outcome.counts.frames, 50);
}
GST_END_TEST

GST_START_TEST (test_hls_discontinuity)
{
  const TemporaryDirectory directory;
  const std::filesystem::path list = directory.path () / "list.m3u8";
  const std::string encoder = " ! x264enc tune=zerolatency key-int-max=10 ! h264parse ! mpegtsmux";
  record (test_source (20, "10/1") + encoder + writer_to (directory.path () / "one.ts"));
  record (
      "videotestsrc num-buffers=20 timestamp-offset=70000000000 ! "
      "video/x-raw,width=320,height=240,framerate=10/1" +
      encoder + writer_to (directory.path () / "two.ts"));
  std::ofstream (list) << "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n"
                          "#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:2.0,\none.ts\n"
                          "#EXT-X-DISCONTINUITY\n#EXTINF:2.0,\ntwo.ts\n#EXT-X-ENDLIST\n";
  const StreamOutcome outcome = outcome_of (
      "filesrc location=" + list.string () + " ! hlsdemux ! decodebin", "numbering=time rate=2");
  // MPEG-TS begins 125 ms after the playlist's time.
  require_text (outcome, "0@125+400 " + samples (1, 7, 525, 525, 500) + " 8@4025+100", "HLS");
  fail_unless_equals_uint64 (outcome.counts.frames, 40);
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (outcome.batches[0].get ());
  for (guint i = 0; i < 9; ++i)
    fail_unless_equals_int (gst_numpro_ledger_get_sample (ledger, i)->width, i < 5 ? 160 : 320);
}
GST_END_TEST

GST_START_TEST (test_concat)
{
  const TemporaryDirectory directory;
  const std::filesystem::path one = directory.path () / "1.mkv", two = directory.path () / "2.mkv";
  record (test_source (20, "10/1") + " ! x264enc ! matroskamux" + writer_to (one));
  record (test_source (15, "10/1") + " ! x264enc ! matroskamux" + writer_to (two));
  // Not decodebin, whose pads come in any order.
  const std::string decoder = " ! matroskademux ! h264parse ! avdec_h264 ! c. ";
  const std::string both = "filesrc location=" + one.string () + decoder +
                           "filesrc location=" + two.string () + decoder + "concat name=c";
  require_text (outcome_of (both, "numbering=time rate=2"),
                samples (0, 4, 0, 0, 500) + " | " + samples (4, 3, 0, 2000, 500), "concat");
  // Running time falls back to the start: numbers go on all the same.
  require_text (outcome_of (both + " adjust-base=false", "numbering=time rate=2"),
                samples (0, 4, 0, 0, 500) + " | " + samples (4, 3, 0, 0, 500), "adjust-base=false");
}
GST_END_TEST

GST_START_TEST (test_split_recording)
{
  const TemporaryDirectory directory;
  const std::string files = (directory.path () / "part").string ();
  // Numbers are drawn before the recording, of which they are to be a part.
  Pipeline recorder (test_source (60, "10/1") +
                     " ! numproverlay name=overlay ! x264enc tune=zerolatency key-int-max=10 ! "
                     "h264parse ! splitmuxsink max-size-time=2000000000 location=" +
                     files + "%d.mp4");
  recorder.set_state (GST_STATE_PLAYING);
  // Nor does splitmuxsink of GStreamer 1.22 always post the end of the stream.
  for (int closed = 0; closed < 3;) {
    const Message message = recorder.wait_for (GST_MESSAGE_ELEMENT);
    closed += gst_message_has_name (message.get (), "splitmuxsink-fragment-closed");
  }
  fail_unless_equals_uint64 (property<guint64> (recorder.child ("overlay").get (), "number"), 59);

  const char *const numbering = "numbering=time rate=2";
  const StreamOutcome whole =
      outcome_of ("splitmuxsrc location=" + files + "*.mp4 ! h264parse ! avdec_h264", numbering);
  require_text (whole, samples (0, 12, 0, 0, 500), "all files");
  for (int part = 0; part < 3; ++part) {
    const std::string file = files + std::to_string (part) + ".mp4";
    require_text (outcome_of (reader_of (file), numbering), samples (0, 4, 0, 0, 500), file);
    // As a part of the recording it goes on where the file before has ended.
    require_text (outcome_of (reader_of (file),
                              std::string (numbering) + " start=" + std::to_string (4 * part)),
                  samples (4 * part, 4, 0, 0, 500), file);
  }
}
GST_END_TEST

GST_START_TEST (test_segment_loop)
{
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path () / "loop.mp4";
  record (test_source (20, "10/1") + " ! x264enc key-int-max=10 ! h264parse ! mp4mux" +
          writer_to (file));
  SinkPipeline pipeline ("filesrc location=" + file.string () +
                             " ! qtdemux ! h264parse ! avdec_h264 ! "
                             "numproverlay numbering=time rate=2 reference-height=0 font-size=24",
                         "batch-size=0 batch-time=3600000000000 leaky-type=none");
  const auto seek = [&] (GstSeekFlags flags) {
    fail_unless (gst_element_seek (pipeline.get (), 1, GST_FORMAT_TIME, flags, GST_SEEK_TYPE_SET, 0,
                                   GST_SEEK_TYPE_SET, GST_SECOND));
  };
  gst_element_set_state (pipeline.get (), GST_STATE_PAUSED);
  gst_element_get_state (pipeline.get (), nullptr, nullptr, SinkPipeline::kPatience);
  seek (static_cast<GstSeekFlags> (GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_SEGMENT));
  gst_element_get_state (pipeline.get (), nullptr, nullptr, SinkPipeline::kPatience);
  pipeline.play ();
  for (int loop = 0; loop < 3; ++loop) {
    pipeline.wait_for (GST_MESSAGE_SEGMENT_DONE);
    seek (loop < 2 ? GST_SEEK_FLAG_SEGMENT : GST_SEEK_FLAG_NONE);
  }
  for (int loop = 0; loop < 4; ++loop) {
    const Batch batch = pipeline.pull ();
    fail_unless (batch != nullptr, "there is no batch of loop %d", loop);
    require_text (text_of (batch.get ()), samples (2 * loop, 2, 0, 1000 * loop, 500), "a loop");
  }
  fail_unless (pipeline.pull () == nullptr);
  pipeline.wait_for (GST_MESSAGE_EOS);
  // What was seen of the file before the first seek is told as lost.
  fail_unless_equals_uint64 (pipeline.counts ().delivered, 8);
  fail_unless_equals_uint64 (pipeline.counts ().waiting, 0);
  fail_unless_equals_uint64 (pipeline.counts ().dropped, pipeline.told ().size ());
}
GST_END_TEST

GST_START_TEST (test_longer_sound)
{
  const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path () / "sound.mkv";
  record (test_source (20, "10/1") +
          " ! x264enc ! mux. audiotestsrc num-buffers=172 ! audio/x-raw,rate=44100 ! avenc_aac ! "
          "mux. matroskamux name=mux" +
          writer_to (file));
  SinkPipeline pipeline (reader_of (file) +
                             " name=d d. ! queue ! audioconvert ! fakesink sync=true d. ! queue ! "
                             "numproverlay numbering=time rate=2 reference-height=0 font-size=24",
                         "batch-size=3 async=false");
  const gint64 start = g_get_monotonic_time ();
  pipeline.play ();
  for (const std::string &due : {samples (0, 3, 0, 0, 500), samples (3, 1, 1500, 1500, 500)}) {
    const Batch batch = pipeline.pull ();
    fail_unless (batch != nullptr);
    require_text (text_of (batch.get ()), due, "picture");
  }
  fail_unless (pipeline.pull () == nullptr);
  // The sound goes on until the fourth second.
  const gint64 picture_ended = g_get_monotonic_time () - start;
  pipeline.wait_for (GST_MESSAGE_EOS);
  const gint64 ended = g_get_monotonic_time () - start;
  fail_unless (picture_ended < ended - G_USEC_PER_SEC && ended > 3800 * 1000,
               "the picture ended after %d ms, and all of it after %d",
               static_cast<int> (picture_ended / 1000), static_cast<int> (ended / 1000));
}
GST_END_TEST

GST_START_TEST (test_interlaced)
{
  const std::string interlaced = test_source (20, "50/1") + " ! interlace field-pattern=1:1";
  require_text (outcome_of (interlaced, ""), samples (0, 10, 0, 0, 40), "frames of two fields");
  require_text (outcome_of (interlaced + " ! deinterlace", ""), samples (0, 20, 0, 0, 20),
                "a frame of each field");
  require_text (outcome_of (interlaced + " ! deinterlace fields=top", ""),
                samples (0, 10, 0, 0, 40), "a frame of every other field");
}
GST_END_TEST

static Suite *recordings_suite ()
{
  Suite *suite = suite_create ("recordings");
  TCase *tcase = tcase_create ("recordings");
  suite_add_tcase (suite, tcase);
  bound_checks (tcase, 60);
  tcase_add_test (tcase, test_reordered);
  tcase_add_test (tcase, test_irregular);
  tcase_add_test (tcase, test_rounded);
  tcase_add_test (tcase, test_late_picture);
  tcase_add_test (tcase, test_late_camera);
  tcase_add_test (tcase, test_wrapped_timestamps);
  tcase_add_test (tcase, test_hls_discontinuity);
  tcase_add_test (tcase, test_split_recording);
  tcase_add_test (tcase, test_concat);
  tcase_add_test (tcase, test_segment_loop);
  tcase_add_test (tcase, test_longer_sound);
  tcase_add_test (tcase, test_interlaced);
  return suite;
}

GST_CHECK_MAIN (recordings)
