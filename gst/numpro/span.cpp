/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "span.h"

#include "error.h"

G_DEFINE_BOXED_TYPE (GstNumproSpan, gst_numpro_span, gst_numpro_span_copy, gst_numpro_span_free)

namespace {

GstClockTime add (GstClockTime time, GstClockTime duration)
{
  if (!GST_CLOCK_TIME_IS_VALID (time) || !GST_CLOCK_TIME_IS_VALID (duration))
    return GST_CLOCK_TIME_NONE;
  return time + duration;
}

}  // namespace

/**
 * gst_numpro_span_new:
 * @ledger: the batch that the numbers are from
 * @first: first number, as drawn
 * @last: last number, as drawn
 * @error: where to say why @ledger has no such span
 *
 * Turns "from @first to @last" into time.
 *
 * Returns: (transfer full) (nullable): the span; %NULL with @error set when a number is not in
 *   @ledger, is there more than once, or when @last comes before @first
 * Since: 0.1
 */
GstNumproSpan *gst_numpro_span_new (GstNumproLedger *ledger, guint64 first, guint64 last,
                                    GError **error)
{
  g_return_val_if_fail (ledger, nullptr);

  guint from, to;
  if (!gst_numpro_ledger_find (ledger, first, &from, error) ||
      !gst_numpro_ledger_find (ledger, last, &to, error))
    return nullptr;
  if (to < from) {
    g_set_error (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_REVERSED,
                 "%" G_GUINT64_FORMAT " comes after %" G_GUINT64_FORMAT ".", first, last);
    return nullptr;
  }

  const GstNumproSample *begin = gst_numpro_ledger_get_sample (ledger, from);
  const GstNumproSample *final = gst_numpro_ledger_get_sample (ledger, to);
  const GstNumproSample *successor = gst_numpro_ledger_get_sample (ledger, to + 1);
  GstNumproSpan *span = g_new0 (GstNumproSpan, 1);
  span->first = first;
  span->last = last;
  span->start = begin->stream_time;
  span->utc_start = begin->utc;
  span->end = successor ? successor->stream_time : add (final->stream_time, final->duration);
  span->utc_end = successor ? successor->utc : add (final->utc, final->duration);
  return span;
}

/**
 * gst_numpro_span_copy:
 * @span: a span
 *
 * Copies a span.
 *
 * Returns: (transfer full): a copy of it
 * Since: 0.1
 */
GstNumproSpan *gst_numpro_span_copy (const GstNumproSpan *span)
{
  g_return_val_if_fail (span, nullptr);

  return static_cast<GstNumproSpan *> (g_memdup2 (span, sizeof (*span)));
}

/**
 * gst_numpro_span_free:
 * @span: (transfer full): a span
 *
 * Frees a span.
 * Since: 0.1
 */
void gst_numpro_span_free (GstNumproSpan *span)
{
  g_free (span);
}
