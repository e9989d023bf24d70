/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "look.h"

G_DEFINE_BOXED_TYPE (GstNumproLook, gst_numpro_look, gst_numpro_look_copy, gst_numpro_look_free)

/**
 * gst_numpro_look_new:
 * @color: colour of the number, as 0xAARRGGBB
 * @halign: its horizontal place
 * @valign: its vertical place
 *
 * Makes the look of frames that show their number; assign #GstNumproLook.stamp where they show
 * something else. In C and C++ a #GstNumproLook on the stack, with zeros for what is reserved, does
 * as well.
 *
 * Returns: (transfer full): the look
 * Since: 0.1
 */
GstNumproLook *gst_numpro_look_new (guint32 color, GstNumproHAlign halign, GstNumproVAlign valign)
{
  const GstNumproLook look = {color, halign, valign, GST_NUMPRO_STAMP_NUMBER, {}};
  return gst_numpro_look_copy (&look);
}

/**
 * gst_numpro_look_copy:
 * @look: a look
 *
 * Copies a look.
 *
 * Returns: (transfer full): a copy of it
 * Since: 0.1
 */
GstNumproLook *gst_numpro_look_copy (const GstNumproLook *look)
{
  g_return_val_if_fail (look, nullptr);

  return static_cast<GstNumproLook *> (g_memdup2 (look, sizeof (*look)));
}

/**
 * gst_numpro_look_free:
 * @look: (transfer full): a look
 *
 * Frees a look.
 * Since: 0.1
 */
void gst_numpro_look_free (GstNumproLook *look)
{
  g_free (look);
}

/**
 * gst_numpro_look_equal:
 * @look: a look
 * @other: another one
 *
 * Compares two looks.
 *
 * Returns: whether colour with its opacity, place, and what is drawn are the same
 * Since: 0.1
 */
gboolean gst_numpro_look_equal (const GstNumproLook *look, const GstNumproLook *other)
{
  g_return_val_if_fail (look && other, FALSE);

  return look->color == other->color && look->halign == other->halign &&
         look->valign == other->valign && look->stamp == other->stamp;
}
