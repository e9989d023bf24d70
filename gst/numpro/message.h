/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/answer.h>
#include <gst/numpro/batch.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/numpro-prelude.h>
#include <gst/numpro/probe.h>

G_BEGIN_DECLS

/**
 * GstNumproLossReason:
 * @GST_NUMPRO_LOSS_REASON_OVERRUN: batches came faster than they were taken
 * @GST_NUMPRO_LOSS_REASON_ENCODE: an image could not be encoded
 * @GST_NUMPRO_LOSS_REASON_DISK: a bundle or an answer could not be written or read
 * @GST_NUMPRO_LOSS_REASON_FLUSH: the stream was flushed
 * @GST_NUMPRO_LOSS_REASON_STOP: the element was stopped
 * @GST_NUMPRO_LOSS_REASON_MODEL: none of the questions about a batch was answered
 * @GST_NUMPRO_LOSS_REASON_HTTP: the server refused the request
 * @GST_NUMPRO_LOSS_REASON_REPLY: what the server sent could not be read
 * @GST_NUMPRO_LOSS_REASON_NETWORK: the server could not be reached
 * @GST_NUMPRO_LOSS_REASON_TIMEOUT: the server did not answer in time
 * @GST_NUMPRO_LOSS_REASON_TLS: the server's certificate is not trusted
 * @GST_NUMPRO_LOSS_REASON_UNAUTHORIZED: the server did not take the key
 *
 * Why samples, a batch or a question are lost.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_LOSS_REASON_OVERRUN,
  GST_NUMPRO_LOSS_REASON_ENCODE,
  GST_NUMPRO_LOSS_REASON_DISK,
  GST_NUMPRO_LOSS_REASON_FLUSH,
  GST_NUMPRO_LOSS_REASON_STOP,
  GST_NUMPRO_LOSS_REASON_MODEL,
  GST_NUMPRO_LOSS_REASON_HTTP,
  GST_NUMPRO_LOSS_REASON_REPLY,
  GST_NUMPRO_LOSS_REASON_NETWORK,
  GST_NUMPRO_LOSS_REASON_TIMEOUT,
  GST_NUMPRO_LOSS_REASON_TLS,
  GST_NUMPRO_LOSS_REASON_UNAUTHORIZED,
} GstNumproLossReason;

/**
 * GstNumproServerState:
 * @GST_NUMPRO_SERVER_STATE_AWAY: it does not answer, whatever the question
 * @GST_NUMPRO_SERVER_STATE_BACK: it answers again
 *
 * Whether a model's server answers.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_SERVER_STATE_AWAY,
  GST_NUMPRO_SERVER_STATE_BACK,
} GstNumproServerState;

/**
 * GST_NUMPRO_NO_BATCH:
 *
 * Stands for the number of a batch where samples were in none yet.
 * Since: 0.1
 */
#define GST_NUMPRO_NO_BATCH ((guint64)-1)

#define GST_TYPE_NUMPRO_LOSS_REASON (gst_numpro_loss_reason_get_type ())
#define GST_TYPE_NUMPRO_SERVER_STATE (gst_numpro_server_state_get_type ())

GST_NUMPRO_API GType gst_numpro_loss_reason_get_type (void);
GST_NUMPRO_API GType gst_numpro_server_state_get_type (void);
GST_NUMPRO_API GstMessage *gst_message_new_numpro_batch (GstObject *src, GstNumproLedger *ledger,
                                                         const gchar *location);
GST_NUMPRO_API GstMessage *gst_message_new_numpro_answer (GstObject *src, GstNumproAnswer *answer,
                                                          const gchar *location);
GST_NUMPRO_API GstMessage *gst_message_new_numpro_failure (GstObject *src,
                                                           GstNumproLossReason reason,
                                                           const gchar *text, guint64 batch,
                                                           const gchar *question,
                                                           const guint64 *numbers, gsize n_numbers);
GST_NUMPRO_API GstMessage *gst_message_new_numpro_probe (GstObject *src,
                                                         const GstNumproProbe *probe);
GST_NUMPRO_API GstMessage *gst_message_new_numpro_server (GstObject *src,
                                                          GstNumproServerState state,
                                                          GstNumproLossReason reason,
                                                          const gchar *text, guint64 lost,
                                                          guint64 postponed, GstClockTime duration);
GST_NUMPRO_API gboolean gst_message_parse_numpro_batch (GstMessage *message,
                                                        GstNumproLedger **ledger, gchar **location);
GST_NUMPRO_API gboolean gst_message_parse_numpro_answer (GstMessage *message,
                                                         GstNumproAnswer **answer,
                                                         gchar **location);
GST_NUMPRO_API gboolean gst_message_parse_numpro_failure (GstMessage *message,
                                                          GstNumproLossReason *reason, gchar **text,
                                                          guint64 *batch, gchar **question,
                                                          guint64 **numbers, gsize *n_numbers);
GST_NUMPRO_API gboolean gst_message_parse_numpro_probe (GstMessage *message,
                                                        GstNumproProbe **probe);
GST_NUMPRO_API gboolean gst_message_parse_numpro_server (GstMessage *message,
                                                         GstNumproServerState *state,
                                                         GstNumproLossReason *reason, gchar **text,
                                                         guint64 *lost, guint64 *postponed,
                                                         GstClockTime *duration);

G_END_DECLS
