/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/answer.h>
#include <gst/numpro/event.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/numpro-prelude.h>
#include <gst/numpro/stretch.h>

G_BEGIN_DECLS

/**
 * GstNumproTimeline:
 *
 * The answers about many batches, overlapping or not, and the events that they come to.
 *
 * A window is a batch and what became of one question about it. Spans of windows that follow each
 * other or overlap become one event, but only within one stream and one question, and never across
 * what is not known; the answers stay as evidence. What was asked about is kept too, in stretches:
 * where a stretch is answered and there is no event, the answer is "no"; elsewhere it is not known.
 *
 * A #GstMiniObject; it may be changed as long as gst_mini_object_is_writable() says so. What it
 * returns stays until it is changed or freed.
 * Since: 0.1
 */
typedef struct _GstNumproTimeline GstNumproTimeline;

/**
 * GstNumproTimelineFormat:
 * @GST_NUMPRO_TIMELINE_FORMAT_JSON: all of a timeline: windows with ledgers and answers, events,
 *   stretches
 * @GST_NUMPRO_TIMELINE_FORMAT_WEBVTT: subtitles, a cue for each event
 * @GST_NUMPRO_TIMELINE_FORMAT_SRT: the same as SubRip
 * @GST_NUMPRO_TIMELINE_FORMAT_TSV: a line for each event with its start and end in milliseconds,
 *   and the question
 * @GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA: a chapter for each event, as ffmpeg and mpv read it
 * @GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS: the same as XML for mkvpropedit and mkvmerge
 * @GST_NUMPRO_TIMELINE_FORMAT_EDL: an edit decision list (CMX3600), without dropped frames; needs a
 *   frame rate
 * @GST_NUMPRO_TIMELINE_FORMAT_OTIO: a marker for each event, as OpenTimelineIO reads it; counts
 *   frames where there is a frame rate, milliseconds otherwise
 * @GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO: timeline labels of Label Studio; needs a frame rate
 *
 * How a timeline is written. All but JSON have the events only, in the order of their starts:
 * stream time from start to end, and the question. Times that a format cannot hold are rounded to
 * the nearest millisecond or frame, and an event lasts for one at least. Since: 0.1
 */
typedef enum {
  GST_NUMPRO_TIMELINE_FORMAT_JSON,
  GST_NUMPRO_TIMELINE_FORMAT_WEBVTT,
  GST_NUMPRO_TIMELINE_FORMAT_SRT,
  GST_NUMPRO_TIMELINE_FORMAT_TSV,
  GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA,
  GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS,
  GST_NUMPRO_TIMELINE_FORMAT_EDL,
  GST_NUMPRO_TIMELINE_FORMAT_OTIO,
  GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO,
} GstNumproTimelineFormat;

#define GST_TYPE_NUMPRO_TIMELINE (gst_numpro_timeline_get_type ())
#define GST_TYPE_NUMPRO_TIMELINE_FORMAT (gst_numpro_timeline_format_get_type ())

GST_NUMPRO_API GType gst_numpro_timeline_get_type (void);
GST_NUMPRO_API GType gst_numpro_timeline_format_get_type (void);
GST_NUMPRO_API GstNumproTimeline *gst_numpro_timeline_new (void);
GST_NUMPRO_API GstNumproTimeline *gst_numpro_timeline_new_from_text (GstNumproTimelineFormat format,
                                                                     const gchar *text,
                                                                     gssize length, gint fps_n,
                                                                     gint fps_d, GError **error);
GST_NUMPRO_API GstNumproTimeline *gst_numpro_timeline_ref (GstNumproTimeline *timeline);
GST_NUMPRO_API void gst_numpro_timeline_unref (GstNumproTimeline *timeline);
GST_NUMPRO_API gchar *gst_numpro_timeline_to_text (GstNumproTimeline *timeline,
                                                   GstNumproTimelineFormat format, gint fps_n,
                                                   gint fps_d, GError **error);
GST_NUMPRO_API gboolean gst_numpro_timeline_add (GstNumproTimeline *timeline,
                                                 GstNumproLedger *ledger, GstNumproAnswer *answer,
                                                 GError **error);
GST_NUMPRO_API void gst_numpro_timeline_add_failure (GstNumproTimeline *timeline,
                                                     GstNumproLedger *ledger, const gchar *question,
                                                     const gchar *reason);
GST_NUMPRO_API guint gst_numpro_timeline_get_n_windows (GstNumproTimeline *timeline);
GST_NUMPRO_API GstNumproLedger *gst_numpro_timeline_get_window_ledger (GstNumproTimeline *timeline,
                                                                       guint window);
GST_NUMPRO_API const gchar *gst_numpro_timeline_get_window_question (GstNumproTimeline *timeline,
                                                                     guint window);
GST_NUMPRO_API GstNumproAnswer *gst_numpro_timeline_get_window_answer (GstNumproTimeline *timeline,
                                                                       guint window);
GST_NUMPRO_API const gchar *gst_numpro_timeline_get_window_failure (GstNumproTimeline *timeline,
                                                                    guint window);
GST_NUMPRO_API guint gst_numpro_timeline_get_n_questions (GstNumproTimeline *timeline);
GST_NUMPRO_API const gchar *gst_numpro_timeline_get_question (GstNumproTimeline *timeline,
                                                              guint question);
GST_NUMPRO_API guint gst_numpro_timeline_get_n_events (GstNumproTimeline *timeline, guint question);
GST_NUMPRO_API const GstNumproEvent *gst_numpro_timeline_get_event (GstNumproTimeline *timeline,
                                                                    guint question, guint index);
GST_NUMPRO_API guint gst_numpro_timeline_get_n_stretches (GstNumproTimeline *timeline,
                                                          guint question);
GST_NUMPRO_API const GstNumproStretch *gst_numpro_timeline_get_stretch (GstNumproTimeline *timeline,
                                                                        guint question,
                                                                        guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproTimeline, gst_numpro_timeline_unref)

G_END_DECLS
