/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stretch.h"

G_DEFINE_BOXED_TYPE (GstNumproStretch, gst_numpro_stretch, gst_numpro_stretch_copy,
                     gst_numpro_stretch_free)

/**
 * gst_numpro_stretch_copy:
 * @stretch: a stretch
 *
 * Copies a stretch.
 *
 * Returns: (transfer full): a copy of it
 * Since: 0.1
 */
GstNumproStretch *gst_numpro_stretch_copy (const GstNumproStretch *stretch)
{
  g_return_val_if_fail (stretch, nullptr);

  auto *copy = static_cast<GstNumproStretch *> (g_memdup2 (stretch, sizeof (*stretch)));
  copy->source = g_strdup (stretch->source);
  return copy;
}

/**
 * gst_numpro_stretch_free:
 * @stretch: (transfer full): a stretch
 *
 * Frees a stretch.
 * Since: 0.1
 */
void gst_numpro_stretch_free (GstNumproStretch *stretch)
{
  g_free (stretch->source);
  g_free (stretch);
}
