/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "streamorientation.h"

#include "lib/base/gstowned.h"

namespace numpro {

namespace {

bool turns_by_tag (GstObject *element)
{
  if (!GST_IS_VIDEO_DIRECTION (element))
    return false;
  GstVideoOrientationMethod method = GST_VIDEO_ORIENTATION_IDENTITY;
  g_object_get (element, "video-direction", &method, nullptr);
  return method == GST_VIDEO_ORIENTATION_AUTO;
}

// The pad that the data of a source pad came in at; null at the source.
PadPtr inlet_of (GstPad *pad)
{
  OwnedBy<GstIterator, gst_iterator_free> links (gst_pad_iterate_internal_links (pad));
  GValue link = G_VALUE_INIT;
  PadPtr inlet;
  if (links && gst_iterator_next (links.get (), &link) == GST_ITERATOR_OK) {
    inlet.reset (GST_PAD (g_value_dup_object (&link)));
    g_value_unset (&link);
  }
  return inlet;
}

// In GStreamer 1.22.0 videoflip turns frames as the tag says and lets the tag pass as it is; later
// ones say in it that frames are upright.
bool is_turned_upstream (GstPad *sink_pad)
{
  PadPtr inlet (GST_PAD (gst_object_ref (sink_pad)));
  while (inlet) {
    const PadPtr outlet (gst_pad_get_peer (inlet.get ()));
    const ObjectPtr<GstObject> element (outlet ? gst_object_get_parent (GST_OBJECT (outlet.get ()))
                                               : nullptr);
    if (element && turns_by_tag (element.get ()))
      return true;
    inlet = outlet ? inlet_of (outlet.get ()) : nullptr;
  }
  return false;
}

}  // namespace

bool StreamOrientation::is_told_by (GstEvent *event)
{
  return GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START ||
         GST_EVENT_TYPE (event) == GST_EVENT_TAG;
}

bool StreamOrientation::note (GstPad *pad, GstEvent *event)
{
  // Flushes come from other threads, and find nothing to do here.
  if (!is_told_by (event))
    return false;
  const Orientation before = now ();
  if (GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START) {
    stream_.reset ();
    medium_.reset ();
  } else {
    GstTagList *tags = nullptr;
    gst_event_parse_tag (event, &tags);
    note_tags (pad, tags);
  }
  return now () != before;
}

void StreamOrientation::note_tags (GstPad *pad, const GstTagList *tags)
{
  GstVideoOrientationMethod method = GST_VIDEO_ORIENTATION_IDENTITY;
  // The function declares the list writable, and only reads it.
  if (!gst_video_orientation_from_tag (const_cast<GstTagList *> (tags), &method))
    return;
  const Orientation told = is_turned_upstream (pad) ? Orientation{} : Orientation::of (method);
  (gst_tag_list_get_scope (tags) == GST_TAG_SCOPE_STREAM ? stream_ : medium_) = told;
}

}  // namespace numpro
