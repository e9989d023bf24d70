/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro-prelude.h>
#include <gst/numpro/span.h>

G_BEGIN_DECLS

typedef struct _GstNumproEvent GstNumproEvent;

/**
 * GstNumproEvent:
 * @source: (nullable): id of the stream that it is in
 * @has_numbers: whether the numbers of @span are known; those of an event that was read from
 *   subtitles, chapters or the like are not
 * @span: its numbers and times; the first number is greater than the last one where numbers wrapped
 * @open_start: whether it may have begun before: what is before was not asked about, or the answer
 *   is not known
 * @open_end: whether it may go on after that, likewise
 * @n_evidence: how many windows it was seen in
 * @evidence: (array length=n_evidence): the windows of the #GstNumproTimeline whose answers say so,
 *   counted from 0
 *
 * Something that a model saw, in one window or in several that follow each other.
 * Since: 0.1
 */
struct _GstNumproEvent {
  gchar *source;
  gboolean has_numbers;
  GstNumproSpan span;
  gboolean open_start;
  gboolean open_end;
  guint n_evidence;
  guint *evidence;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING];
};

#define GST_TYPE_NUMPRO_EVENT (gst_numpro_event_get_type ())

GST_NUMPRO_API GType gst_numpro_event_get_type (void);
GST_NUMPRO_API GstNumproEvent *gst_numpro_event_copy (const GstNumproEvent *event);
GST_NUMPRO_API void gst_numpro_event_free (GstNumproEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproEvent, gst_numpro_event_free)

G_END_DECLS
