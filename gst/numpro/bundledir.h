/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>
#include <gst/numpro/answer.h>
#include <gst/numpro/batch.h>
#include <gst/numpro/bundle.h>
#include <gst/numpro/numpro-prelude.h>
#include <gst/numpro/prompt.h>

G_BEGIN_DECLS

/**
 * GstNumproBundleDir:
 *
 * A directory of bundles, each named after the number of its batch: `000042`. What is written is on
 * the disk when a function returns, and whole whenever the process is killed or the power is cut.
 * May be used by several threads. A #GstMiniObject.
 * Since: 0.1
 */
typedef struct _GstNumproBundleDir GstNumproBundleDir;

#define GST_TYPE_NUMPRO_BUNDLE_DIR (gst_numpro_bundle_dir_get_type ())

GST_NUMPRO_API GType gst_numpro_bundle_dir_get_type (void);
GST_NUMPRO_API GstNumproBundleDir *gst_numpro_bundle_dir_new (const gchar *path);
GST_NUMPRO_API GstNumproBundleDir *gst_numpro_bundle_dir_ref (GstNumproBundleDir *dir);
GST_NUMPRO_API void gst_numpro_bundle_dir_unref (GstNumproBundleDir *dir);
GST_NUMPRO_API gboolean gst_numpro_bundle_dir_prepare (GstNumproBundleDir *dir, GError **error);
GST_NUMPRO_API gboolean gst_numpro_bundle_dir_is_locked (GstNumproBundleDir *dir);
GST_NUMPRO_API guint64 *gst_numpro_bundle_dir_list (GstNumproBundleDir *dir, gsize *n_batches);
GST_NUMPRO_API guint64 gst_numpro_bundle_dir_get_next_batch (GstNumproBundleDir *dir);
GST_NUMPRO_API GstNumproBundle *gst_numpro_bundle_dir_get_bundle (GstNumproBundleDir *dir,
                                                                  guint64 batch);
GST_NUMPRO_API gboolean gst_numpro_bundle_dir_write (GstNumproBundleDir *dir, GstNumproBatch *batch,
                                                     GstNumproPrompt **prompts, guint n_prompts,
                                                     GCancellable *cancellable, GError **error);
GST_NUMPRO_API gboolean gst_numpro_bundle_dir_add_question (GstNumproBundleDir *dir,
                                                            GstNumproBundle *bundle,
                                                            GstNumproPrompt *prompt, guint *index,
                                                            GError **error);
GST_NUMPRO_API gboolean gst_numpro_bundle_dir_write_answer (GstNumproBundleDir *dir,
                                                            GstNumproBundle *bundle, guint index,
                                                            const gchar *request,
                                                            GstNumproAnswer *answer,
                                                            GError **error);
GST_NUMPRO_API void gst_numpro_bundle_dir_remove_oldest (GstNumproBundleDir *dir, guint keep);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproBundleDir, gst_numpro_bundle_dir_unref)

G_END_DECLS
