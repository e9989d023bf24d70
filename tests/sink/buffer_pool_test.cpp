/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A camera has four buffers. After numprosink's render none of them is out, whatever becomes of the
// sample: a sink that keeps one until its batch, its image or its place in a queue is done slows
// the camera down, one that keeps four stops it.
//
// test_no_reader: buffers kept with samples that wait, between batches and when batches give way.
// test_slow_encoder: buffers kept until their images are made; large ones, made slower than they
// come. test_stuck_reader: buffers kept by batches that somebody holds up. test_pause: buffers kept
// from before a pause, but for the one that the stream waits with. test_full: the same while the
// stream waits for room.

#include "tests/support/sinkharness.h"

#include <gst/video/video.h>

#include <atomic>
#include <condition_variable>
#include <thread>

#include "tests/support/loopcheck.h"

namespace {

constexpr guint kBuffers = 4;

/** A camera's buffers. */
class Pool
{
 public:
  explicit Pool (const std::string &caps_text) : pool_ (gst_video_buffer_pool_new ())
  {
    const Caps caps (gst_caps_from_string (caps_text.c_str ()));
    GstVideoInfo info;
    fail_unless (gst_video_info_from_caps (&info, caps.get ()));
    GstStructure *config = gst_buffer_pool_get_config (pool_.get ());
    gst_buffer_pool_config_set_params (config, caps.get (), static_cast<guint> (info.size),
                                       kBuffers, kBuffers);
    fail_unless (gst_buffer_pool_set_config (pool_.get (), config));
    fail_unless (gst_buffer_pool_set_active (pool_.get (), TRUE));
  }
  ~Pool () { gst_buffer_pool_set_active (pool_.get (), FALSE); }
  Pool (const Pool &) = delete;
  Pool &operator= (const Pool &) = delete;

  /** A buffer that nobody has; null when they are all out. */
  Buffer take (GstClockTime pts = 0)
  {
    GstBufferPoolAcquireParams params = {};
    params.flags = GST_BUFFER_POOL_ACQUIRE_FLAG_DONTWAIT;
    GstBuffer *buffer = nullptr;
    if (gst_buffer_pool_acquire_buffer (pool_.get (), &buffer, &params) != GST_FLOW_OK)
      return nullptr;
    GST_BUFFER_PTS (buffer) = pts;
    return Buffer (buffer);
  }

  guint at_home ()
  {
    std::vector<Buffer> all;
    while (Buffer buffer = take ())
      all.push_back (std::move (buffer));
    return static_cast<guint> (all.size ());
  }

 private:
  std::unique_ptr<GstBufferPool, Freer<gst_object_unref>> pool_;
};

std::string caps_of (const char *format, int width, int height)
{
  return std::string ("video/x-raw,format=") + format + ",width=" + std::to_string (width) +
         ",height=" + std::to_string (height) + ",framerate=30/1";
}

/** A numprosink that gets a camera's buffers. */
class PooledStream : public SinkHarness
{
 public:
  PooledStream (const std::string &sink, const std::string &caps)
      : SinkHarness ("", sink), pool_ (caps)
  {
    open (caps);
  }

  Pool &pool () { return pool_; }

 private:
  Pool pool_;
};

// Pushes frames, and looks after each whether all buffers are back.
void push_frames (PooledStream &stream, int first, int last)
{
  for (int frame = first; frame < last; ++frame) {
    Buffer buffer = stream.pool ().take (static_cast<GstClockTime> (frame) * GST_SECOND / 30);
    fail_unless_in_loop (buffer != nullptr, "frame %d: no buffer left", frame);
    stream.push (buffer.release ());
    const guint at_home = stream.pool ().at_home ();
    fail_unless_in_loop (at_home == kBuffers, "frame %d: %d of 4 buffers are back", frame,
                         static_cast<int> (at_home));
  }
}

/** Pushes frames from a thread of its own, as a camera does, until it is not let. */
class Camera
{
 public:
  explicit Camera (PooledStream &stream)
      : thread_ ([this, &stream] {
          while (!done_) {
            Buffer buffer = stream.pool ().take (frames_ * GST_SECOND / 30);
            if (!buffer)
              g_usleep (1000);
            else if (gst_harness_push (stream.harness (), buffer.release ()) == GST_FLOW_OK)
              ++frames_;
            else
              break;
          }
        })
  {
  }
  ~Camera () { stop (); }
  Camera (const Camera &) = delete;
  Camera &operator= (const Camera &) = delete;

  guint64 frames () const { return frames_; }

  void stop ()
  {
    done_ = true;
    if (thread_.joinable ())
      thread_.join ();
  }

