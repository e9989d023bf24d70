/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Hours of video through numproverlay and numprosink, held against a model of the rules: every
// batch must be the model's, row by row, with its times and sizes.
//
// test_hour: at the frame rates that cameras have, numbers lost or doubled, overlaps that are not
// as
//   long as asked, samplers and numbers that drift, batches longer than their limits; with lost
//   frames, jitter, pauses of minutes, numbers that wrap or start again.
// test_changes: caps that change in the middle of a batch and end it, mix up its images or lose
//   one; batches that go on over a seek or a new segment; losses that a flush does not tell.
// test_anything: combinations that nobody thought of. The seed is in the message.

#include "sinkharness.h"
#include "streammodel.h"

#include <gst/video/video.h>
#include <turbojpeg.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "../loopcheck.h"

namespace {

struct Format {
  const char *name;
  guint width, height, fps_n, fps_d;

  GstClockTime frame_time (guint64 frame) const
  {
    return gst_util_uint64_scale (frame, fps_d * GST_SECOND, fps_n);
  }
};

/** What came, image by image. */
class Collector
{
 public:
  explicit Collector (GstElement *sink) : jpeg_ (tjInitDecompress ())
  {
    g_signal_connect (sink, "new-batch", G_CALLBACK (note), this);
  }
  ~Collector () { tjDestroy (jpeg_); }
  Collector (const Collector &) = delete;
  Collector &operator= (const Collector &) = delete;

  /** After the end of the stream only. */
  const std::vector<ModelBatch> &batches () const { return batches_; }
  const std::string &problem () const { return problem_; }

 private:
  static void note (GstElement *, GstNumproBatch *batch, Collector *self)
  {
    GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
    if (gst_numpro_ledger_get_batch (ledger) != self->batches_.size ())
      self->problem_ = "batches are not numbered one by one";
    ModelBatch rows;
    for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i) {
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
      rows.push_back ({sample->number, sample->slot, sample->pts, sample->stream_time,
                       sample->running_time, sample->width, sample->height});
      self->look_at (gst_numpro_batch_get_image (batch, sample->image), *sample);
    }
    if (gst_numpro_batch_get_n_images (batch) != rows.size ())
      self->problem_ = "a batch has images that its ledger does not name";
    self->batches_.push_back (std::move (rows));
  }

  void look_at (GBytes *image, const GstNumproSample &sample)
  {
    int width = 0, height = 0, subsampling, colors;
    gsize size = 0;
    const void *data = image ? g_bytes_get_data (image, &size) : nullptr;
    if (!data || tjDecompressHeader3 (jpeg_, static_cast<const unsigned char *> (data), size,
                                      &width, &height, &subsampling, &colors) != 0)
      problem_ = "an image is missing or no JPEG";
    else if (static_cast<guint> (width) != sample.width ||
             static_cast<guint> (height) != sample.height)
      problem_ = "an image is not of the size that the ledger says";
  }

  tjhandle jpeg_;
  std::vector<ModelBatch> batches_;
  std::string problem_;
};

/** One stream, to the elements and to the model. */
class Feed
{
 public:
  Feed (const StreamRules &rules, const Format &format)
      : rules_ (rules),
        model_ (rules),
        harness_ (rules.overlay_properties (),
                  rules.sink_properties () + " leaky-type=none emit-signals=true"),
        collector_ (harness_.sink ())
  {
    harness_.open (caps_of (format));
    use (format);
  }

  void caps (const Format &format)
  {
    const Caps caps (gst_caps_from_string (caps_of (format).c_str ()));
    harness_.push (gst_event_new_caps (caps.get ()));
    use (format);
  }

  void frame (GstClockTime pts)
  {
    GstBuffer *buffer = gst_buffer_new_allocate (nullptr, size_, nullptr);
    gst_buffer_memset (buffer, 0, 128, size_);
    GST_BUFFER_PTS (buffer) = pts;
    harness_.push (buffer);
    model_.frame (pts);
  }

  void gap (GstClockTime pts, GstClockTime duration)
  {
    harness_.push (gst_event_new_gap (pts, duration));
  }

  void reset_numbers ()
  {
    g_signal_emit_by_name (harness_.overlay (), "reset");
    model_.reset ();
  }

