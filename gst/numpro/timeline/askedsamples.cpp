/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "askedsamples.h"

#include <algorithm>

#include "gst/numpro/spanofsamples.h"

namespace numpro {

namespace {

using LedgerPtr = OwnedBy<GstNumproLedger, gst_numpro_ledger_unref>;

constexpr GstClockTime kNone = GST_CLOCK_TIME_NONE;

std::optional<std::string> source_of (const GstNumproSample &sample)
{
  return sample.source ? std::optional<std::string> (sample.source) : std::nullopt;
}

GstClockTime earlier_of (GstClockTime a, GstClockTime b)
{
  // What is not known is the greatest of all numbers.
  return std::min (a, b);
}

GstClockTime later_of (GstClockTime a, GstClockTime b)
{
  return !GST_CLOCK_TIME_IS_VALID (a) ? b : GST_CLOCK_TIME_IS_VALID (b) ? std::max (a, b) : a;
}

// The time between two; GST_CLOCK_TIME_NONE where it is not known. In a stream that is played
// backwards the one of the lower slot is the later one.
GstClockTime distance (const GstNumproSpan &a, const GstNumproSpan &b)
{
  if (a.start == kNone || a.end == kNone || b.start == kNone || b.end == kNone)
    return kNone;
  const GstClockTime start = std::max (a.start, b.start), end = std::min (a.end, b.end);
  return start > end ? start - end : 0;
}

// The samples of one stream, as a ledger of their own, so that a number lasts until the next one of
// its stream.
struct SourceLedger {
  LedgerPtr ledger;
  std::vector<guint> places;  // in the whole ledger
};

SourceLedger ledger_of_source (GstNumproLedger *ledger, const std::optional<std::string> &source)
{
  SourceLedger part{LedgerPtr (gst_numpro_ledger_new (gst_numpro_ledger_get_batch (ledger))), {}};
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    if (source_of (*sample) != source)
      continue;
    gst_numpro_ledger_append (part.ledger.get (), sample);
    part.places.push_back (i);
  }
  return part;
}

Extent extent_of_sample (GstNumproLedger *ledger, guint index)
{
  const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, index);
  const GstNumproSpan span = span_of_samples (ledger, index, index);
  const bool is_timed = GST_CLOCK_TIME_IS_VALID (span.start) && GST_CLOCK_TIME_IS_VALID (span.end);
  const GstClockTime step = GST_CLOCK_TIME_IS_VALID (sample->duration) ? sample->duration
                            : is_timed                                 ? span.end - span.start
                                                                       : 0;
  return {sample->slot, sample->slot, span, step, step};
}

// From the first to the last sample of a source that is in a span of the whole ledger.
std::optional<SampleRange> range_in (const std::vector<guint> &places, guint from, guint to)
{
  const auto first = std::lower_bound (places.begin (), places.end (), from);
  const auto end = std::upper_bound (places.begin (), places.end (), to);
  if (first == end)
    return std::nullopt;
  return SampleRange{static_cast<std::size_t> (first - places.begin ()),
                     static_cast<std::size_t> (end - places.begin ()) - 1};
}

void add_spans (const Window &window, const std::vector<guint> &places, AskedSamples &asked)
{
  for (guint i = 0; i < gst_numpro_answer_get_n_spans (window.answer.get ()); ++i) {
    const GstNumproSpan *span = gst_numpro_answer_get_span (window.answer.get (), i);
    guint from, to;
    if (!gst_numpro_ledger_find (window.ledger.get (), span->first, &from, nullptr) ||
        !gst_numpro_ledger_find (window.ledger.get (), span->last, &to, nullptr))
      continue;
    if (const auto range = range_in (places, from, to))
      asked.spans.push_back (*range);
  }
}

AskedSamples asked_of_source (const Window &window, const std::optional<std::string> &source)
{
  AskedSamples asked{source, window.state (), {}, {}};
  const SourceLedger part = ledger_of_source (window.ledger.get (), source);
  const guint length = gst_numpro_ledger_get_length (part.ledger.get ());
  for (guint i = 0; i < length; ++i)
    asked.samples.push_back (extent_of_sample (part.ledger.get (), i));
  if (asked.state == GST_NUMPRO_STRETCH_STATE_ANSWERED)
    add_spans (window, part.places, asked);
  if (asked.samples.front ().from > asked.samples.back ().from) {
    std::reverse (asked.samples.begin (), asked.samples.end ());
    for (SampleRange &range : asked.spans)
      range = {length - 1 - range.last, length - 1 - range.first};
  }
  return asked;
}

}  // namespace

GstNumproStretchState Window::state () const
{
  if (!answer)
    return GST_NUMPRO_STRETCH_STATE_FAILED;
  return gst_numpro_answer_get_valid (answer.get ()) ? GST_NUMPRO_STRETCH_STATE_ANSWERED
                                                     : GST_NUMPRO_STRETCH_STATE_UNREAD;
}

void Extent::add (const Extent &other)
{
  if (other.from < from) {
    from = other.from;
    span.first = other.span.first;
    first_step = other.first_step;
  }
  if (other.to > to) {
    to = other.to;
    span.last = other.span.last;
    last_step = other.last_step;
  }
  if (const GstClockTime start = earlier_of (span.start, other.span.start); start != span.start) {
    span.start = start;
    span.utc_start = other.span.utc_start;
  }
  if (const GstClockTime end = later_of (span.end, other.span.end); end != span.end) {
    span.end = end;
    span.utc_end = other.span.utc_end;
  }
}

bool share_time (const Extent &a, const Extent &b)
{
  const GstClockTime time = distance (a.span, b.span);
  return time == 0 || time == kNone;
}

bool follows (const Extent &earlier, const Extent &later)
{
  const GstClockTime time = distance (earlier.span, later.span);
  if (time != kNone)
    return time <= std::max (earlier.last_step, later.first_step);
  // Without times a hole of one step is one slot that is missing.
  return later.from - earlier.to <= 2;
}

std::vector<AskedSamples> asked_samples (const Window &window)
{
  std::vector<std::optional<std::string>> sources;
  for (guint i = 0; i < gst_numpro_ledger_get_length (window.ledger.get ()); ++i) {
    const auto source = source_of (*gst_numpro_ledger_get_sample (window.ledger.get (), i));
    if (std::find (sources.begin (), sources.end (), source) == sources.end ())
      sources.push_back (source);
  }
  std::vector<AskedSamples> parts;
  for (const auto &source : sources)
    parts.push_back (asked_of_source (window, source));
  return parts;
}

}  // namespace numpro
