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
 * @x: left edge of what is drawn, in pixels of the frame that it was drawn on; may lie outside it
 * @y: its top edge
 * @width: its width in pixels, with some distance around the ink; 0 where nothing is drawn, or it
 * is not known where
 * @height: its height
 * @ink_x: left edge of the ink of its characters, without their outline, in pixels as @x
 * @ink_y: its top edge
 * @ink_width: its width; 0 as @width
 * @ink_height: its height
 * @digit_height: height in pixels of the ink of a digit, without its outline; 0 as @width
 * @frame_width: width in pixels of the frame that it was drawn on; 0 as @width
 * @frame_height: height of that frame as it is stored: of frames that are fields, of one of them
 * @frame_par_n: numerator of the shape of that frame's pixels, width to height; 0 as @width
 * @frame_par_d: its denominator; a pixel of a field is as high as two rows
 * @frame_orientation: how that frame lay: what has to be done to it for the number to stand
 * upright, as #GstVideoOrientationMethod has it; 0, nothing, as well where @width is 0
 *
 * The number that a video frame carries. A slot is the stretch of time during which one number is
 * shown; several buffers may belong to one slot.
 *
 * The meta has no tags, so elements that copy, convert or scale frames keep it as it is. What it
 * says of pixels, it says of the frame that was drawn on. Whoever finds it on a frame of another
 * size knows by the frames' shapes as displayed, frame_width * frame_par_n to frame_height *
 * frame_par_d, whether this one was scaled, or cropped, padded or turned.
 * Since: 0.1
 */
struct _GstNumproMeta {
  GstMeta meta;

  guint64 number;
  guint64 slot;
  GstClockTime slot_start;
  GstClockTime slot_duration;

  GstNumproLook look;
  gint x, y;
  guint width, height;
  gint ink_x, ink_y;
  guint ink_width, ink_height;
  guint digit_height;
  guint frame_width, frame_height;
  guint frame_par_n, frame_par_d;
  guint frame_orientation;

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
