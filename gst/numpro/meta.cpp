/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "meta.h"

#include "looktext.h"
#if GST_CHECK_VERSION(1, 24, 0)
#include "metaserialization.h"
#endif

namespace {

constexpr GstNumproMeta kNewMeta = {.slot_start = GST_CLOCK_TIME_NONE,
                                    .slot_duration = GST_CLOCK_TIME_NONE,
                                    .look = numpro::kPaperLook};

// All but the parent, which is a buffer's own.
void assign (GstNumproMeta &to, const GstNumproMeta &from)
{
  const GstMeta parent = to.meta;
  to = from;
  to.meta = parent;
}

gboolean meta_init (GstMeta *meta, gpointer, GstBuffer *)
{
  assign (*reinterpret_cast<GstNumproMeta *> (meta), kNewMeta);
  return TRUE;
}

// A number stays true whatever happens to the pixels, so every kind of transform keeps it.
gboolean meta_transform (GstBuffer *transbuf, GstMeta *meta, GstBuffer *, GQuark, gpointer)
{
  const auto *from = reinterpret_cast<const GstNumproMeta *> (meta);
  auto *to = gst_buffer_add_numpro_meta (transbuf, from->number, from->slot, from->slot_start,
                                         from->slot_duration);
  assign (*to, *from);
  return TRUE;
}

}  // namespace

/**
 * gst_numpro_meta_api_get_type:
 *
 * Tells the type of the API of #GstNumproMeta.
 *
 * Returns: what %GST_NUMPRO_META_API_TYPE stands for
 * Since: 0.1
 */
GType gst_numpro_meta_api_get_type (void)
{
  static const GType type = [] {
    static const gchar *no_tags[] = {nullptr};
    return gst_meta_api_type_register ("GstNumproMetaAPI", no_tags);
  }();
  return type;
}

/**
 * gst_numpro_meta_get_info:
 *
 * Tells how a #GstNumproMeta is made and kept, and sent to other processes where GStreamer is 1.24
 * or later.
 *
 * GStreamer knows the meta from the first call on. Frames that come from another process, as with
 * `unixfdsrc`, bring their numbers only after that: an application that uses neither of the
 * elements calls this once. From 1.28 on GStreamer finds the plugin by itself.
 *
 * Returns: (transfer none): what %GST_NUMPRO_META_INFO stands for
 * Since: 0.1
 */
const GstMetaInfo *gst_numpro_meta_get_info (void)
{
  static const GstMetaInfo *info = [] {
#if GST_CHECK_VERSION(1, 24, 0)
    GstMetaInfo *made =
        gst_meta_info_new (GST_NUMPRO_META_API_TYPE, "GstNumproMeta", sizeof (GstNumproMeta));
    made->init_func = meta_init;
    made->transform_func = meta_transform;
    made->serialize_func = numpro::serialize_meta;
    made->deserialize_func = numpro::deserialize_meta;
    return gst_meta_info_register (made);
#else
    return gst_meta_register (GST_NUMPRO_META_API_TYPE, "GstNumproMeta", sizeof (GstNumproMeta),
                              meta_init, nullptr, meta_transform);
#endif
  }();
  return info;
}

/**
 * gst_buffer_add_numpro_meta:
 * @buffer: a writable #GstBuffer
 * @number: the number drawn on the frame
 * @slot: the number before wrapping
 * @slot_start: nominal start of the slot in running time (ns), or %GST_CLOCK_TIME_NONE
 * @slot_duration: nominal duration of the slot (ns), or %GST_CLOCK_TIME_NONE
 *
 * Says which number @buffer carries. A buffer has one number: where there is a meta already, its
 * numbers and times are replaced.
 *
 * The look of a new meta is the paper's (red, bottom right), and where it stands is not known;
 * assign #GstNumproMeta.look and the other members where that is otherwise.
 *
 * Returns: (transfer none): the meta, owned by @buffer
 * Since: 0.1
 */
GstNumproMeta *gst_buffer_add_numpro_meta (GstBuffer *buffer, guint64 number, guint64 slot,
                                           GstClockTime slot_start, GstClockTime slot_duration)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), nullptr);
  g_return_val_if_fail (gst_buffer_is_writable (buffer), nullptr);

  GstNumproMeta *meta = gst_buffer_get_numpro_meta (buffer);
  if (!meta) {
    meta = reinterpret_cast<GstNumproMeta *> (
        gst_buffer_add_meta (buffer, GST_NUMPRO_META_INFO, nullptr));
  }
  meta->number = number;
  meta->slot = slot;
  meta->slot_start = slot_start;
  meta->slot_duration = slot_duration;
  return meta;
}

/**
 * gst_buffer_get_numpro_meta:
 * @buffer: a #GstBuffer
 *
 * Finds the number of a frame.
 *
 * Returns: (transfer none) (nullable): the number meta of @buffer, owned by it
 * Since: 0.1
 */
GstNumproMeta *gst_buffer_get_numpro_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), nullptr);

  return reinterpret_cast<GstNumproMeta *> (gst_buffer_get_meta (buffer, GST_NUMPRO_META_API_TYPE));
}
