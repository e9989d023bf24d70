/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "span.h"

#include <algorithm>

#include "error.h"
#include "spanofsamples.h"

G_DEFINE_BOXED_TYPE (GstNumproSpan, gst_numpro_span, gst_numpro_span_copy, gst_numpro_span_free)

namespace {

// Half open, in stream time; GST_CLOCK_TIME_NONE where an end is not known.
struct Stretch {
  GstClockTime start = GST_CLOCK_TIME_NONE, end = GST_CLOCK_TIME_NONE;
};

const GstNumproSample *sample_at (GstNumproLedger *ledger, guint index)
{
  return gst_numpro_ledger_get_sample (ledger, index);
}

bool is_backwards (GstNumproLedger *ledger)
{
  const GstNumproSample *first = sample_at (ledger, 0);
  const GstNumproSample *last = sample_at (ledger, gst_numpro_ledger_get_length (ledger) - 1);
  return GST_CLOCK_TIME_IS_VALID (first->stream_time) &&
         GST_CLOCK_TIME_IS_VALID (last->stream_time) && last->stream_time < first->stream_time;
}

// The stream time of the sample after this one; GST_CLOCK_TIME_NONE where it is out of order, too.
GstClockTime time_of_next (GstNumproLedger *ledger, guint index)
{
  const GstClockTime time = sample_at (ledger, index)->stream_time;
  const GstNumproSample *next = sample_at (ledger, index + 1);
  if (!next || !GST_CLOCK_TIME_IS_VALID (next->stream_time))
    return GST_CLOCK_TIME_NONE;
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return next->stream_time;
  const bool is_later = next->stream_time > time, is_earlier = next->stream_time < time;
  return (is_backwards (ledger) ? is_later : is_earlier) ? GST_CLOCK_TIME_NONE : next->stream_time;
}

// The stream time at which the number of a sample is not visible any more.
GstClockTime far_end (GstNumproLedger *ledger, guint index)
{
  const GstNumproSample *sample = sample_at (ledger, index);
  const GstNumproSample *next = sample_at (ledger, index + 1);
  const GstClockTime next_time = time_of_next (ledger, index);
  // Where the next one's time is not known it ends by its own.
  const bool is_followed = GST_CLOCK_TIME_IS_VALID (next_time) && next->slot == sample->slot + 1 &&
                           next->gap_before == 0;
  if (is_followed || !GST_CLOCK_TIME_IS_VALID (sample->stream_time) ||
      !GST_CLOCK_TIME_IS_VALID (sample->duration))
    return next_time;
  if (is_backwards (ledger)) {
    const GstClockTime end = sample->stream_time - std::min (sample->duration, sample->stream_time);
    return GST_CLOCK_TIME_IS_VALID (next_time) ? std::max (end, next_time) : end;
  }
  return std::min (sample->stream_time + sample->duration, next_time);
}

Stretch stretch_of (GstNumproLedger *ledger, guint index)
{
  const GstClockTime begin = sample_at (ledger, index)->stream_time, end = far_end (ledger, index);
  return is_backwards (ledger) ? Stretch{end, begin} : Stretch{begin, end};
}

// From the first to the last of what these samples stand for, also where some are out of order.
Stretch stretch_of (GstNumproLedger *ledger, guint from, guint to)
{
  const bool backwards = is_backwards (ledger);
  const Stretch first = stretch_of (ledger, from), last = stretch_of (ledger, to);
  Stretch all = backwards ? Stretch{last.start, first.end} : Stretch{first.start, last.end};
  for (guint i = from; i <= to; ++i) {
    const auto [start, end] = stretch_of (ledger, i);
    if (GST_CLOCK_TIME_IS_VALID (all.start))
      all.start = std::min (all.start, start);
    if (GST_CLOCK_TIME_IS_VALID (all.end) && GST_CLOCK_TIME_IS_VALID (end))
      all.end = std::max (all.end, end);
  }
  return all;
}

// The wall-clock time of a stream time, by the clock that a sample's is from.
GstClockTime utc_at (const GstNumproSample &sample, GstClockTime stream_time)
{
  if (!GST_CLOCK_TIME_IS_VALID (sample.utc) || !GST_CLOCK_TIME_IS_VALID (sample.stream_time) ||
      !GST_CLOCK_TIME_IS_VALID (stream_time))
    return GST_CLOCK_TIME_NONE;
  return sample.utc + stream_time - sample.stream_time;
}

}  // namespace

GstNumproSpan numpro::span_of_samples (GstNumproLedger *ledger, guint from, guint to)
{
  const Stretch stretch = stretch_of (ledger, from, to);
  const GstNumproSample &sample = *sample_at (ledger, from);
  return {sample.number,
          sample_at (ledger, to)->number,
          stretch.start,
          stretch.end,
          utc_at (sample, stretch.start),
          utc_at (sample, stretch.end),
          {}};
}

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

  const GstNumproSpan span = numpro::span_of_samples (ledger, from, to);
  return gst_numpro_span_copy (&span);
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
