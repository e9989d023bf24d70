/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

/**
 * GstNumproTask:
 * @GST_NUMPRO_TASK_MOMENT: when something is visible
 * @GST_NUMPRO_TASK_HIGHLIGHT: which frames are worth seeing, with a score from 1 to 5
 * @GST_NUMPRO_TASK_DESCRIBE: free text that names frames by their numbers
 *
 * What a model is asked for.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_TASK_MOMENT,
  GST_NUMPRO_TASK_HIGHLIGHT,
  GST_NUMPRO_TASK_DESCRIBE,
} GstNumproTask;

#define GST_TYPE_NUMPRO_TASK (gst_numpro_task_get_type ())

GST_NUMPRO_API GType gst_numpro_task_get_type (void);

/**
 * GstNumproAnswerFormat:
 * @GST_NUMPRO_ANSWER_FORMAT_TEXT: a sentence
 * @GST_NUMPRO_ANSWER_FORMAT_JSON: a JSON object
 *
 * How a model is to answer.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_ANSWER_FORMAT_TEXT,
  GST_NUMPRO_ANSWER_FORMAT_JSON,
} GstNumproAnswerFormat;

#define GST_TYPE_NUMPRO_ANSWER_FORMAT (gst_numpro_answer_format_get_type ())

GST_NUMPRO_API GType gst_numpro_answer_format_get_type (void);

/**
 * GstNumproPrompt:
 *
 * What a model is asked about a batch, in words. Goes with gst_numpro_ledger_get_image_label():
 * the instruction, then the images, each after its label, then the text. A #GstMiniObject.
 * Since: 0.1
 */
typedef struct _GstNumproPrompt GstNumproPrompt;

#define GST_TYPE_NUMPRO_PROMPT (gst_numpro_prompt_get_type ())

GST_NUMPRO_API GType gst_numpro_prompt_get_type (void);
GST_NUMPRO_API GstNumproPrompt *gst_numpro_prompt_new (GstNumproTask task, const gchar *question);
GST_NUMPRO_API GstNumproPrompt *gst_numpro_prompt_new_from_json (const gchar *json, gssize length,
                                                                 GError **error);
GST_NUMPRO_API gchar *gst_numpro_prompt_to_json (GstNumproPrompt *prompt);
GST_NUMPRO_API GstNumproPrompt *gst_numpro_prompt_ref (GstNumproPrompt *prompt);
GST_NUMPRO_API void gst_numpro_prompt_unref (GstNumproPrompt *prompt);
GST_NUMPRO_API GstNumproTask gst_numpro_prompt_get_task (GstNumproPrompt *prompt);
GST_NUMPRO_API const gchar *gst_numpro_prompt_get_question (GstNumproPrompt *prompt);
GST_NUMPRO_API gboolean gst_numpro_prompt_set_template (GstNumproPrompt *prompt, const gchar *text,
                                                        GError **error);
GST_NUMPRO_API void gst_numpro_prompt_set_answer_format (GstNumproPrompt *prompt,
                                                         GstNumproAnswerFormat format);
GST_NUMPRO_API GstNumproAnswerFormat gst_numpro_prompt_get_answer_format (GstNumproPrompt *prompt);
GST_NUMPRO_API void gst_numpro_prompt_set_check_frames (GstNumproPrompt *prompt,
                                                        gboolean check_frames);
GST_NUMPRO_API gboolean gst_numpro_prompt_get_check_frames (GstNumproPrompt *prompt);
GST_NUMPRO_API gchar *gst_numpro_prompt_get_instruction (GstNumproPrompt *prompt,
                                                         GstNumproLedger *ledger);
GST_NUMPRO_API gchar *gst_numpro_prompt_get_text (GstNumproPrompt *prompt, GstNumproLedger *ledger);
GST_NUMPRO_API gchar *gst_numpro_prompt_get_schema (GstNumproPrompt *prompt,
                                                    GstNumproLedger *ledger);
GST_NUMPRO_API gchar *gst_numpro_prompt_get_restatement_schema (GstNumproPrompt *prompt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproPrompt, gst_numpro_prompt_unref)

G_END_DECLS
