/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/numpro-prelude.h>
#include <gst/numpro/obstacle.h>
#include <gst/numpro/prompt.h>
#include <gst/numpro/span.h>

G_BEGIN_DECLS

/**
 * GstNumproAnswer:
 *
 * What a model said about a batch, and what it comes to.
 *
 * An answer is valid when it is whole, could be read, and all its numbers are in the batch; then it
 * has spans, or there is no such event. A number is never moved to where it would fit, and nothing
 * is guessed: an obstacle is why an answer is not valid, and problems say that and what else is odd
 * about it. A model may be asked what it means by an answer that could not be read: it is then
 * restated, and keeps its text.
 *
 * A #GstMiniObject.
 * Since: 0.1
 */
typedef struct _GstNumproAnswer GstNumproAnswer;

#define GST_TYPE_NUMPRO_ANSWER (gst_numpro_answer_get_type ())

GST_NUMPRO_API GType gst_numpro_answer_get_type (void);
GST_NUMPRO_API GstNumproAnswer *gst_numpro_answer_new (GstNumproPrompt *prompt,
                                                       GstNumproLedger *ledger, const gchar *text);
GST_NUMPRO_API GstNumproAnswer *gst_numpro_answer_new_from_json (const gchar *json, gssize length,
                                                                 GError **error);
GST_NUMPRO_API GstNumproAnswer *gst_numpro_answer_merge (GstNumproAnswer *first,
                                                         GstNumproAnswer *second,
                                                         GstNumproLedger *ledger);
GST_NUMPRO_API GstNumproAnswer *gst_numpro_answer_ref (GstNumproAnswer *answer);
GST_NUMPRO_API void gst_numpro_answer_unref (GstNumproAnswer *answer);
GST_NUMPRO_API gchar *gst_numpro_answer_to_json (GstNumproAnswer *answer);
GST_NUMPRO_API guint64 gst_numpro_answer_get_batch (GstNumproAnswer *answer);
GST_NUMPRO_API const gchar *gst_numpro_answer_get_question (GstNumproAnswer *answer);
GST_NUMPRO_API const gchar *gst_numpro_answer_get_text (GstNumproAnswer *answer);
GST_NUMPRO_API gboolean gst_numpro_answer_get_found (GstNumproAnswer *answer);
GST_NUMPRO_API gboolean gst_numpro_answer_get_valid (GstNumproAnswer *answer);
GST_NUMPRO_API GstNumproObstacle gst_numpro_answer_get_obstacle (GstNumproAnswer *answer);
GST_NUMPRO_API gchar **gst_numpro_answer_get_problems (GstNumproAnswer *answer);
GST_NUMPRO_API guint gst_numpro_answer_get_n_spans (GstNumproAnswer *answer);
GST_NUMPRO_API const GstNumproSpan *gst_numpro_answer_get_span (GstNumproAnswer *answer,
                                                                guint index);
GST_NUMPRO_API const gchar *gst_numpro_answer_get_utc_source (GstNumproAnswer *answer);
GST_NUMPRO_API guint gst_numpro_answer_get_n_highlights (GstNumproAnswer *answer);
GST_NUMPRO_API gboolean gst_numpro_answer_get_highlight (GstNumproAnswer *answer, guint index,
                                                         guint64 *number, gdouble *score);
GST_NUMPRO_API void gst_numpro_answer_set_delivery (GstNumproAnswer *answer, const gchar *model,
                                                    gdouble latency, guint attempts,
                                                    const gchar *usage);
GST_NUMPRO_API const gchar *gst_numpro_answer_get_model (GstNumproAnswer *answer);
GST_NUMPRO_API gdouble gst_numpro_answer_get_latency (GstNumproAnswer *answer);
GST_NUMPRO_API guint gst_numpro_answer_get_attempts (GstNumproAnswer *answer);
GST_NUMPRO_API void gst_numpro_answer_set_obstacle (GstNumproAnswer *answer,
                                                    GstNumproObstacle obstacle,
                                                    const gchar *detail);
GST_NUMPRO_API void gst_numpro_answer_invalidate (GstNumproAnswer *answer, const gchar *reason);
GST_NUMPRO_API gboolean gst_numpro_answer_needs_restatement (GstNumproAnswer *answer);
GST_NUMPRO_API gchar *gst_numpro_answer_make_restatement (GstNumproAnswer *answer,
                                                          GstNumproPrompt *prompt,
                                                          GstNumproLedger *ledger);
GST_NUMPRO_API gboolean gst_numpro_answer_restate (GstNumproAnswer *answer, GstNumproPrompt *prompt,
                                                   GstNumproLedger *ledger, const gchar *text);
GST_NUMPRO_API const gchar *gst_numpro_answer_get_restatement (GstNumproAnswer *answer);
GST_NUMPRO_API void gst_numpro_answer_set_restatement_delivery (GstNumproAnswer *answer,
                                                                gdouble latency,
                                                                const gchar *usage);
GST_NUMPRO_API gdouble gst_numpro_answer_get_restatement_latency (GstNumproAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproAnswer, gst_numpro_answer_unref)

G_END_DECLS
