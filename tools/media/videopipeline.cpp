/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "videopipeline.h"

namespace numpro::media {

namespace {

// GstAutoplugSelectResult, which no header has.
enum class Autoplug { kTry = 0, kSkip = 2 };

// A second parser behind that of parsebin would take the messages off, and durations.
int choose_element (GstElement *, GstPad *, GstCaps *, GstElementFactory *factory, gpointer)
{
  return static_cast<int> (
      gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_PARSER) ? Autoplug::kSkip
                                                                                  : Autoplug::kTry);
}

// By so much durations that a file states may be wrong: a second, and a part of a hundred.
constexpr GstClockTime kInexactEnd = GST_SECOND;
constexpr GstClockTime kInexactShare = 100;

// Null where a file is a stream of pictures and nothing else.
ElementPtr find_demuxer (GstElement *parser)
{
  const OwnedBy<GstIterator, gst_iterator_free> elements (
      gst_bin_iterate_recurse (GST_BIN (parser)));
  const auto is_other = [] (gconstpointer item, gconstpointer) {
    GstElementFactory *factory = gst_element_get_factory (
        GST_ELEMENT (g_value_get_object (static_cast<const GValue *> (item))));
    return factory && gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DEMUXER)
               ? 0
               : 1;
  };
  GValue found = G_VALUE_INIT;
  ElementPtr demuxer;
  if (gst_iterator_find_custom (elements.get (), is_other, &found, nullptr))
    demuxer.reset (GST_ELEMENT (g_value_dup_object (&found)));
  g_value_unset (&found);
  return demuxer;
}

}  // namespace

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

void forget_time_of_reading (GstNumproSample &sample)
{
  if (g_strcmp0 (sample.utc_source, "reference-timestamp") == 0)
    return;
  sample.utc = GST_CLOCK_TIME_NONE;
  g_clear_pointer (&sample.utc_source, g_free);
}

GstClockTimeDiff stream_time_on (GstPad *pad, GstBuffer *buffer)
{
  const MiniObjectPtr<GstEvent> event (gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0));
  if (!event || !GST_BUFFER_PTS_IS_VALID (buffer))
    return GST_CLOCK_STIME_NONE;
  const GstSegment *segment = nullptr;
  gst_event_parse_segment (event.get (), &segment);
  guint64 time = 0;
  const int sign =
      gst_segment_to_stream_time_full (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer), &time);
  return sign == 0 ? GST_CLOCK_STIME_NONE : sign * static_cast<GstClockTimeDiff> (time);
}

GstClockTime end_of (GstPad *pad, GstBuffer *buffer)
{
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  if (!event)
    return 0;
  const GstSegment *segment = nullptr;
  gst_event_parse_segment (event, &segment);
  const GstClockTime time =
      gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  gst_event_unref (event);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return 0;
  return time + (GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0);
}

void raise (std::atomic<GstClockTime> &highest, GstClockTime time)
{
  GstClockTime before = highest;
  while (before < time && !highest.compare_exchange_weak (before, time)) {
  }
}

GstClockTime missing (GstClockTime there, GstClockTime length)
{
  if (!GST_CLOCK_TIME_IS_VALID (length) || length <= there + kInexactEnd + length / kInexactShare)
    return 0;
  return length - there;
}

std::string VideoPipeline::build_reading (const std::string &input, const std::string &behind)
{
  const std::string problem =
      launch ("filesrc name=source ! parsebin name=parser queue name=video ! " + behind);
  if (!problem.empty ())
    return problem;
  g_object_set (element ("source").get (), "location", input.c_str (), nullptr);
  g_signal_connect_swapped (
      element ("parser").get (), "pad-added",
      G_CALLBACK (+[] (VideoPipeline *self, GstPad *stream) { self->add_stream (stream); }), this);
  return {};
}

// Hardware decoders may leave frames where numproverlay and encoders do not reach them, and hand on
// no messages of user data.
std::string VideoPipeline::build_decoding (const std::string &input, const std::string &behind)
{
  if (std::string problem =
          build_reading (input, "decodebin name=decoder force-sw-decoders=true " + behind);
      !problem.empty ())
    return problem;
  connect_decoder ();
  return {};
}

void VideoPipeline::connect_decoder ()
{
  const ElementPtr decoder = element ("decoder");
  g_signal_connect (decoder.get (), "autoplug-select", G_CALLBACK (choose_element), nullptr);
  g_signal_connect_swapped (
      decoder.get (), "pad-added",
      G_CALLBACK (+[] (VideoPipeline *self, GstPad *decoded) { self->link_decoded (decoded); }),
      this);
}

