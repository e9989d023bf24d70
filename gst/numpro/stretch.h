/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro-prelude.h>
#include <gst/numpro/span.h>

G_BEGIN_DECLS

/**
 * GstNumproStretchState:
 * @GST_NUMPRO_STRETCH_STATE_ANSWERED: asked about, and the answer is valid: where there is no event
 *   the answer is "no"
 * @GST_NUMPRO_STRETCH_STATE_UNREAD: asked about, but no answer is valid: nothing is known
 * @GST_NUMPRO_STRETCH_STATE_FAILED: asked about, but no answer came: nothing is known
 *
 * What is known of a stretch of a stream. What is in no stretch was not asked about.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_STRETCH_STATE_ANSWERED,
  GST_NUMPRO_STRETCH_STATE_UNREAD,
  GST_NUMPRO_STRETCH_STATE_FAILED,
} GstNumproStretchState;

#define GST_TYPE_NUMPRO_STRETCH_STATE (gst_numpro_stretch_state_get_type ())

typedef struct _GstNumproStretch GstNumproStretch;

/**
 * GstNumproStretch:
 * @source: (nullable): id of the stream
 * @state: what is known of it
 * @span: its numbers and times
 *
 * Samples that follow each other and were asked about with the same success.
 * Since: 0.1
 */
struct _GstNumproStretch {
  gchar *source;
  GstNumproStretchState state;
  GstNumproSpan span;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING];
};

#define GST_TYPE_NUMPRO_STRETCH (gst_numpro_stretch_get_type ())

GST_NUMPRO_API GType gst_numpro_stretch_state_get_type (void);
GST_NUMPRO_API GType gst_numpro_stretch_get_type (void);
GST_NUMPRO_API GstNumproStretch *gst_numpro_stretch_copy (const GstNumproStretch *stretch);
GST_NUMPRO_API void gst_numpro_stretch_free (GstNumproStretch *stretch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproStretch, gst_numpro_stretch_free)

G_END_DECLS
