/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Streams that lie on their side, as a phone held upright records them, and streams whose pixels
// are not square: what a model gets is what a player would show.
//
// test_images: images that are turned the wrong way, mirrored, or not at all; numbers that lie in
//   them, or stand elsewhere than the ledger says; a size in the ledger that is not the image's; a
//   max-edge that means the frame's edge and not the image's.
// test_pixels_and_turn: pixels that are square before the turn only.
// test_sheets: cells that lie; a sheet that is refused for what its pictures were before the turn,
//   or taken although it is too large after it.
// test_history: what is remembered and not turned.
// test_scopes: a tag of the whole medium before one of the stream, a tag that outlives its stream.
// test_middle: a tag that is thought to hold for what came before it.
// test_turned_upstream: frames that videoflip has turned already, turned again.
// test_phone_clip: a turn in an MP4 file that is not found.

#include "tests/support/temporarydirectory.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/jpegimage.h"
#include "tests/support/sinkharness.h"
#include "tests/support/sinkpipeline.h"

namespace {

// A tag, and what videoflip does to an upright frame to make it lie like that.
struct Lying {
  const char *tag, *from_upright;
};
constexpr Lying kLying[] = {
    {"rotate-0", "identity"},    {"rotate-90", "90l"},         {"rotate-180", "180"},
    {"rotate-270", "90r"},       {"flip-rotate-0", "horiz"},   {"flip-rotate-90", "ur-ll"},
    {"flip-rotate-180", "vert"}, {"flip-rotate-270", "ul-lr"},
};
constexpr const char *kFormats[] = {"I420", "NV12", "RGB", "UYVY", "v210"};

const GstNumproSample &sample_of (GstNumproBatch *batch, guint index = 0)
{
  return *gst_numpro_ledger_get_sample (gst_numpro_batch_get_ledger (batch), index);
}

JpegImage image_of (GstNumproBatch *batch, guint index = 0)
{
  return decode_jpeg (gst_numpro_batch_get_image (batch, sample_of (batch, index).image));
}

// The first batch of a launch line that ends before the numproverlay.
Batch batch_of (const std::string &source, const std::string &properties)
{
  SinkPipeline pipeline (source + " ! numproverlay start=88",
                         "batch-size=2 jpeg-quality=95 " + properties);
  pipeline.play ();
  Batch batch = pipeline.pull ();
  fail_unless (batch != nullptr, "no batch of %s", source.c_str ());
  return batch;
}

std::string upright_source (const std::string &format, int width, int height)
{
  return "videotestsrc num-buffers=2 pattern=smpte ! video/x-raw,framerate=1/1,width=" +
         std::to_string (width) + ",height=" + std::to_string (height) +
         ",format=" + (format == "v210" ? "UYVY" : format);
}

std::string lying_source (const Lying &lying, const std::string &format, int width, int height)
{
  return upright_source (format, width, height) +
         " ! videoflip video-direction=" + lying.from_upright +
         " ! videoconvert ! video/x-raw,format=" + format +
         " ! taginject tags=image-orientation=" + lying.tag;
}

// The mean difference of samples; and how many of a thousand differ by more than an edge that
// shifts by a fraction of a pixel.
struct Difference {
  double mean = 0, clear = 0;
};

Difference difference (const JpegImage &one, const JpegImage &other)
{
  Difference result;
  for (std::size_t i = 0; i < one.rgb.size (); ++i) {
    const int apart = std::abs (one.rgb[i] - other.rgb[i]);
    result.mean += apart;
    result.clear += apart > 40;
  }
  const auto count = static_cast<double> (one.rgb.size ());
  return {result.mean / count, 1000 * result.clear / count};
}

void check_same (const JpegImage &image, const JpegImage &upright, const std::string &what)
{
  fail_unless (image.width == upright.width && image.height == upright.height,
               "%s: %dx%d instead of %dx%d", what.c_str (), image.width, image.height,
               upright.width, upright.height);
  const Difference apart = difference (image, upright);
  fail_unless (apart.mean < 2 && apart.clear < 12, "%s: %.2f apart, %.1f of 1000 clearly",
               what.c_str (), apart.mean, apart.clear);
}

// How a track is to be turned, as its header says (ISO/IEC 14496-12, tkhd).
struct Turn {
  const char *from_upright;
  std::array<gint32, 4> matrix;  // a, b, c and d, of 16.16 bits
};
constexpr gint32 kOne = 0x10000;
constexpr Turn kTurns[] = {
    {"90l", {0, kOne, -kOne, 0}}, {"180", {-kOne, 0, 0, -kOne}}, {"90r", {0, -kOne, kOne, 0}}};

void record (const std::string &source, const std::filesystem::path &path)
{
  const Element pipeline (
      gst_parse_launch ((source +
                         " ! x264enc quantizer=1 pass=quant ! h264parse ! qtmux ! "
                         "filesink location=" +
                         path.string ())
                            .c_str (),
                        nullptr));
  const Bus bus (gst_element_get_bus (pipeline.get ()));
  gst_element_set_state (pipeline.get (), GST_STATE_PLAYING);
  const Message end (gst_bus_timed_pop_filtered (
      bus.get (), SinkPipeline::kPatience,
      static_cast<GstMessageType> (GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
  gst_element_set_state (pipeline.get (), GST_STATE_NULL);
  fail_unless (end && GST_MESSAGE_TYPE (end.get ()) == GST_MESSAGE_EOS);
}

// As phones do, and qtmux of GStreamer 1.22 does not.
void write_matrix (const std::filesystem::path &path, const std::array<gint32, 4> &matrix)
{
  std::fstream file (path, std::ios::in | std::ios::out | std::ios::binary);
  const std::string bytes ((std::istreambuf_iterator<char> (file)), {});
  const std::size_t header = bytes.find ("tkhd");
  fail_unless (header != std::string::npos);
  constexpr std::size_t kMatrix = 4 + 40, kRow = 12;
  for (std::size_t i = 0; i < matrix.size (); ++i) {
    const gint32 value = static_cast<gint32> (GINT32_TO_BE (matrix[i]));
    file.seekp (
        static_cast<std::streamoff> (header + kMatrix + i / 2 * kRow + i % 2 * sizeof value));
    file.write (reinterpret_cast<const char *> (&value), sizeof value);
  }
}

GstEvent *orientation_event (const char *orientation, GstTagScope scope)
{
  GstTagList *tags = gst_tag_list_new (GST_TAG_TITLE, "any", nullptr);
  if (orientation)
    gst_tag_list_add (tags, GST_TAG_MERGE_REPLACE, GST_TAG_IMAGE_ORIENTATION, orientation, nullptr);
  gst_tag_list_set_scope (tags, scope);
  return gst_event_new_tag (tags);
}

constexpr gsize kFrameBytes = 32 * 16;
constexpr char kWideCaps[] = "video/x-raw,format=GRAY8,width=32,height=16,framerate=1/1";

// Frames that are wide where they lie as they are to be seen.
class WideFrames
{
 public:
  explicit WideFrames (const std::string &properties)
      : harness_ ("silent=true", "batch-size=1 " + properties)
  {
    harness_.open (kWideCaps);
  }

  void tag (const char *orientation, GstTagScope scope)
  {
    harness_.push (orientation_event (orientation, scope));
  }

  SinkHarness &harness () { return harness_; }

  void push ()
  {
    GstBuffer *buffer = gst_buffer_new_allocate (nullptr, kFrameBytes, nullptr);
    gst_buffer_memset (buffer, 0, 0x60, kFrameBytes);
    GST_BUFFER_PTS (buffer) = next_++ * GST_SECOND;
    harness_.push (buffer);
  }

  bool next_is_upright ()
  {
    push ();
    const Batch batch = harness_.pull ();
    const GstNumproSample &sample = sample_of (batch.get ());
    fail_unless (sample.width * sample.height == kFrameBytes);
    return sample.width > sample.height;
  }

 private:
  SinkHarness harness_;
  GstClockTime next_ = 0;
};

}  // namespace

GST_START_TEST (test_images)
{
  const std::string format = kFormats[__i__];
  for (const char *size : {"max-edge=0", "max-edge=100"}) {
    const Batch upright = batch_of (upright_source (format, 160, 96), size);
    const JpegImage image = image_of (upright.get ());
    for (const Lying &lying : kLying) {
      const Batch batch = batch_of (lying_source (lying, format, 160, 96), size);
      const std::string what = format + " " + lying.tag + " " + size;
      check_same (image_of (batch.get ()), image, what);
      const GstNumproSample &sample = sample_of (batch.get ());
      fail_unless (sample.width == static_cast<guint> (image.width) &&
                       sample.height == static_cast<guint> (image.height),
                   "%s: %ux%u in the ledger", what.c_str (), sample.width, sample.height);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_pixels_and_turn)
{
  const std::string caps =
      "videotestsrc num-buffers=2 ! video/x-raw,framerate=1/1,width=96,"
      "height=192,pixel-aspect-ratio=2/1";
  const Batch upright = batch_of (caps, "max-edge=64");
  fail_unless_equals_int (image_of (upright.get ()).width, 64);
  fail_unless_equals_int (image_of (upright.get ()).height, 64);
  // Of 96 columns of double width and 192 rows, as many rows as there is room for.
  const Batch lying = batch_of (
      "videotestsrc num-buffers=2 ! video/x-raw,framerate=1/1,width=128,"
      "height=64,pixel-aspect-ratio=2/1 ! "
      "taginject tags=image-orientation=rotate-90",
      "max-edge=0");
  fail_unless_equals_int (image_of (lying.get ()).width, 32);
  fail_unless_equals_int (image_of (lying.get ()).height, 128);
}
GST_END_TEST

GST_START_TEST (test_sheets)
{
  const Lying &lying = kLying[1];
  const char *const properties = "layout=grid grid-columns=2 grid-rows=1 max-edge=0";
  const Batch upright = batch_of (upright_source ("I420", 160, 96), properties);
  const Batch batch = batch_of (lying_source (lying, "I420", 160, 96), properties);
  fail_unless_equals_int (image_of (batch.get ()).width, 320);
  check_same (image_of (batch.get ()), image_of (upright.get ()), "a sheet");

  // 10 x 8000 pixels are more than an image has room for, and 10 x 16 are not.
  const std::string thin =
      "videotestsrc num-buffers=1 ! video/x-raw,width=8000,height=16 ! "
      "taginject tags=image-orientation=";
  const char *const row = "layout=grid grid-rows=1 grid-columns=10 batch-size=1 max-edge=0";
  batch_of (thin + "rotate-90", row);
  SinkPipeline refused (thin + "rotate-90 ! numproverlay",
                        "layout=grid grid-rows=10 grid-columns=1 batch-size=1 max-edge=0");
  refused.play ();
  refused.wait_for (GST_MESSAGE_ERROR);
  fail_unless (refused.errors ().front ().find ("A sheet of 16x80000 pixels is too large") == 0,
               "%s", refused.errors ().front ().c_str ());
}
GST_END_TEST

GST_START_TEST (test_history)
{
  WideFrames frames ("");
  frames.tag ("rotate-270", GST_TAG_SCOPE_STREAM);
  frames.next_is_upright ();
  GstNumproBatch *found = nullptr;
  g_signal_emit_by_name (frames.harness ().sink (), "pull-history", guint64{0}, GST_SECOND, &found);
  const Batch batch (found);
  fail_unless (batch != nullptr);
  fail_unless_equals_int (image_of (batch.get ()).width, 16);
  fail_unless_equals_int (image_of (batch.get ()).height, 32);
}
GST_END_TEST

GST_START_TEST (test_scopes)
{
  WideFrames frames ("");
  fail_unless (frames.next_is_upright ());
  frames.tag ("rotate-90", GST_TAG_SCOPE_GLOBAL);
  fail_unless (!frames.next_is_upright ());
  frames.tag ("rotate-180", GST_TAG_SCOPE_STREAM);
  fail_unless (frames.next_is_upright ());
  frames.tag ("rotate-270", GST_TAG_SCOPE_GLOBAL);
  fail_unless (frames.next_is_upright ());
  // Tags of other things, and a word that nobody knows, turn nothing back.
  frames.tag ("rotate-90", GST_TAG_SCOPE_STREAM);
  frames.tag (nullptr, GST_TAG_SCOPE_STREAM);
  frames.tag ("sideways", GST_TAG_SCOPE_STREAM);
  fail_unless (!frames.next_is_upright ());
  frames.harness ().push (gst_event_new_stream_start ("another"));
  fail_unless (frames.next_is_upright ());
}
GST_END_TEST

GST_START_TEST (test_middle)
{
  WideFrames frames ("batch-size=4");
  frames.push ();
  frames.push ();
  frames.tag ("rotate-90", GST_TAG_SCOPE_STREAM);
  frames.push ();
  frames.push ();
  const Batch batch = frames.harness ().pull ();
  for (guint i = 0; i < 4; ++i) {
    const JpegImage image = image_of (batch.get (), i);
    const GstNumproSample &sample = sample_of (batch.get (), i);
    fail_unless_equals_int (image.width, i < 2 ? 32 : 16);
    fail_unless_equals_int (static_cast<int> (sample.width), image.width);
    fail_unless_equals_int (static_cast<int> (sample.height), image.height);
  }
}
GST_END_TEST

GST_START_TEST (test_turned_upstream)
{
  const Batch upright = batch_of (upright_source ("I420", 160, 96), "");
  for (const Lying &lying : kLying) {
    for (const char *between : {"", " ! queue ! identity"}) {
      const Batch batch = batch_of (
          lying_source (lying, "I420", 160, 96) + " ! videoflip video-direction=auto" + between,
          "");
      check_same (image_of (batch.get ()), image_of (upright.get ()), lying.tag);
    }
  }
  // In a bin, as applications put it.
  const Batch batch = batch_of (lying_source (kLying[1], "I420", 160, 96) +
                                    " ! bin.( videoflip video-direction=auto ! identity )",
                                "");
  check_same (image_of (batch.get ()), image_of (upright.get ()), "in a bin");
}
GST_END_TEST

GST_START_TEST (test_phone_clip)
{
  for (const char *element : {"x264enc", "h264parse", "qtmux", "qtdemux", "avdec_h264"}) {
    const Element made (gst_element_factory_make (element, nullptr));
    if (!made) {
      g_print ("skipped: no %s\n", element);
      return;
    }
  }
  const TemporaryDirectory directory;
  const std::filesystem::path path = directory.path () / "clip.mp4";
  const Batch upright = batch_of (upright_source ("I420", 160, 96), "");
  for (const Turn &turn : kTurns) {
    record (upright_source ("I420", 160, 96) + " ! videoflip video-direction=" + turn.from_upright,
            path);
    write_matrix (path, turn.matrix);
    const Batch batch =
        batch_of ("filesrc location=" + path.string () + " ! decodebin ! video/x-raw", "");
    check_same (image_of (batch.get ()), image_of (upright.get ()), turn.from_upright);
  }
}
GST_END_TEST

static Suite *orientation_suite ()
{
  Suite *suite = suite_create ("orientation");
  TCase *tcase = tcase_create ("orientation");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_images, 0, G_N_ELEMENTS (kFormats));
  tcase_add_test (tcase, test_pixels_and_turn);
  tcase_add_test (tcase, test_sheets);
  tcase_add_test (tcase, test_history);
  tcase_add_test (tcase, test_scopes);
  tcase_add_test (tcase, test_middle);
  tcase_add_test (tcase, test_turned_upstream);
  tcase_add_test (tcase, test_phone_clip);
  return suite;
}

GST_CHECK_MAIN (orientation)
