/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Recorded numbers over RTP in packets of UDP.
//
// test_whole: a number, slot or time of day that comes in on another frame than its own, or not at
//   all, though each packet came in.
// test_lost_packets: packets, each lost by itself, that move a number to another frame, or change
//   it.

#include <gst/numpro/numpro.h>

#include <atomic>
#include <string>
#include <vector>

#include "lib/recording/recordedmessage.h"
#include "lib/recording/recordednumber.h"
#include "tests/support/loopcheck.h"
#include "tests/support/pipeline.h"

namespace {

constexpr guint64 kFirst = 1000;
constexpr int kFrames = 600, kRate = 150;
constexpr GstClockTime kDuration = GST_SECOND / kRate;
// What a packet has for its way to itself, before it counts as lost.
constexpr GstClockTime kMostIdle = 5 * GST_SECOND;

struct Codec {
  const char *name, *encoder, *with_b_frames, *without, *parser, *decoder;
};

// Without the key frame decoders hand on B-frames in another order, and with others' times.
constexpr Codec kCodecs[] = {
    {"h264", "x264enc speed-preset=ultrafast key-int-max=30", "bframes=2 b-adapt=false",
     "bframes=0", "h264parse", "avdec_h264"},
    {"h265", "x265enc speed-preset=ultrafast key-int-max=30", "option-string=bframes=2:open-gop=0",
     "option-string=bframes=0", "h265parse", "numproseiextractor ! avdec_h265"},
};

// In which a frame is itself recognized: in this stream its time says which it is.
struct Frame {
  guint64 index, number, slot, recorded_time;
};

// As networks do, at times of their own.
GstPadProbeReturn lose_some (GstPad *, GstPadProbeInfo *, gpointer counter)
{
  const bool is_lost = ++*static_cast<int *> (counter) % 41 == 0;
  return is_lost ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

GstPadProbeReturn count (GstPad *, GstPadProbeInfo *, gpointer counter)
{
  ++*static_cast<std::atomic<int> *> (counter);
  return GST_PAD_PROBE_OK;
}

void probe (const Pipeline &pipeline, const char *element, const char *name,
            GstPadProbeCallback callback, gpointer data)
{
  GstPad *pad = gst_element_get_static_pad (pipeline.child (element).get (), name);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, callback, data, nullptr);
  gst_object_unref (pad);
}

std::string receiver_line (const Codec &codec)
{
  const std::string name = codec.name;
  const std::string encoding = name == "h264" ? "H264" : "H265";
  return "udpsrc name=socket address=127.0.0.1 port=0 buffer-size=4000000 "
         "caps=\"application/x-rtp,media=video,clock-rate=90000,encoding-name=" +
         encoding + "\" ! rtpjitterbuffer mode=none latency=200 ! rtp" + name + "depay ! " +
         codec.parser + " ! " + codec.decoder +
         " ! numproverlay name=reader numbering=recorded ! appsink name=out";
}

std::string sender_line (const Codec &codec, int port, bool is_lossy)
{
  const std::string name = codec.name;
  return "videotestsrc num-buffers=" + std::to_string (kFrames) +
         " pattern=snow ! video/x-raw,format=I420,width=64,height=64,framerate=" +
         std::to_string (kRate) + "/1 ! numproverlay start=" + std::to_string (kFirst) + " ! " +
         codec.encoder + " " + (is_lossy ? codec.without : codec.with_b_frames) +
         " ! numproseiinserter ! " + codec.parser + " ! rtp" + name +
         // Several packets for many a frame.
         "pay name=payloader config-interval=-1 mtu=700 ! identity name=network ! udpsink host=127.0.0.1 port=" +
         std::to_string (port);
}

// Ends the receiver's stream once all packets are in, or no more come.
void end_when_idle (const Pipeline &receiver, const std::atomic<int> &sent,
                    const std::atomic<int> &received)
{
  gint64 last_change = g_get_monotonic_time ();
  int before = received;
  while (received < sent &&
         g_get_monotonic_time () - last_change < static_cast<gint64> (kMostIdle / GST_USECOND)) {
    g_usleep (10000);
    if (before != received)
      last_change = g_get_monotonic_time ();
    before = received;
  }
  gst_element_send_event (receiver.child ("socket").get (), gst_event_new_eos ());
}

Frame frame_of (GstBuffer *buffer, GstClockTime first_time)
{
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (buffer);
  fail_unless_in_loop (meta, "a frame without a number");
  const auto message = numpro::recorded_message_of (buffer);
  const auto recorded = message ? numpro::from_bytes (*message) : std::nullopt;
  const GstClockTime time = GST_BUFFER_PTS (buffer) - first_time;
  return {(time + kDuration / 2) / kDuration, meta->number, meta->slot,
          recorded ? recorded->stream_time : GST_CLOCK_TIME_NONE};
}

struct Reception {
  std::vector<Frame> frames;
  int sent = 0, received = 0;  // packets
  guint64 without_number = 0;
};

Reception receive (const Codec &codec, bool is_lossy)
{
  std::atomic<int> sent = 0, received = 0;
  Pipeline receiver (receiver_line (codec));
  probe (receiver, "socket", "src", count, &received);
  receiver.set_state (GST_STATE_PLAYING);
  const int port = property<int> (receiver.child ("socket").get (), "port");
  fail_unless (port > 0);
  Pipeline sender (sender_line (codec, port, is_lossy));
  int passed = 0;
  if (is_lossy)
    probe (sender, "network", "sink", lose_some, &passed);
  probe (sender, "network", "src", count, &sent);
  sender.run ();
  end_when_idle (receiver, sent, received);
  const std::vector<Buffer> buffers = receiver.pull_all ("out");
  fail_if (buffers.empty ());
  Reception reception;
  // The first frame that came in was the first one that was sent: nothing is lost before it.
  const GstClockTime first_time = GST_BUFFER_PTS (buffers.front ().get ());
  for (const Buffer &buffer : buffers)
    reception.frames.push_back (frame_of (buffer.get (), first_time));
  reception.sent = sent;
  reception.received = received;
  reception.without_number = stat (receiver.child ("reader").get (), "without-number");
  return reception;
}

// Each frame that has a message has that of the frame which was sent at its time.
void require_own_numbers (const Reception &reception, const char *name)
{
  const guint64 base = reception.frames.front ().number;
  for (const Frame &frame : reception.frames) {
    if (!GST_CLOCK_TIME_IS_VALID (frame.recorded_time))
      continue;
    fail_unless_in_loop (frame.number - base == frame.index && frame.slot == frame.number,
                         "%s: frame %" G_GUINT64_FORMAT " has number %" G_GUINT64_FORMAT, name,
                         frame.index, frame.number);
    const GstClockTime sent_at = gst_util_uint64_scale (frame.number - kFirst, GST_SECOND, kRate);
    fail_unless_in_loop (frame.recorded_time == sent_at, "%s: %" G_GUINT64_FORMAT, name,
                         frame.number);
  }
}

}  // namespace

