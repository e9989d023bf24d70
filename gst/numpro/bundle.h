/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>
#include <gst/numpro/answer.h>
#include <gst/numpro/batch.h>
#include <gst/numpro/numpro-prelude.h>
#include <gst/numpro/prompt.h>

G_BEGIN_DECLS

/**
 * GstNumproBundle:
 *
 * One batch on disk: a directory with the images, `ledger.json`, and for each question about the
 * batch `question-1.json`, `request-1.json` and `answer-1.json`, `-2` for the second and so on.
 * Nothing is kept in memory: what is asked of it is read from the disk then. A #GstMiniObject.
 * Since: 0.1
 */
typedef struct _GstNumproBundle GstNumproBundle;

#define GST_TYPE_NUMPRO_BUNDLE (gst_numpro_bundle_get_type ())

GST_NUMPRO_API GType gst_numpro_bundle_get_type (void);
GST_NUMPRO_API GstNumproBundle *gst_numpro_bundle_new (const gchar *path);
GST_NUMPRO_API GstNumproBundle *gst_numpro_bundle_ref (GstNumproBundle *bundle);
GST_NUMPRO_API void gst_numpro_bundle_unref (GstNumproBundle *bundle);
GST_NUMPRO_API const gchar *gst_numpro_bundle_get_path (GstNumproBundle *bundle);
GST_NUMPRO_API GstNumproBatch *gst_numpro_bundle_read_batch (GstNumproBundle *bundle,
                                                             GError **error);
GST_NUMPRO_API guint gst_numpro_bundle_get_n_questions (GstNumproBundle *bundle);
GST_NUMPRO_API GstNumproPrompt *gst_numpro_bundle_read_prompt (GstNumproBundle *bundle, guint index,
                                                               GError **error);
GST_NUMPRO_API gboolean gst_numpro_bundle_is_answered (GstNumproBundle *bundle, guint index);
GST_NUMPRO_API GstNumproAnswer *gst_numpro_bundle_read_answer (GstNumproBundle *bundle, guint index,
                                                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproBundle, gst_numpro_bundle_unref)

G_END_DECLS
