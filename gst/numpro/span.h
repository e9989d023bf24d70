/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

typedef struct _GstNumproSpan GstNumproSpan;

/**
 * GstNumproSpan:
 * @first: first number
 * @last: last number, included
 * @start: stream time at which the numbers begin to be visible (ns), or %GST_CLOCK_TIME_NONE
 * @end: stream time at which they end (ns), later than @start, or %GST_CLOCK_TIME_NONE
 * @utc_start: wall-clock time of @start (ns since 1970-01-01T00:00:00Z), or %GST_CLOCK_TIME_NONE
 * @utc_end: wall-clock time of @end, likewise
 *
 * A closed interval of numbers, and the half-open interval of time that it stands for.
 *
 * A number is visible from the time of its sample until that of the next number's, where this
 * follows without a hole; else for as long as the sample's duration says. A hole in the stream
 * belongs to no number. Where the ledger's times fall, as they do when a stream is played
 * backwards, a number's time ends at that of its sample instead. UTC times are as far apart as
 * stream times are. Since: 0.1
 */
struct _GstNumproSpan {
  guint64 first;
  guint64 last;
  GstClockTime start;
  GstClockTime end;
  GstClockTime utc_start;
  GstClockTime utc_end;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING];
};

#define GST_TYPE_NUMPRO_SPAN (gst_numpro_span_get_type ())

GST_NUMPRO_API GType gst_numpro_span_get_type (void);
GST_NUMPRO_API GstNumproSpan *gst_numpro_span_new (GstNumproLedger *ledger, guint64 first,
                                                   guint64 last, GError **error);
GST_NUMPRO_API GstNumproSpan *gst_numpro_span_copy (const GstNumproSpan *span);
GST_NUMPRO_API void gst_numpro_span_free (GstNumproSpan *span);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstNumproSpan, gst_numpro_span_free)

G_END_DECLS