GST_START_TEST (test_whole)
{
  const Codec &codec = kCodecs[__i__];
  const Reception reception = receive (codec, false);
  require_own_numbers (reception, codec.name);
  // A machine that is busy elsewhere may lose packets even to itself.
  if (reception.received < reception.sent)
    return;
  fail_unless_equals_int (static_cast<int> (reception.frames.size ()), kFrames);
  fail_unless_equals_uint64 (reception.frames.front ().number, kFirst);
  fail_unless_equals_uint64 (reception.without_number, 0);
}
GST_END_TEST;

GST_START_TEST (test_lost_packets)
{
  const Codec &codec = kCodecs[__i__];
  const Reception reception = receive (codec, true);
  require_own_numbers (reception, codec.name);
  fail_unless (reception.sent > kFrames && reception.frames.size () < kFrames,
               "%zu frames of %d packets", reception.frames.size (), reception.sent);
  // A frame that lost its message says so: it counts as the frame before it.
  guint64 without = 0;
  for (const Frame &frame : reception.frames)
    without += !GST_CLOCK_TIME_IS_VALID (frame.recorded_time);
  fail_unless (reception.without_number >= without);
}
GST_END_TEST;

static Suite *rtp_loopback_suite ()
{
  Suite *suite = suite_create ("rtp_loopback");
  TCase *tcase = tcase_create ("rtp_loopback");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_whole, 0, 2);
  tcase_add_loop_test (tcase, test_lost_packets, 0, 2);
  return suite;
}

GST_CHECK_MAIN (rtp_loopback)
