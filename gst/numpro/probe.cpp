/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probe.h"

G_DEFINE_BOXED_TYPE (GstNumproProbe, gst_numpro_probe, gst_numpro_probe_copy, gst_numpro_probe_free)

namespace {

guint64 *copy_of (const guint64 *numbers, gsize count)
{
  return static_cast<guint64 *> (g_memdup2 (numbers, count * sizeof (*numbers)));
}

}  // namespace

/**
 * gst_numpro_probe_new:
 * @sent: (array length=n_sent): numbers on the pictures that were sent, in their order
 * @n_sent: how many there are
 * @seen: (array length=n_seen): numbers that the model named, in its order
 * @n_seen: how many there are
 *
 * Makes a probe of which nothing else is known. The numbers are copied.
 *
 * Returns: (transfer full): the probe
 * Since: 0.1
 */
GstNumproProbe *gst_numpro_probe_new (const guint64 *sent, gsize n_sent, const guint64 *seen,
                                      gsize n_seen)
{
  GstNumproProbe *probe = g_new0 (GstNumproProbe, 1);
  probe->sent = copy_of (sent, n_sent);
  probe->n_sent = n_sent;
  probe->seen = copy_of (seen, n_seen);
  probe->n_seen = n_seen;
  probe->parts = 1;
  return probe;
}

/**
 * gst_numpro_probe_copy:
 * @probe: a probe
 *
 * Copies a probe.
 *
 * Returns: (transfer full): a copy of it
 * Since: 0.1
 */
GstNumproProbe *gst_numpro_probe_copy (const GstNumproProbe *probe)
{
  g_return_val_if_fail (probe, nullptr);

  GstNumproProbe *copy = g_new (GstNumproProbe, 1);
  *copy = *probe;
  copy->sent = copy_of (probe->sent, probe->n_sent);
  copy->seen = copy_of (probe->seen, probe->n_seen);
  copy->model = g_strdup (probe->model);
  copy->text = g_strdup (probe->text);
  copy->message = g_strdup (probe->message);
  copy->cure = g_strdup (probe->cure);
  return copy;
}

/**
 * gst_numpro_probe_free:
 * @probe: (transfer full): a probe
 *
 * Frees a probe.
 *
 * Since: 0.1
 */
void gst_numpro_probe_free (GstNumproProbe *probe)
{
  g_free (probe->sent);
  g_free (probe->seen);
  g_free (probe->model);
  g_free (probe->text);
  g_free (probe->message);
  g_free (probe->cure);
  g_free (probe);
}
