/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:element-numproseiextractor
 * @title: numproseiextractor
 * @short_description: hands frame numbers of H.264 and H.265 streams to their decoder
 *
 * Finds in each access unit the message that numproseiinserter wrote, and attaches it to the buffer
 * as #GstVideoSEIUserDataUnregisteredMeta, which decoders put on the frame: that is where
 * numproverlay with `numbering=recorded` looks for it. h264parse attaches it by itself; h265parse
 * does not in GStreamer 1.22, and recordings in H.265 need this element before the decoder.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! numproverlay ! x265enc ! numproseiinserter ! h265parse ! numproseiextractor ! avdec_h265 ! numproverlay numbering=recorded ! fakesink
 * ]|
 * Numbers that go through H.265 and come back.
 *
 * Since: 0.1
 */

#include "gstnumproseiextractor.h"

#include <optional>
#include <vector>

#include "lib/recording/recordedmessage.h"
#include "lib/recording/recordednumber.h"
#include "recorddebug.h"
#include "seicaps.h"

using namespace numpro;

namespace {

GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                                                              GST_STATIC_CAPS (NUMPRO_SEI_CAPS));
GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (NUMPRO_SEI_CAPS));

}  // namespace

struct _GstNumproseiextractor {
  GstBaseTransform parent;
  std::optional<NalFormat> format;  // the streaming thread's
};

G_DEFINE_FINAL_TYPE (GstNumproseiextractor, gst_numproseiextractor, GST_TYPE_BASE_TRANSFORM)
GST_ELEMENT_REGISTER_DEFINE (numproseiextractor, "numproseiextractor", GST_RANK_NONE,
                             GST_TYPE_NUMPROSEIEXTRACTOR)

static gboolean gst_numproseiextractor_set_caps (GstBaseTransform *base, GstCaps *incaps, GstCaps *)
{
  std::optional<NalFormat> &format = GST_NUMPROSEIEXTRACTOR (base)->format;
  format = NalFormat::from_caps (incaps);
  if (!format)
    GST_ERROR_OBJECT (base, "no codec_data with the size of lengths in %" GST_PTR_FORMAT, incaps);
  return format.has_value ();
}

static std::optional<std::vector<guint8>> message_in (GstBuffer *unit, const NalFormat &format)
{
  GstMapInfo map;
  if (!gst_buffer_map (unit, &map, GST_MAP_READ))
    return std::nullopt;
  std::optional<std::vector<guint8>> message =
      find_user_data (format, {map.data, map.size}, kRecordedNumberUuid);
  gst_buffer_unmap (unit, &map);
  return message;
}

static GstFlowReturn gst_numproseiextractor_transform_ip (GstBaseTransform *base, GstBuffer *unit)
{
  if (recorded_message_of (unit))
    return GST_FLOW_OK;
  if (const auto message = message_in (unit, *GST_NUMPROSEIEXTRACTOR (base)->format))
    attach_recorded_message (unit, *message);
  return GST_FLOW_OK;
}

static void gst_numproseiextractor_init (GstNumproseiextractor *self)
{
  new (&self->format) std::optional<NalFormat> ();
  gst_base_transform_set_in_place (GST_BASE_TRANSFORM (self), TRUE);
}

static void gst_numproseiextractor_class_init (GstNumproseiextractorClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseTransformClass *transform_class = GST_BASE_TRANSFORM_CLASS (klass);

  record_debug ();

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (
      element_class, "NumPro SEI extractor", "Filter/Video",
      "Hands the frame numbers of H.264 and H.265 streams to their decoder", "gst-numpro");

  transform_class->set_caps = GST_DEBUG_FUNCPTR (gst_numproseiextractor_set_caps);
  transform_class->transform_ip = GST_DEBUG_FUNCPTR (gst_numproseiextractor_transform_ip);
}
