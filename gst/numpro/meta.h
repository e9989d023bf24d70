/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/look.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

typedef struct _GstNumproMeta GstNumproMeta;

/**
 * GstNumproMeta:
 * @meta: parent #GstMeta
 * @number: the number as it is drawn on the frame
 * @slot: the number before it was wrapped; never repeats between two resets
 * @slot_start: nominal start of the slot, in running time (ns); %GST_CLOCK_TIME_NONE when unknown
 * @slot_duration: nominal duration of the slot (ns); %GST_CLOCK_TIME_NONE when unknown
 * @look: how the number looks
 *
 * The number that a video frame carries. A slot is the stretch of time during which one number is
 * shown; several buffers may belong to one slot.
 *
 * The meta has no tags: it says nothing about memory, size or colour space, so elements that copy
 * or convert frames keep it.
 * Since: 0.1
 */
struct _GstNumproMeta {
  GstMeta meta;

  guint64 number;
  guint64 slot;
  GstClockTime slot_start;
  GstClockTime slot_duration;

  GstNumproLook look;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING];
};

#define GST_NUMPRO_META_API_TYPE (gst_numpro_meta_api_get_type ())

#define GST_NUMPRO_META_INFO (gst_numpro_meta_get_info ())

GST_NUMPRO_API GType gst_numpro_meta_api_get_type (void);
GST_NUMPRO_API const GstMetaInfo *gst_numpro_meta_get_info (void);
GST_NUMPRO_API GstNumproMeta *gst_buffer_add_numpro_meta (GstBuffer *buffer, guint64 number,
                                                          guint64 slot, GstClockTime slot_start,
                                                          GstClockTime slot_duration);
GST_NUMPRO_API GstNumproMeta *gst_buffer_get_numpro_meta (GstBuffer *buffer);

G_END_DECLS
