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
 * Since: 0.1
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
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_VALIGN_TOP,
  GST_NUMPRO_VALIGN_CENTER,
  GST_NUMPRO_VALIGN_BOTTOM,
} GstNumproVAlign;

/**
 * GstNumproStamp:
 * @GST_NUMPRO_STAMP_NUMBER: its number
 * @GST_NUMPRO_STAMP_SECONDS: the time at which its number began, in seconds
 * @GST_NUMPRO_STAMP_CLOCK: the same in minutes and seconds
 * @GST_NUMPRO_STAMP_NONE: nothing
 *
 * What is to be seen of a frame's number in its pixels.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_STAMP_NUMBER,
  GST_NUMPRO_STAMP_SECONDS,
  GST_NUMPRO_STAMP_CLOCK,
  GST_NUMPRO_STAMP_NONE,
} GstNumproStamp;

typedef struct _GstNumproLook GstNumproLook;

/**
 * GstNumproLook:
 * @color: colour of the number, as 0xAARRGGBB
 * @halign: its horizontal place
 * @valign: its vertical place
 * @stamp: what is drawn; nothing else counts where that is %GST_NUMPRO_STAMP_NONE
 *
 * How a number looks on its frame.
 * Since: 0.1
 */
struct _GstNumproLook {
  guint32 color;
  GstNumproHAlign halign;
  GstNumproVAlign valign;
  GstNumproStamp stamp;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING];
};

#define GST_TYPE_NUMPRO_HALIGN (gst_numpro_halign_get_type ())
#define GST_TYPE_NUMPRO_VALIGN (gst_numpro_valign_get_type ())
#define GST_TYPE_NUMPRO_STAMP (gst_numpro_stamp_get_type ())
#define GST_TYPE_NUMPRO_LOOK (gst_numpro_look_get_type ())

GST_NUMPRO_API GType gst_numpro_halign_get_type (void);
GST_NUMPRO_API GType gst_numpro_valign_get_type (void);
GST_NUMPRO_API GType gst_numpro_stamp_get_type (void);
GST_NUMPRO_API GType gst_numpro_look_get_type (void);
GST_NUMPRO_API GstNumproLook *gst_numpro_look_new (guint32 color, GstNumproHAlign halign,
                                                   GstNumproVAlign valign);
GST_NUMPRO_API GstNumproLook *gst_numpro_look_copy (const GstNumproLook *look);
GST_NUMPRO_API void gst_numpro_look_free (GstNumproLook *look);
GST_NUMPRO_API gboolean gst_numpro_look_equal (const GstNumproLook *look,
                                               const GstNumproLook *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproLook, gst_numpro_look_free)

G_END_DECLS
