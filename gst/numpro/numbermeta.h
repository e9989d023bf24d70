/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

/**
 * GstNumproHAlign:
 * @GST_NUMPRO_HALIGN_LEFT: at the left edge
 * @GST_NUMPRO_HALIGN_CENTER: in the middle
 * @GST_NUMPRO_HALIGN_RIGHT: at the right edge
 *
 * Where a number stands between the left and the right edge of its frame.
 */
typedef enum {
  GST_NUMPRO_HALIGN_LEFT,
  GST_NUMPRO_HALIGN_CENTER,
  GST_NUMPRO_HALIGN_RIGHT,
} GstNumproHAlign;

/**
 * GstNumproVAlign:
 * @GST_NUMPRO_VALIGN_TOP: at the top edge
 * @GST_NUMPRO_VALIGN_CENTER: in the middle
 * @GST_NUMPRO_VALIGN_BOTTOM: at the bottom edge
 *
 * Where a number stands between the top and the bottom edge of its frame.
 */
typedef enum {
  GST_NUMPRO_VALIGN_TOP,
  GST_NUMPRO_VALIGN_CENTER,
  GST_NUMPRO_VALIGN_BOTTOM,
} GstNumproVAlign;

typedef struct _GstNumproMeta GstNumproMeta;

/**
 * GstNumproMeta:
 * @meta: parent #GstMeta
 * @number: the number as it is drawn on the frame
 * @slot: the number before it was wrapped; never repeats between two resets
 * @slot_start: nominal start of the slot, in running time (ns); %GST_CLOCK_TIME_NONE when unknown
 * @slot_duration: nominal duration of the slot (ns); %GST_CLOCK_TIME_NONE when unknown
 * @color: colour of the number, as 0xAARRGGBB
 * @halign: horizontal place of the number
 * @valign: vertical place of the number
 *
 * The number that a video frame carries. A slot is the stretch of time during which one number is
 * shown; several buffers may belong to one slot.
 *
 * The meta has no tags: it says nothing about memory, size or colour space, so elements that copy
 * or convert frames keep it.
 */
struct _GstNumproMeta {
  GstMeta meta;

  guint64 number;
  guint64 slot;
  GstClockTime slot_start;
  GstClockTime slot_duration;

  guint32 color;
  GstNumproHAlign halign;
  GstNumproVAlign valign;
};

/**
 * GST_NUMPRO_META_API_TYPE:
 *
 * The #GType of the API of #GstNumproMeta.
 */
#define GST_NUMPRO_META_API_TYPE (gst_numpro_meta_api_get_type ())

/**
 * GST_NUMPRO_META_INFO:
 *
 * The #GstMetaInfo of #GstNumproMeta.
 */
#define GST_NUMPRO_META_INFO (gst_numpro_meta_get_info ())

GST_NUMPRO_API
GType gst_numpro_meta_api_get_type (void);

GST_NUMPRO_API
const GstMetaInfo *gst_numpro_meta_get_info (void);

GST_NUMPRO_API
GstNumproMeta *gst_buffer_add_numpro_meta (GstBuffer *buffer, guint64 number, guint64 slot,
                                           GstClockTime slot_start, GstClockTime slot_duration);

GST_NUMPRO_API
GstNumproMeta *gst_buffer_get_numpro_meta (GstBuffer *buffer);

G_END_DECLS
