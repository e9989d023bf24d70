/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pictureencoding.h"

#include <gst/video/video.h>

#include "lib/base/gstowned.h"

namespace numpro::media {

namespace {

// Constant quality 18 can hardly be told from the original, and numbers keep sharp edges. Without
// the limit of the bit rate, which x264enc sets otherwise, quality does not give way in motion.
constexpr char kEncoder[] = "x264enc pass=qual quantizer=18 vbv-buf-capacity=0";

ElementPtr element_of (GstElement *pipeline, const char *name)
{
  return ElementPtr (gst_bin_get_by_name (GST_BIN (pipeline), name));
}

PadPtr pad_of (GstElement *pipeline, const char *name, const char *pad)
{
  return PadPtr (gst_element_get_static_pad (element_of (pipeline, name).get (), pad));
}

}  // namespace

std::string PictureEncoding::line (const std::string &numbering)
{
  return "videoconvert ! videoflip name=turner ! videoscale name=scaler add-borders=true ! "
         "capsfilter name=size ! " +
         numbering + kEncoder;
}

void PictureEncoding::attach (GstElement *pipeline, GstPad *coded)
{
  pipeline_ = pipeline;
  gst_pad_add_probe (
      coded, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        static_cast<PictureEncoding *> (self)->on_coded_tags (info);
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
  gst_pad_add_probe (
      pad_of (pipeline, "scaler", "sink").get (), GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      [] (GstPad *, GstPadProbeInfo *info, gpointer self) {
        static_cast<PictureEncoding *> (self)->on_event (GST_PAD_PROBE_INFO_EVENT (info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
}

// How pictures are to be turned is known before the first is decoded. They are turned, as not all
// containers can say it, nor GStreamer's muxers.
void PictureEncoding::on_coded_tags (GstPadProbeInfo *info)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstTagList *tags = nullptr;
  GstVideoOrientationMethod turn = GST_VIDEO_ORIENTATION_IDENTITY;
  if (GST_EVENT_TYPE (event) != GST_EVENT_TAG)
    return;
  gst_event_parse_tag (event, &tags);
  if (!gst_video_orientation_from_tag (tags, &turn))
    return;
  g_object_set (element_of (pipeline_, "turner").get (), "video-direction", turn, nullptr);
  GstTagList *upright = gst_tag_list_copy (tags);
  gst_tag_list_remove_tag (upright, GST_TAG_IMAGE_ORIENTATION);
  GST_PAD_PROBE_INFO_DATA (info) = gst_event_new_tag (upright);
  gst_event_unref (event);
}

void PictureEncoding::on_event (GstEvent *event)
{
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return;
  const int bits = size_.bits ();
  GstCaps *caps = nullptr;
  gst_event_parse_caps (event, &caps);
  size_.settle (caps, element_of (pipeline_, "size").get (), [this] { return make_padding (); });
  if (bits == 0 && size_.bits () > 8)
    note_ (
        "video of more than 8 bits is written as H.264 of 10 bits, which some players cannot show");
}

// Nothing has flowed behind the scaler yet.
GstElement *PictureEncoding::make_padding ()
{
  GstElement *padding = gst_element_factory_make ("videobox", nullptr);
  gst_bin_add (GST_BIN (pipeline_), padding);
  const PadPtr before = pad_of (pipeline_, "size", "src");
  const PadPtr behind (gst_pad_get_peer (before.get ()));
  const PadPtr into (gst_element_get_static_pad (padding, "sink")),
      from (gst_element_get_static_pad (padding, "src"));
  gst_pad_unlink (before.get (), behind.get ());
  gst_pad_link (before.get (), into.get ());
  gst_pad_link (from.get (), behind.get ());
  gst_element_sync_state_with_parent (padding);
  return padding;
}

}  // namespace numpro::media
