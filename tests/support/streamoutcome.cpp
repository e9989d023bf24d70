/* SPDX-License-Identifier: LGPL-2.1-or-later */
// The standard library first, as in handles.h.
#include <chrono>

#include "streamoutcome.h"

#include <gst/app/gstappsrc.h>
#include <turbojpeg.h>

#include "pipeline.h"
#include "sinkpipeline.h"

namespace {

constexpr int kWidth = 160, kHeight = 120;
constexpr gsize kLuma = kWidth * kHeight, kChroma = kLuma / 2;

std::string in_ms (GstClockTime time)
{
  return GST_CLOCK_TIME_IS_VALID (time) ? std::to_string ((time + GST_MSECOND / 2) / GST_MSECOND)
                                        : "none";
}

std::string text_of (const GstNumproSample &sample)
{
  std::string text = sample.gap_before > 0 ? "~" + in_ms (sample.gap_before) + " " : "";
  text += std::to_string (sample.number) + "@" + in_ms (sample.stream_time);
  if (sample.running_time != sample.stream_time)
    text += "(" + in_ms (sample.running_time) + ")";
  return text + "+" + in_ms (sample.duration);
}

}  // namespace

std::string text_of (GstNumproBatch *batch)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  std::string text;
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i)
    text += (i ? " " : "") + text_of (*gst_numpro_ledger_get_sample (ledger, i));
  return text;
}

StreamOutcome outcome_of (const std::string &source, const std::string &overlay,
                          const std::string &sink)
{
  // Digits that are high enough for small frames, and seen on all grounds: there are no warnings.
  SinkPipeline pipeline (
      source + " ! numproverlay reference-height=0 font-size=24 outline=auto " + overlay,
      "batch-size=0 batch-time=3600000000000 leaky-type=none " + sink);
  pipeline.play ();
  StreamOutcome outcome;
  while (Batch batch = pipeline.pull ()) {
    outcome.text += (outcome.batches.empty () ? "" : " | ") + text_of (batch.get ());
    outcome.batches.push_back (std::move (batch));
  }
  pipeline.wait_for (GST_MESSAGE_EOS);
  outcome.counts = pipeline.counts ();
  fail_unless (pipeline.warnings ().empty (), "%s",
               pipeline.warnings ().empty () ? "" : pipeline.warnings ().front ().c_str ());
  fail_unless (pipeline.told ().empty (), "samples were lost");
  fail_unless_equals_uint64 (outcome.counts.delivered, outcome.counts.samples);
  pipeline.stop ();
  return outcome;
}

void record (const std::string &line)
{
  Pipeline (line).run ();
}

void record_frames (const std::string &rate, const std::vector<int> &times,
                    const std::string &encoder)
{
  Pipeline pipeline ("appsrc name=source format=time caps=video/x-raw,format=I420,width=" +
                     std::to_string (kWidth) + ",height=" + std::to_string (kHeight) +
                     ",framerate=" + rate + " ! " + encoder);
  const Element source = pipeline.child ("source");
  pipeline.set_state (GST_STATE_PLAYING);
  for (std::size_t i = 0; i < times.size (); ++i) {
    GstBuffer *buffer = gst_buffer_new_allocate (nullptr, kLuma + kChroma, nullptr);
    gst_buffer_memset (buffer, 0, static_cast<guint8> (recorded_lightness (i)), kLuma);
    gst_buffer_memset (buffer, kLuma, 128, kChroma);
    GST_BUFFER_PTS (buffer) = static_cast<GstClockTime> (times[i]) * GST_MSECOND;
    gst_app_src_push_buffer (GST_APP_SRC (source.get ()), buffer);
  }
  gst_app_src_end_of_stream (GST_APP_SRC (source.get ()));
  pipeline.wait_for_eos ();
}

int lightness_of (GstNumproBatch *batch, guint index)
{
  const GstNumproSample *sample =
      gst_numpro_ledger_get_sample (gst_numpro_batch_get_ledger (batch), index);
  gsize size = 0;
  const auto *jpeg = static_cast<const guint8 *> (
      g_bytes_get_data (gst_numpro_batch_get_image (batch, sample->image), &size));
  std::vector<guint8> luma (static_cast<std::size_t> (sample->width) * sample->height);
  const tjhandle decoder = tjInitDecompress ();
  const int failed =
      tjDecompress2 (decoder, jpeg, size, luma.data (), static_cast<int> (sample->width), 0,
                     static_cast<int> (sample->height), TJPF_GRAY, 0);
  tjDestroy (decoder);
  fail_unless (failed == 0, "no JPEG");
  return luma[luma.size () / 2 + sample->width / 2];
}

int recorded_lightness (std::size_t frame)
{
  return 16 + static_cast<int> (frame % 12) * 18;
}