  void segment (GstClockTime start, GstClockTime time, GstClockTime base)
  {
    GstSegment segment;
    gst_segment_init (&segment, GST_FORMAT_TIME);
    segment.start = segment.position = start;
    segment.time = time;
    segment.base = base;
    harness_.push (gst_event_new_segment (&segment));
    model_.segment (start, time, base);
  }

  /** A flushing seek to a position. */
  void seek (GstClockTime position)
  {
    // What is full goes out before; the flush has what is not.
    harness_.wait_for_delivered (model_.due ());
    harness_.push (gst_event_new_flush_start ());
    harness_.push (gst_event_new_flush_stop (TRUE));
    model_.flush ();
    segment (position, position, 0);
  }

  /** Ends the stream and compares. */
  void finish (const std::string &name)
  {
    harness_.push (gst_event_new_eos ());
    model_.end ();
    fail_unless (collector_.problem ().empty (), "%s: %s", name.c_str (),
                 collector_.problem ().c_str ());
    compare (name);
    check_limits (name);
    check_counts (name);
  }

 private:
  static std::string caps_of (const Format &format)
  {
    return std::string ("video/x-raw,format=") + format.name +
           ",width=" + std::to_string (format.width) + ",height=" + std::to_string (format.height) +
           ",framerate=" + std::to_string (format.fps_n) + "/" + std::to_string (format.fps_d);
  }

  void use (const Format &format)
  {
    GstVideoInfo info;
    gst_video_info_set_format (&info, gst_video_format_from_string (format.name), format.width,
                               format.height);
    size_ = GST_VIDEO_INFO_SIZE (&info);
    model_.caps (format.width, format.height, format.frame_time (1));
  }

  void compare (const std::string &name) const
  {
    const std::vector<ModelBatch> &came = collector_.batches (), &due = model_.batches ();
    for (std::size_t i = 0; i < std::min (came.size (), due.size ()); ++i) {
      fail_unless_in_loop (came[i] == due[i], "%s: batch %d is %s instead of %s", name.c_str (),
                           static_cast<int> (i), text_of (came[i]).c_str (),
                           text_of (due[i]).c_str ());
    }
    fail_unless_equals_int (static_cast<int> (came.size ()), static_cast<int> (due.size ()));
  }

  static std::string text_of (const ModelBatch &batch)
  {
    std::string text;
    for (const ModelRow &row : batch)
      text += " " + std::to_string (row.number) + "@" +
              std::to_string (row.running_time / GST_MSECOND) + "ms";
    return text;
  }

  // Also without the model, should it be wrong in the same way.
  void check_limits (const std::string &name) const
  {
    // The batches that have a sample, which its slot and time tell.
    std::map<std::tuple<guint64, GstClockTime, GstClockTime>, std::vector<std::size_t>> homes;
    for (std::size_t i = 0; i < collector_.batches ().size (); ++i) {
      const ModelBatch &batch = collector_.batches ()[i];
      std::set<guint64> numbers;
      for (const ModelRow &row : batch) {
        numbers.insert (row.number);
        homes[{row.slot, row.pts, row.running_time}].push_back (i);
      }
      fail_unless_in_loop (numbers.size () == batch.size (), "%s: a number twice in batch %d",
                           name.c_str (), static_cast<int> (i));
      fail_unless_in_loop (rules_.size == 0 || batch.size () <= rules_.size, "%s: batch %d is long",
                           name.c_str (), static_cast<int> (i));
    }
    for (const auto &[row, batches] : homes) {
      fail_unless_in_loop (batches.size () == 1 || rules_.overlap > 0, "%s: a sample twice",
                           name.c_str ());
      fail_unless_in_loop (batches.back () - batches.front () + 1 == batches.size (),
                           "%s: a sample comes again after batches without it", name.c_str ());
    }
    fail_unless_equals_uint64 (homes.size (), model_.samples () - model_.lost ().size ());
  }

  void check_counts (const std::string &name)
  {
    const std::vector<guint64> lost = harness_.lost ();
    fail_unless (lost == model_.lost (), "%s: %d numbers told as lost instead of %d", name.c_str (),
                 static_cast<int> (lost.size ()), static_cast<int> (model_.lost ().size ()));
    const SinkCounts counts = harness_.counts ();
    fail_unless (counts.balanced ());
    fail_unless_equals_uint64 (counts.frames, model_.frames ());
    fail_unless_equals_uint64 (counts.samples, model_.samples ());
    fail_unless_equals_uint64 (counts.dropped, lost.size ());
    fail_unless_equals_uint64 (counts.waiting, 0);
    fail_unless_equals_uint64 (counts.batches, model_.batches ().size ());
  }

