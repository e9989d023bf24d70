/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/look.h>
#include <gst/numpro/numpro-prelude.h>
#include <gst/numpro/sample.h>

G_BEGIN_DECLS

/**
 * GstNumproLedger:
 *
 * The table of a batch: its samples in the order of time, and the look that their numbers have in
 * common. A #GstMiniObject; it may be changed as long as gst_mini_object_is_writable() says so.
 * Since: 0.1
 */
typedef struct _GstNumproLedger GstNumproLedger;

#define GST_TYPE_NUMPRO_LEDGER (gst_numpro_ledger_get_type ())

GST_NUMPRO_API GType gst_numpro_ledger_get_type (void);
GST_NUMPRO_API GstNumproLedger *gst_numpro_ledger_new (guint64 batch);
GST_NUMPRO_API GstNumproLedger *gst_numpro_ledger_new_from_json (const gchar *json, gssize length,
                                                                 GError **error);
GST_NUMPRO_API GstNumproLedger *gst_numpro_ledger_ref (GstNumproLedger *ledger);
GST_NUMPRO_API void gst_numpro_ledger_unref (GstNumproLedger *ledger);
GST_NUMPRO_API gchar *gst_numpro_ledger_to_json (GstNumproLedger *ledger);
GST_NUMPRO_API guint64 gst_numpro_ledger_get_batch (GstNumproLedger *ledger);
GST_NUMPRO_API void gst_numpro_ledger_set_look (GstNumproLedger *ledger, const GstNumproLook *look);
GST_NUMPRO_API const GstNumproLook *gst_numpro_ledger_get_look (GstNumproLedger *ledger);
GST_NUMPRO_API void gst_numpro_ledger_append (GstNumproLedger *ledger,
                                              const GstNumproSample *sample);
GST_NUMPRO_API guint gst_numpro_ledger_get_length (GstNumproLedger *ledger);
GST_NUMPRO_API const GstNumproSample *gst_numpro_ledger_get_sample (GstNumproLedger *ledger,
                                                                    guint index);
GST_NUMPRO_API gboolean gst_numpro_ledger_find (GstNumproLedger *ledger, guint64 number,
                                                guint *index, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproLedger, gst_numpro_ledger_unref)

G_END_DECLS
