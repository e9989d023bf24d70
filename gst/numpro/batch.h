/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

/**
 * GstNumproBatch:
 *
 * Consecutive samples that are asked about together: a ledger and the images that it names.
 * A #GstMiniObject.
 * Since: 0.1
 */
typedef struct _GstNumproBatch GstNumproBatch;

#define GST_TYPE_NUMPRO_BATCH (gst_numpro_batch_get_type ())

GST_NUMPRO_API GType gst_numpro_batch_get_type (void);
GST_NUMPRO_API GstNumproBatch *gst_numpro_batch_new (GstNumproLedger *ledger);
GST_NUMPRO_API GstNumproBatch *gst_numpro_batch_ref (GstNumproBatch *batch);
GST_NUMPRO_API void gst_numpro_batch_unref (GstNumproBatch *batch);
GST_NUMPRO_API GstNumproLedger *gst_numpro_batch_get_ledger (GstNumproBatch *batch);
GST_NUMPRO_API void gst_numpro_batch_add_image (GstNumproBatch *batch, const gchar *name,
                                                GBytes *jpeg);
GST_NUMPRO_API guint gst_numpro_batch_get_n_images (GstNumproBatch *batch);
GST_NUMPRO_API const gchar *gst_numpro_batch_get_image_name (GstNumproBatch *batch, guint index);
GST_NUMPRO_API GBytes *gst_numpro_batch_get_image (GstNumproBatch *batch, const gchar *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproBatch, gst_numpro_batch_unref)

G_END_DECLS