  StreamRules rules_;
  StreamModel model_;
  SinkHarness harness_;
  Collector collector_;
  gsize size_ = 0;
};

/** Numbers that are the same everywhere for the same seed. */
class Dice
{
 public:
  explicit Dice (guint seed) : engine_ (seed) {}

  /** From 0 to below @sides. */
  guint64 roll (guint64 sides) { return engine_ () % sides; }
  bool one_in (guint64 sides) { return roll (sides) == 0; }
  template <typename T>
  T pick (std::initializer_list<T> faces)
  {
    return *(faces.begin () + roll (faces.size ()));
  }

 private:
  std::mt19937 engine_;
};

constexpr Format k2997 = {"I420", 16, 16, 30000, 1001};
constexpr Format k10 = {"GRAY8", 16, 16, 10, 1};
constexpr Format k60 = {"I420", 16, 8, 60, 1};
constexpr GstClockTime kHour = 3600 * GST_SECOND;

/** What is wrong with a source: one in so many frames. */
struct Trouble {
  guint64 lost = 0, pause = 0, reset = 0;
  bool jitter = false;
};

struct Hour {
  const char *name;
  Format format;
  StreamRules rules;
  Trouble trouble;
};

const Hour kHours[] = {
    {"29.97, every number", k2997, {}, {}},
    {"60, overlap", k60, {.size = 50, .overlap = 7}, {}},
    {"10, by time", k10, {.size = 0, .overlap = 2, .time = 7 * GST_SECOND}, {}},
    {"29.97, a number a second, jitter, lost frames, pauses",
     k2997,
     {.by_time = true, .size = 32, .overlap = 4, .time = 40 * GST_SECOND},
     {.lost = 40, .pause = 20000, .jitter = true}},
    {"60, sampled twice a second, lost frames",
     k60,
     {.sample_n = 2, .size = 20, .overlap = 1},
     {.lost = 3}},
    {"29.97, 24 numbers in 1.001 s, sampled every 3 s",
     k2997,
     {.by_time = true, .rate_n = 24000, .rate_d = 1001, .sample_n = 1, .sample_d = 3, .size = 9},
     {.jitter = true}},
    {"10, wraps", k10, {.start = 995, .wrap = 100, .size = 32, .overlap = 5}, {.lost = 10}},
    {"29.97, starts again",
     k2997,
     {.every = 15, .start = 1000, .size = 32, .overlap = 3},
     {.pause = 30000, .reset = 5000}},
    {"60, by time, starts again",
     k60,
     {.by_time = true, .rate_n = 5, .start = 7, .wrap = 50, .size = 12, .time = 2 * GST_SECOND},
     {.lost = 10, .reset = 9000, .jitter = true}},
};

}  // namespace

GST_START_TEST (test_hour)
{
  const Hour &hour = kHours[__i__];
  Feed feed (hour.rules, hour.format);
  Dice dice (42);
  GstClockTime paused = 0;
  const guint64 frames =
      gst_util_uint64_scale (kHour, hour.format.fps_n, hour.format.fps_d * GST_SECOND);
  for (guint64 frame = 0; frame < frames; ++frame) {
    GstClockTime pts = hour.format.frame_time (frame) + paused;
    if (hour.trouble.pause && dice.one_in (hour.trouble.pause)) {
      const GstClockTime pause = (1 + dice.roll (600)) * GST_SECOND;
      feed.gap (pts, pause);
      paused += pause;
      pts += pause;
    }
    if (hour.trouble.reset && dice.one_in (hour.trouble.reset))
      feed.reset_numbers ();
    if (hour.trouble.lost && dice.one_in (hour.trouble.lost))
      continue;
    // Less than half a frame, so that frames stay in order.
    if (hour.trouble.jitter)
      pts += dice.roll (hour.format.frame_time (1) * 9 / 10);
    feed.frame (pts);
  }
  feed.finish (hour.name);
}
GST_END_TEST

