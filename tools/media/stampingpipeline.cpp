/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stampingpipeline.h"

#include <gst/gst.h>

namespace numpro::media {

namespace {

}  // namespace

StampingPipeline::StampingPipeline (std::string input, const OverlayOptions &look)
    : input_ (std::move (input)), look_ (look)
{
}

std::string StampingPipeline::build_with (const std::string &output)
{
  if (const std::string problem = build_decoding (input_, output); !problem.empty ())
    return problem;
  look_.apply_to (element ("overlay").get ());
  gst_pad_add_probe (
      pad ("overlay", "src").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        static_cast<StampingPipeline *> (self)->on_stamped (from, GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  return {};
}

void StampingPipeline::finish ()
{
  gst_element_send_event (element ("source").get (), gst_event_new_eos ());
}

void StampingPipeline::end_pictures ()
{
  send_end_to ("intake");
}

bool StampingPipeline::is_from_overlay (GstMessage *message) const
{
  return is_from (message, element ("overlay").get ());
}

void StampingPipeline::note (const std::string &text)
{
  post (gst_structure_new ("note", "text", G_TYPE_STRING, text.c_str (), nullptr));
}

void StampingPipeline::on_stream (GstPad *stream, const GstCaps *caps, bool is_read)
{
  if (!is_read)
    on_other_stream (stream, caps);
}

void StampingPipeline::on_stamped (GstPad *pad, GstBuffer *buffer)
{
  count (buffer);
  raise (end_time_, end_of (pad, buffer));
}

}  // namespace numpro::media