 private:
  std::atomic<bool> done_ = false;
  std::atomic<guint64> frames_ = 0;
  std::thread thread_;
};

template <typename Condition>
void wait_until (Condition condition)
{
  const gint64 deadline =
      g_get_monotonic_time () + static_cast<gint64> (SinkHarness::kPatience / GST_USECOND);
  while (!condition ()) {
    fail_unless_in_loop (g_get_monotonic_time () < deadline, "nothing happened");
    g_usleep (1000);
  }
}

// Waits until the camera's stream stands still, which shows in no frame coming for a while. Should
// it only seem to, one buffer is out at most all the same.
void wait_for_standstill (const Camera &camera)
{
  guint64 frames;
  do {
    frames = camera.frames ();
    g_usleep (50000);
  } while (camera.frames () != frames);
}

}  // namespace

GST_START_TEST (test_no_reader)
{
  constexpr const char *kFormats[] = {"I420", "NV12", "YUY2", "GRAY8", "BGRx", "I420_10LE"};
  for (const char *format : kFormats) {
    for (const char *rules : {"batch-size=5", "batch-size=7 overlap=6 max-batches=1",
                              "batch-size=0 batch-time=1000000000 sample-rate=4/1", "max-edge=0"}) {
      PooledStream stream (std::string ("leaky-type=downstream ") + rules,
                           caps_of (format, 64, 48));
      push_frames (stream, 0, 200);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_slow_encoder)
{
  PooledStream stream ("leaky-type=upstream batch-size=4 max-edge=0 jpeg-quality=100",
                       caps_of ("I420", 1920, 1080));
  push_frames (stream, 0, 100);
  // Otherwise the encoder was not slow.
  wait_until ([&] { return stream.counts ().waiting + stream.counts ().dropped == 100; });
  fail_unless (stream.counts ().dropped > 0);
}
GST_END_TEST

namespace {

/** Holds up the thread that hands out batches. */
class Gate
{
 public:
  explicit Gate (GstElement *sink)
  {
    g_signal_connect (sink, "new-batch", G_CALLBACK (enter), this);
  }

  void wait_for_somebody ()
  {
    std::unique_lock lock (mutex_);
    changed_.wait (lock, [&] { return inside_; });
  }

  void open ()
  {
    std::lock_guard lock (mutex_);
    open_ = true;
    changed_.notify_all ();
  }

 private:
  static void enter (GstElement *, GstNumproBatch *, Gate *self)
  {
    std::unique_lock lock (self->mutex_);
    self->inside_ = true;
    self->changed_.notify_all ();
    self->changed_.wait (lock, [&] { return self->open_; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool inside_ = false, open_ = false;
};

}  // namespace

GST_START_TEST (test_stuck_reader)
{
  PooledStream stream ("leaky-type=downstream batch-size=2 max-batches=2 emit-signals=true",
                       caps_of ("NV12", 320, 240));
  Gate gate (stream.sink ());
  push_frames (stream, 0, 4);
  gate.wait_for_somebody ();
  push_frames (stream, 4, 200);
  gate.open ();
}
GST_END_TEST

GST_START_TEST (test_pause)
{
  PooledStream stream ("leaky-type=downstream batch-size=3", caps_of ("I420", 64, 48));
  Camera camera (stream);
  for (int pause = 0; pause < 5; ++pause) {
    const guint64 before = camera.frames ();
    wait_until ([&] { return camera.frames () > before + 20; });
    gst_element_set_state (stream.harness ()->element, GST_STATE_PAUSED);
    wait_for_standstill (camera);
    fail_unless (stream.pool ().at_home () >= kBuffers - 1);
    gst_element_set_state (stream.harness ()->element, GST_STATE_PLAYING);
  }
  camera.stop ();
  fail_unless_equals_int (stream.pool ().at_home (), kBuffers);
}
GST_END_TEST

GST_START_TEST (test_full)
{
  PooledStream stream ("leaky-type=none batch-size=2 max-batches=1", caps_of ("I420", 64, 48));
  Camera camera (stream);
  wait_until ([&] { return camera.frames () > 0; });
  for (int round = 0; round < 5; ++round) {
    wait_for_standstill (camera);
    fail_unless (stream.pool ().at_home () >= kBuffers - 1);
    fail_unless (stream.pull () != nullptr);
  }
  // Lets the stream go.
  gst_element_set_state (stream.harness ()->element, GST_STATE_NULL);
  camera.stop ();
  fail_unless_equals_int (stream.pool ().at_home (), kBuffers);
}
GST_END_TEST

static Suite *pool_suite ()
{
  Suite *suite = suite_create ("pool");
  TCase *tcase = tcase_create ("pool");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_no_reader);
  tcase_add_test (tcase, test_slow_encoder);
  tcase_add_test (tcase, test_stuck_reader);
  tcase_add_test (tcase, test_pause);
  tcase_add_test (tcase, test_full);
  return suite;
}

GST_CHECK_MAIN (pool)