void VideoPipeline::choose_frames (std::optional<Fraction> rate, CodedFrameFilter::Choice choice)
{
  choice_.emplace (pad ("video", "sink").get (), pad ("intake", "sink").get (), rate, choice);
}

bool VideoPipeline::is_reading_over () const
{
  return !has_streams_ && is_idle (element ("source").get (), element ("parser").get ());
}

bool VideoPipeline::is_from_input (GstMessage *message) const
{
  const ElementPtr decoder = element ("decoder");
  return is_from (message, element ("source").get ()) ||
         is_from (message, element ("parser").get ()) ||
         (decoder && is_from (message, decoder.get ()));
}

// Parsers, behind demuxers, guess it from the bit rate where these do not know it.
GstClockTime VideoPipeline::announced_duration () const
{
  const ElementPtr demuxer = find_demuxer (element ("parser").get ());
  gint64 duration = 0;
  if (!demuxer || !gst_element_query_duration (demuxer.get (), GST_FORMAT_TIME, &duration) ||
      duration <= 0)
    return GST_CLOCK_TIME_NONE;
  return static_cast<GstClockTime> (duration);
}

// parsebin lets no stream flow before it has told of all of them.
void VideoPipeline::add_stream (GstPad *stream)
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
        static_cast<VideoPipeline *> (self)->on_flow ();
        return GST_PAD_PROBE_REMOVE;
      },
      this, nullptr);
  const CapsPtr caps = caps_of (stream);
  if (gst_caps_is_any (caps.get ()) || gst_caps_is_empty (caps.get ()))
    return;
  const bool is_video = has_prefix (caps.get (), "video/") || has_prefix (caps.get (), "image/");
  const bool is_read = is_video && !gst_pad_is_linked (pad ("video", "sink").get ());
  if (is_read)
    pictures_ = stream;
  gst_pad_add_probe (
      stream, GST_PAD_PROBE_TYPE_BUFFER,
      [] (GstPad *from, GstPadProbeInfo *info, gpointer self) {
        static_cast<VideoPipeline *> (self)->on_read (from, GST_PAD_PROBE_INFO_BUFFER (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  on_stream (stream, caps.get (), is_read);
  if (is_read)
    link_video (stream, caps.get ());
}

void VideoPipeline::on_flow ()
{
  if (!gst_pad_is_linked (pad ("video", "sink").get ()))
    post (gst_structure_new_empty ("no-video"));
}

// Streams may have a thread each.
void VideoPipeline::on_read (GstPad *stream, GstBuffer *buffer)
{
  const GstClockTime end = end_of (stream, buffer);
  raise (read_time_, end);
  if (stream == pictures_)
    raise (picture_time_, end);
}

// A QuickTime or MP4 file states how long each frame is to be seen, which parsers take for a frame
// of the frame rate.
bool VideoPipeline::do_frames_last () const
{
  const ElementPtr demuxer = find_demuxer (element ("parser").get ());
  return demuxer &&
         g_str_equal (GST_OBJECT_NAME (gst_element_get_factory (demuxer.get ())), "qtdemux");
}

// h265parse of GStreamer 1.22 hands on no messages of user data.
void VideoPipeline::link_video (GstPad *stream, const GstCaps *caps)
{
  if (choice_ && do_frames_last ())
    choice_->note_that_frames_last ();
  const PadPtr sink = pad ("video", "sink");
  if (!has_prefix (caps, "video/x-h265")) {
    gst_pad_link (stream, sink.get ());
    return;
  }
  GstElement *extractor = gst_element_factory_make ("numproseiextractor", nullptr);
  gst_bin_add (GST_BIN (get ()), extractor);
  const PadPtr from (gst_element_get_static_pad (extractor, "src")),
      into (gst_element_get_static_pad (extractor, "sink"));
  gst_pad_link (from.get (), sink.get ());
  gst_element_sync_state_with_parent (extractor);
  gst_pad_link (stream, into.get ());
}

void VideoPipeline::link_decoded (GstPad *decoded)
{
  const PadPtr sink = pad ("intake", "sink");
  if (!gst_pad_is_linked (sink.get ()))
    gst_pad_link (decoded, sink.get ());
}

GstElement *VideoPipeline::add_chain (const std::string &description, GstPad *from,
                                      GstPadTemplate *into, const Container &container)
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
        ("%s does not take %s.", container.name, described (caps_of (from).get ()).c_str ()),
        (nullptr));
  return chain;
}

}  // namespace numpro::media
