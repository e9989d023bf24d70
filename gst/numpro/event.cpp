/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "event.h"

G_DEFINE_BOXED_TYPE (GstNumproEvent, gst_numpro_event, gst_numpro_event_copy, gst_numpro_event_free)

/**
 * gst_numpro_event_copy:
 * @event: an event
 *
 * Copies an event.
 *
 * Returns: (transfer full): a copy of it
 * Since: 0.1
 */
GstNumproEvent *gst_numpro_event_copy (const GstNumproEvent *event)
{
  g_return_val_if_fail (event, nullptr);

  GstNumproEvent *copy = g_new (GstNumproEvent, 1);
  *copy = *event;
  copy->source = g_strdup (event->source);
  copy->evidence =
      static_cast<guint *> (g_memdup2 (event->evidence, event->n_evidence * sizeof (guint)));
  return copy;
}

/**
 * gst_numpro_event_free:
 * @event: (transfer full): an event
 *
 * Frees an event.
 * Since: 0.1
 */
void gst_numpro_event_free (GstNumproEvent *event)
{
  g_free (event->source);
  g_free (event->evidence);
  g_free (event);
}
