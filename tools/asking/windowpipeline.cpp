/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "windowpipeline.h"

#include <utility>

#include "batchcopy.h"

namespace numpro::asking {

namespace {

// What waits is encoded already: of decoded frames a few are enough.
constexpr char kPipeline[] =
    "queue name=intake max-size-buffers=4 max-size-bytes=0 max-size-time=0 ! videoconvert ! "
    "numproverlay name=overlay ! numprosink name=sink leaky-type=none history=0 max-batches=2";

}  // namespace

guint overlap_of (guint batch_size)
{
  return batch_size / 2;
}

std::string WindowPipeline::build (const std::string &input, const Sampling &sampling,
                                   const media::ElementOptions &window_options)
{
  if (std::string problem = build_decoding (input, kPipeline); !problem.empty ())
    return problem;
  const ElementPtr overlay = element ("overlay"), sink = element ("sink");
  window_options.apply_to (sink.get ());
  guint batch_size = 0;
  g_object_get (sink.get (), "batch-size", &batch_size, nullptr);
  g_object_set (sink.get (), "overlap", overlap_of (batch_size), nullptr);
  gst_util_set_object_arg (G_OBJECT (overlay.get ()), "numbering",
                           sampling.is_recorded ? "recorded" : "time");
  gst_util_set_object_arg (G_OBJECT (overlay.get ()), "rate", sampling.numbers.c_str ());
  // Where each number is wanted their slots say when: a frame early or late is no matter then.
  if (sampling.is_recorded || sampling.rate != sampling.numbers)
    gst_util_set_object_arg (G_OBJECT (sink.get ()), "sample-rate", sampling.rate.c_str ());
  gst_pad_add_probe (
      pad ("overlay", "src").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        static_cast<WindowPipeline *> (self)->count (GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  return {};
}

// numproverlay numbers by running time, which begins anew where one seeks to.
void WindowPipeline::limit_to (const Section &section)
{
  section_ = section;
  g_object_set (element ("sink").get (), "overlap", 0, nullptr);
  const PadPtr decoded = pad ("intake", "src");
  gst_pad_set_offset (decoded.get (), static_cast<gint64> (section.start));
  // What is decoded before the section is reached goes no further: there is no number for it.
  wait_ = gst_pad_add_probe (
      decoded.get (),
      static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER),
      [] (GstPad *, GstPadProbeInfo *, gpointer self) {
        static_cast<WindowPipeline *> (self)->begin_to_seek ();
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
}

// From another thread: this one waits until the frames of the section come.
void WindowPipeline::begin_to_seek ()
{
  if (std::exchange (has_begun_to_seek_, true))
    return;
  gst_element_call_async (
      get (), [] (GstElement *, gpointer self) { static_cast<WindowPipeline *> (self)->seek (); },
      this, nullptr);
}

void WindowPipeline::seek ()
{
  constexpr auto kExactly =
      static_cast<GstSeekFlags> (GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE);
  GstEvent *event = gst_event_new_seek (1, GST_FORMAT_TIME, kExactly, GST_SEEK_TYPE_SET,
                                        static_cast<gint64> (section_.start), GST_SEEK_TYPE_SET,
                                        static_cast<gint64> (section_.end));
  if (!gst_pad_push_event (pad ("intake", "sink").get (), event))
    GST_ELEMENT_ERROR (get (), STREAM, FAILED, ("It has no index to find a part of it by."),
                       (nullptr));
  gst_pad_remove_probe (pad ("intake", "src").get (), wait_);
}

void WindowPipeline::decode_few (media::CodedFrameFilter::Choice choice)
{
  const ElementPtr overlay = element ("overlay"), sink = element ("sink");
  Fraction rate = media::fraction_of (sink.get (), "sample-rate");
  if (rate.n == 0)
    rate = media::fraction_of (overlay.get (), "rate");
  choose_frames (rate, choice);
  if (choice == media::CodedFrameFilter::Choice::kFirst)
    return;
  // Each frame that is left is wanted, however far it is from the one before.
  gst_util_set_object_arg (G_OBJECT (sink.get ()), "sample-rate", "0/1");
  g_object_set (sink.get (), "max-gap", guint64 (0), nullptr);
}

BatchPtr WindowPipeline::next (GstClockTime patience)
{
  GstNumproBatch *batch = nullptr;
  g_signal_emit_by_name (element ("sink").get (), "try-pull-batch", patience, &batch);
  const BatchPtr owned (batch);
  return owned ? without_times_of_reading (owned.get ()) : nullptr;
}

}  // namespace numpro::asking
