/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stamppipeline.h"

#include <gst/numpro/numpro.h>
#include <gst/pbutils/pbutils.h>
#include <gst/video/video.h>

#include <algorithm>

#include "subtitletext.h"

namespace numpro::media {

namespace {

// What waits for another stream is as large as the file at most.
constexpr char kUnlimitedQueue[] = "queue max-size-buffers=0 max-size-bytes=0 max-size-time=0";

// Constant quality 18 can hardly be told from the original, and numbers keep sharp edges. Without
// the limit of the bit rate, which x264enc sets otherwise, quality does not give way in motion.
constexpr char kEncoder[] =
    "x264enc pass=qual quantizer=18 vbv-buf-capacity=0 ! numproseiinserter ! ";

std::string video_branch (const Container &container)
{
  // Hardware decoders may leave frames where the encoder does not reach them.
  return "filesrc name=source ! parsebin name=parser "
         "queue name=video ! decodebin name=decoder force-sw-decoders=true "
         "queue name=intake ! videoconvert ! videoflip name=turner ! "
         "videoscale name=scaler add-borders=true ! capsfilter name=size ! "
         "numproverlay name=overlay ! " +
         std::string (kEncoder) + kUnlimitedQueue + " ! h264parse ! muxer. " + container.muxer +
         " name=muxer ! filesink name=file";
}

// "sound (MPEG-4 AAC)"
std::string described (const GstCaps *caps)
{
  const char *type = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  const TextPtr codec (gst_pb_utils_get_codec_description (caps));
  const std::string what = g_str_has_prefix (type, "audio/")   ? "sound"
                           : g_str_has_prefix (type, "video/") ? "video"
                           : g_str_has_prefix (type, "text/") || g_strrstr (type, "sub")
                               ? "subtitles"
                               : "data";
  return what + " (" + (codec ? codec.get () : type) + ")";
}

bool has_prefix (const GstCaps *caps, const char *prefix)
{
  return g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), prefix);
}

CapsPtr caps_of (GstPad *pad)
{
  CapsPtr caps (gst_pad_get_current_caps (pad));
  if (!caps)
    caps.reset (gst_pad_query_caps (pad, nullptr));
  return caps;
}

}  // namespace

StampPipeline::StampPipeline (std::string input, std::string output, Container container,
                              const OverlayOptions &look)
    : input_ (std::move (input)), output_ (std::move (output)), container_ (container), look_ (look)
{
}

std::string StampPipeline::build ()
{
  if (const std::string problem = launch (video_branch (container_)); !problem.empty ())
    return problem;
  g_object_set (element ("source").get (), "location", input_.c_str (), nullptr);
  g_object_set (element ("file").get (), "location", output_.c_str (), nullptr);
  look_.apply_to (element ("overlay").get ());
  readers_ = {element ("source").get (), element ("parser").get (), element ("decoder").get ()};
  g_signal_connect_swapped (
      readers_[2], "pad-added",
      G_CALLBACK (+[] (StampPipeline *self, GstPad *decoded) { self->on_decoded_pad (decoded); }),
      this);
  g_signal_connect_swapped (
      readers_[1], "pad-added",
      G_CALLBACK (+[] (StampPipeline *self, GstPad *stream) { self->on_stream (stream); }), this);
  add_probes ();
  return {};
}

