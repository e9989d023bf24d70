/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <memory>
#include <string>
#include <vector>

struct Free {
  void operator() (gchar *text) const { g_free (text); }
  void operator() (gchar **texts) const { g_strfreev (texts); }
  void operator() (GError *error) const { g_error_free (error); }
  void operator() (GstNumproAnswer *answer) const { gst_numpro_answer_unref (answer); }
  void operator() (GstNumproLedger *ledger) const { gst_numpro_ledger_unref (ledger); }
  void operator() (GstNumproPrompt *prompt) const { gst_numpro_prompt_unref (prompt); }
  void operator() (GstNumproSample *sample) const { gst_numpro_sample_free (sample); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

/** A ledger of these numbers, one a second from stream time 1000 s on. */
inline Owned<GstNumproLedger> ledger_of (const std::vector<guint64> &numbers)
{
  Owned<GstNumproLedger> ledger (gst_numpro_ledger_new (42));
  for (std::size_t i = 0; i < numbers.size (); ++i) {
    const Owned<GstNumproSample> sample (gst_numpro_sample_new (numbers[i]));
    sample->slot = i;
    sample->stream_time = (1000 + i) * GST_SECOND;
    sample->duration = GST_SECOND;
    sample->utc = (1795360380 + i) * GST_SECOND;
    sample->image = g_strdup_printf ("%06u.jpg", static_cast<guint> (i));
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  }
  return ledger;
}

/** Numbers first, first + step, ..., drawn modulo wrap where it is not 0. */
inline std::vector<guint64> numbers_from (guint64 first, std::size_t count, guint64 step = 1,
                                          guint64 wrap = 0)
{
  std::vector<guint64> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    const guint64 number = first + i * step;
    numbers.push_back (wrap ? number % wrap : number);
  }
  return numbers;
}

/** The same in sheets of so many cells. */
inline Owned<GstNumproLedger> grid_of (const std::vector<guint64> &numbers, guint cells)
{
  const Owned<GstNumproLedger> frames = ledger_of (numbers);
  Owned<GstNumproLedger> ledger (gst_numpro_ledger_new (42));
  for (guint i = 0; i < gst_numpro_ledger_get_length (frames.get ()); ++i) {
    const Owned<GstNumproSample> sample (
        gst_numpro_sample_copy (gst_numpro_ledger_get_sample (frames.get (), i)));
    g_free (sample->image);
    sample->image = g_strdup_printf ("sheet-%u.jpg", i / cells);
    sample->cell = static_cast<gint> (i % cells);
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  }
  return ledger;
}

inline std::string problems_of (GstNumproAnswer *answer)
{
  const Owned<gchar *> problems (gst_numpro_answer_get_problems (answer));
  const Owned<gchar> text (g_strjoinv (" ", problems.get ()));
  return text.get ();
}

/** "3-9 12", the spans of an answer. */
inline std::string spans_of (GstNumproAnswer *answer)
{
  std::string text;
  for (guint i = 0; i < gst_numpro_answer_get_n_spans (answer); ++i) {
    const GstNumproSpan *span = gst_numpro_answer_get_span (answer, i);
    text += (i ? " " : "") + std::to_string (span->first);
    if (span->last != span->first)
      text += "-" + std::to_string (span->last);
  }
  return text;
}
