/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framespipeline.h"

namespace numpro::media {

namespace {

// Batches are how the frames leave; the last of one comes again in the next, whose first frame says
// how long it was to be seen. No hole keeps them apart.
constexpr char kFrames[] =
    "queue name=intake ! videoconvert ! numproverlay name=overlay ! "
    "numprosink name=frames emit-signals=true leaky-type=none overlap=1 max-gap=0";

}  // namespace

FramesPipeline::FramesPipeline (std::string input, const std::string &directory,
                                const FrameOptions &frames, const OverlayOptions &look)
    : StampingPipeline (std::move (input), look), options_ (frames), directory_ (directory)
{
}

std::string FramesPipeline::build ()
{
  if (const std::string problem = directory_.make (); !problem.empty ())
    return problem;
  if (const std::string problem = build_with (kFrames); !problem.empty ())
    return problem;
  const ElementPtr sink = element ("frames");
  if (options_.max_edge)
    g_object_set (sink.get (), "max-edge", *options_.max_edge, nullptr);
  if (options_.jpeg_quality)
    g_object_set (sink.get (), "jpeg-quality", *options_.jpeg_quality, nullptr);
  decode_few ();
  g_signal_connect_swapped (
      sink.get (), "new-batch",
      G_CALLBACK (+[] (FramesPipeline *self, GstNumproBatch *batch) { self->on_batch (batch); }),
      this);
  return {};
}

// A frame of each number is wanted: of those that are not counted it is known which one.
void FramesPipeline::decode_few ()
{
  const std::string numbering = look ().text_of ("numbering").value_or ("count");
  if (numbering == "count")
    return;
  std::optional<Fraction> rate;
  if (numbering == "time")
    rate = fraction_of (element ("overlay").get (), "rate");
  choose_frames (rate, CodedFrameFilter::Choice::kFirst);
}

void FramesPipeline::on_batch (GstNumproBatch *batch)
{
  const std::string problem = directory_.add (batch);
  written_ = directory_.size ();
  if (!problem.empty ())
    GST_ELEMENT_ERROR (get (), RESOURCE, WRITE, ("%s", problem.c_str ()), (nullptr));
}

std::string FramesPipeline::complete_output (const Note &note)
{
  if (const guint64 repeated = directory_.repeated (); repeated > 0)
    note (std::to_string (repeated) +
          " frames are left out, whose numbers had come before: there is one file for each number");
  return directory_.complete ();
}

}  // namespace numpro::media