void StampPipeline::add_probes ()
{
  gst_pad_add_probe (
      pad ("video", "src").get (), GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        static_cast<StampPipeline *> (self)->on_video_tags (info);
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  gst_pad_add_probe (
      pad ("scaler", "sink").get (), GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        static_cast<StampPipeline *> (self)->on_event (GST_PAD_PROBE_INFO_EVENT (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  gst_pad_add_probe (
      pad ("overlay", "src").get (), GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        static_cast<StampPipeline *> (self)->on_stamped (from, GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
}

void StampPipeline::finish ()
{
  gst_element_send_event (readers_.front (), gst_event_new_eos ());
}

void StampPipeline::end_pictures ()
{
  send_end_to ("intake");
}

bool StampPipeline::is_reading_over () const
{
  return !has_streams_ && is_idle (readers_[0], readers_[1]);
}

bool StampPipeline::is_from_input (GstMessage *message) const
{
  return std::any_of (readers_.begin (), readers_.end (),
                      [&] (GstElement *reader) { return is_from (message, reader); });
}

GstClockTime StampPipeline::announced_duration () const
{
  gint64 duration = 0;
  if (!gst_pad_peer_query_duration (pad ("intake", "sink").get (), GST_FORMAT_TIME, &duration) ||
      duration <= 0)
    return GST_CLOCK_TIME_NONE;
  return static_cast<GstClockTime> (duration);
}

void StampPipeline::note (const std::string &text)
{
  post (gst_structure_new ("note", "text", G_TYPE_STRING, text.c_str (), nullptr));
}

// parsebin lets no stream flow before it has told of all of them.
void StampPipeline::on_stream (GstPad *stream)
{
  has_streams_ = true;
  gst_pad_add_probe (
      stream,
      static_cast<GstPadProbeType> (GST_PAD_PROBE_TYPE_BUFFER |
                                    GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        const bool is_sticky =
            GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM &&
            GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_EOS;
        if (is_sticky)
          return GST_PAD_PROBE_OK;
        static_cast<StampPipeline *> (self)->on_flow ();
        return GST_PAD_PROBE_REMOVE;
      },
      this, nullptr);
  const CapsPtr caps = caps_of (stream);
  if (gst_caps_is_any (caps.get ()) || gst_caps_is_empty (caps.get ()))
    return;
  const bool is_video = has_prefix (caps.get (), "video/") || has_prefix (caps.get (), "image/");
  const PadPtr sink = pad ("video", "sink");
  if (!is_video)
    add_copied (stream, caps.get ());
  else if (gst_pad_is_linked (sink.get ()))
    note ("another " + described (caps.get ()) + " is left out: the first is stamped");
  else
    gst_pad_link (stream, sink.get ());
}

void StampPipeline::on_flow ()
{
  if (!gst_pad_is_linked (pad ("video", "sink").get ()))
    post (gst_structure_new_empty ("no-video"));
}

// The elements are a chain from one that is named "head" to one that is named "tail".
GstElement *StampPipeline::add_chain (const std::string &description, GstPad *from,
                                      GstPadTemplate *into)
{
  GError *error = nullptr;
  GstElement *chain = gst_parse_bin_from_description (description.c_str (), FALSE, &error);
  if (const ErrorPtr why (error); why) {
    GST_ELEMENT_ERROR (get (), CORE, MISSING_PLUGIN, ("%s.", why->message), (nullptr));
    return nullptr;
  }
  const auto show_pad = [&] (const char *element_name, const char *pad_name) {
    const ElementPtr end (gst_bin_get_by_name (GST_BIN (chain), element_name));
    const PadPtr inner (gst_element_get_static_pad (end.get (), pad_name));
    GstPad *shown = gst_ghost_pad_new (pad_name, inner.get ());
    gst_element_add_pad (chain, shown);
    return shown;
  };
  GstPad *sink = show_pad ("head", "sink"), *source = show_pad ("tail", "src");
  gst_bin_add (GST_BIN (get ()), chain);
  const PadPtr muxed (gst_element_request_pad (element ("muxer").get (), into, nullptr, nullptr));
  if (!muxed || gst_pad_link (source, muxed.get ()) != GST_PAD_LINK_OK ||
      !gst_element_sync_state_with_parent (chain) || gst_pad_link (from, sink) != GST_PAD_LINK_OK)
    GST_ELEMENT_ERROR (
        get (), CORE, NEGOTIATION,
        ("%s does not take %s.", container_.name, described (caps_of (from).get ()).c_str ()),
        (nullptr));
  return chain;
}

void StampPipeline::on_decoded_pad (GstPad *decoded)
{
  const PadPtr sink = pad ("intake", "sink");
  if (!gst_pad_is_linked (sink.get ()))
    gst_pad_link (decoded, sink.get ());
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
               from, into);
}

// Muxers take text only without markup.
void StampPipeline::add_subtitles (GstPad *from, GstPadTemplate *into)
{
  GstElement *chain = add_chain (std::string (kUnlimitedQueue) +
                                     " name=head ! capssetter name=tail "
                                     "caps=\"text/x-raw, format=(string)utf8\"",
                                 from, into);
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
             from, Container::template_for (element ("muxer").get (), aac.get ()));
}

// How pictures are to be turned is known before the first is decoded. They are turned, as not all
// containers can say it, nor GStreamer's muxers.
void StampPipeline::on_video_tags (GstPadProbeInfo *info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstTagList *tags = nullptr;
  GstVideoOrientationMethod turn = GST_VIDEO_ORIENTATION_IDENTITY;
  if (GST_EVENT_TYPE (event) != GST_EVENT_TAG)
    return;
  gst_event_parse_tag (event, &tags);
  if (!gst_video_orientation_from_tag (tags, &turn))
    return;
  g_object_set (element ("turner").get (), "video-direction", turn, nullptr);
  GstTagList *upright = gst_tag_list_copy (tags);
  gst_tag_list_remove_tag (upright, GST_TAG_IMAGE_ORIENTATION);
  GST_PAD_PROBE_INFO_DATA (info) = gst_event_new_tag (upright);
  gst_event_unref (event);
}

void StampPipeline::on_event (GstEvent *event)
{
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return;
  const int bits = size_.bits ();
  GstCaps *caps = nullptr;
  gst_event_parse_caps (event, &caps);
  size_.settle (caps, element ("size").get (), [this] { return make_padding (); });
  if (bits == 0 && size_.bits () > 8)
    note (
        "video of more than 8 bits is written as H.264 of 10 bits, which some players cannot show");
}

// Nothing has flowed behind the scaler yet.
GstElement *StampPipeline::make_padding ()
{
  GstElement *padding = gst_element_factory_make ("videobox", nullptr);
  gst_bin_add (GST_BIN (get ()), padding);
  const ElementPtr filter = element ("size"), overlay = element ("overlay");
  gst_element_unlink (filter.get (), overlay.get ());
  gst_element_link_many (filter.get (), padding, overlay.get (), nullptr);
  gst_element_sync_state_with_parent (padding);
  return padding;
}

void StampPipeline::on_stamped (GstPad *pad, GstBuffer *buffer)
{
  count (buffer);
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  if (!event)
    return;
  const GstSegment *segment = nullptr;
  gst_event_parse_segment (event, &segment);
  const GstClockTime time =
      gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  gst_event_unref (event);
  const GstClockTime length =
      GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0;
  if (GST_CLOCK_TIME_IS_VALID (time))
    end_time_ = std::max (end_time_.load (), time + length);
}

}  // namespace numpro::media
