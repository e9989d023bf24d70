/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stamppipeline.h"

#include "subtitletext.h"

namespace numpro::media {

namespace {

std::string video_branch (const Container &container)
{
  return "queue name=intake ! " + PictureEncoding::line ("numproverlay name=overlay ! ") +
         " ! numproseiinserter ! " + kUnlimitedQueue + " ! h264parse ! muxer. " + container.muxer +
         " name=muxer ! filesink name=file";
}

}  // namespace

StampPipeline::StampPipeline (std::string input, std::string output, Container container,
                              const OverlayOptions &look)
    : StampingPipeline (std::move (input), look),
      output_ (std::move (output)),
      container_ (container)
{
}

std::string StampPipeline::build ()
{
  if (const std::string problem = build_with (video_branch (container_)); !problem.empty ())
    return problem;
  g_object_set (element ("file").get (), "location", output_.c_str (), nullptr);
  encoding_.attach (get (), pad ("video", "src").get ());
  return {};
}

void StampPipeline::on_other_stream (GstPad *stream, const GstCaps *caps)
{
  if (has_prefix (caps, "video/") || has_prefix (caps, "image/"))
    note ("another " + described (caps) + " is left out: the first is stamped");
  else
    add_copied (stream, caps);
}

void StampPipeline::add_copied (GstPad *from, const GstCaps *caps)
{
  const CapsPtr plain (gst_caps_from_string ("text/x-raw, format=(string)utf8"));
  const CapsPtr markup (gst_caps_from_string ("text/x-raw, format=(string)pango-markup"));
  const bool is_markup = gst_caps_can_intersect (caps, markup.get ());
  const ElementPtr muxer = element ("muxer");
  GstPadTemplate *into = Container::template_for (muxer.get (), is_markup ? plain.get () : caps);
  const char *parser = parser_of (caps);
  if (!into && has_prefix (caps, "audio/"))
    add_encoded_sound (from, caps);
  else if (!into)
    note (described (caps) + " left out: " + container_.name + " has no place for it");
  else if (is_markup)
    add_subtitles (from, into);
  else
    add_chain (std::string (kUnlimitedQueue) + " name=head ! " + (parser ? parser : "identity") +
                   " name=tail",
               from, into, container_);
}

// Muxers take text only without markup.
void StampPipeline::add_subtitles (GstPad *from, GstPadTemplate *into)
{
  GstElement *chain = add_chain (std::string (kUnlimitedQueue) +
                                     " name=head ! capssetter name=tail "
                                     "caps=\"text/x-raw, format=(string)utf8\"",
                                 from, into, container_);
  if (!chain)
    return;
  const PadPtr source (gst_element_get_static_pad (chain, "src"));
  gst_pad_add_probe (
      source.get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *, GstPadProbeInfo *info, gpointer) {
        GstBuffer *from_demuxer = GST_PAD_PROBE_INFO_BUFFER (info);
        GstMapInfo map;
        if (!gst_buffer_map (from_demuxer, &map, GST_MAP_READ))
          return GST_PAD_PROBE_OK;
        const std::string text =
            subtitle_text ({reinterpret_cast<const char *> (map.data), map.size});
        gst_buffer_unmap (from_demuxer, &map);
        GstBuffer *plain = gst_buffer_new_memdup (text.data (), text.size ());
        gst_buffer_copy_into (plain, from_demuxer, GST_BUFFER_COPY_METADATA, 0, -1);
        gst_buffer_unref (from_demuxer);
        GST_PAD_PROBE_INFO_DATA (info) = plain;
        return GST_PAD_PROBE_OK;
      },
      nullptr, nullptr);
}

void StampPipeline::add_encoded_sound (GstPad *from, const GstCaps *caps)
{
  note (described (caps) + " encoded as AAC: " + container_.name + " does not take it as it is");
  const CapsPtr aac (gst_caps_from_string ("audio/mpeg, mpegversion=(int)4"));
  add_chain (std::string ("queue name=head ! decodebin ! audioconvert ! audioresample ! "
                          "avenc_aac bitrate=192000 ! ") +
                 kUnlimitedQueue + " ! aacparse name=tail",
             from, Container::template_for (element ("muxer").get (), aac.get ()), container_);
}

}  // namespace numpro::media