GST_START_TEST (test_changes)
{
  constexpr Format kFormats[] = {k2997,
                                 {"I420", 48, 32, 30000, 1001},
                                 {"GRAY8", 16, 32, 25, 1},
                                 {"RGB", 17, 9, 30, 1},
                                 {"NV12", 34, 16, 60, 1}};
  StreamRules rules;
  rules.size = 32;
  rules.overlap = 3;
  Feed feed (rules, kFormats[0]);
  GstClockTime pts = 0, base = 0, start = 0;
  for (int part = 0; part < 40; ++part) {
    // Not a multiple of the batch, so that things change in the middle of it.
    for (int frame = 0; frame < 50; ++frame, pts += 33 * GST_MSECOND)
      feed.frame (pts);
    switch (part % 4) {
      case 0:
      case 1:
        feed.caps (kFormats[(part + 1) % G_N_ELEMENTS (kFormats)]);
        break;
      case 2:
        base += pts - start;
        start = pts = static_cast<GstClockTime> (part) * 100 * GST_SECOND;
        feed.segment (start, 3 * GST_SECOND, base);
        break;
      default:
        start = pts = static_cast<GstClockTime> (50 - part) * GST_SECOND;
        base = 0;
        feed.seek (start);
        break;
    }
  }
  feed.finish ("changes");
}
GST_END_TEST

static StreamRules any_rules (Dice &dice)
{
  StreamRules rules;
  rules.by_time = dice.one_in (2);
  rules.every = dice.pick<guint64> ({1, 1, 2, 7});
  rules.rate_n = dice.pick<guint64> ({1, 2, 10, 30, 60});
  rules.rate_d = dice.pick<guint64> ({1, 1, 3, 7});
  rules.start = dice.pick<guint64> ({0, 1, 99, 123456});
  rules.wrap = dice.pick<guint64> ({0, 0, 1, 5, 40});
  rules.sample_n = dice.pick<guint64> ({0, 0, 1, 5, 30});
  rules.sample_d = dice.pick<guint64> ({1, 2, 7});
  rules.size = dice.pick<std::size_t> ({1, 2, 8, 32, 0});
  rules.time = dice.pick<GstClockTime> ({0, 1, 5, 60}) * GST_SECOND;
  if (rules.size == 0 && rules.time == 0)
    rules.time = GST_SECOND;
  rules.overlap = dice.pick<std::size_t> ({0, 1, 3, 31});
  if (rules.size > 0)
    rules.overlap = std::min (rules.overlap, rules.size - 1);
  return rules;
}

GST_START_TEST (test_anything)
{
  constexpr Format kFormats[] = {k2997, k10, k60, {"NV12", 10, 32, 25, 2}};
  Dice dice (static_cast<guint> (__i__));
  const StreamRules rules = any_rules (dice);
  Format format = kFormats[dice.roll (4)];
  const bool disordered = dice.one_in (3);
  Feed feed (rules, format);
  GstClockTime start = 0, base = 0, pts = 0;
  for (int frame = 0; frame < 2000; ++frame) {
    switch (dice.roll (1000)) {
      case 0:
        feed.reset_numbers ();
        break;
      case 1:
      case 2:
        format = kFormats[dice.roll (4)];
        feed.caps (format);
        break;
      case 3:
        base += pts - start;
        start = pts = dice.roll (5000) * GST_SECOND;
        feed.segment (start, dice.roll (1000) * GST_SECOND, base);
        break;
      case 4:
        start = pts = dice.roll (5000) * GST_SECOND;
        base = 0;
        feed.seek (start);
        break;
      case 5:
        pts += dice.roll (600 * GST_SECOND);
        break;
      default:
        break;
    }
    feed.frame (disordered ? pts + dice.roll (3 * format.frame_time (1)) : pts);
    pts += format.frame_time (1 + (dice.one_in (20) ? dice.roll (9) : 0));
  }
  feed.finish ("seed " + std::to_string (__i__) + " (" + rules.overlay_properties () + " " +
               rules.sink_properties () + (disordered ? ", disordered)" : ")"));
}
GST_END_TEST

static Suite *longstreams_suite ()
{
  Suite *suite = suite_create ("longstreams");
  TCase *tcase = tcase_create ("longstreams");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_hour, 0, G_N_ELEMENTS (kHours));
  tcase_add_test (tcase, test_changes);
  tcase_add_loop_test (tcase, test_anything, 0, 100);
  return suite;
}

GST_CHECK_MAIN (longstreams)
