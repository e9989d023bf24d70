/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

// Timelines written in short.
//
// A window is "[QUESTION ][@SOURCE ]FROM-TO[ @SOURCE FROM-TO]: SPANS": the samples of slots FROM to
// TO, one a second, and what was answered, "3-5 7-8". "?" is an answer that is not valid, "!" that
// none came. Events are "[SOURCE ][<]FIRST-LAST[>] [WINDOWS]", "<" and ">" where they are open.

#include <gst/numpro/numpro.h>

#include <sstream>
#include <string>
#include <vector>

#include <gst/check/gstcheck.h>
// A macro by the name of std::ios::fail.
#undef fail

#include "gst/numpro/json.h"
#include "lib/base/owned.h"

namespace numpro {

using TimelinePtr = OwnedBy<GstNumproTimeline, gst_numpro_timeline_unref>;

inline constexpr GstClockTime kUtcOfZero = 1795360380 * GST_SECOND;
inline constexpr const char *kFailure = "The server's \"door\" is closed.";

struct Stream {
  const char *source = nullptr;
  guint64 wrap = G_MAXUINT64;
  GstClockTime offset = 0;
  bool is_backwards = false, is_timed = true;
  guint64 hole_before = G_MAXUINT64; /**< slot before which there is a hole */
  GstClockTime hole = 0;
  GstClockTime step = GST_SECOND; /**< how long samples last */
};

inline void append_sample (GstNumproLedger *ledger, const Stream &stream, guint64 slot)
{
  const SamplePtr sample (gst_numpro_sample_new (slot % stream.wrap));
  sample->slot = slot;
  sample->source = g_strdup (stream.source);
  if (stream.is_timed) {
    const GstClockTime time = slot * GST_SECOND + (slot >= stream.hole_before ? stream.hole : 0);
    sample->stream_time = stream.is_backwards ? stream.offset - time : stream.offset + time;
    sample->duration = stream.step;
    sample->gap_before = slot == stream.hole_before ? stream.hole : 0;
    sample->utc = kUtcOfZero + sample->stream_time;
  }
  gst_numpro_ledger_append (ledger, sample.get ());
}

inline LedgerPtr ledger_of (const Stream &stream, guint64 from, guint64 to)
{
  LedgerPtr ledger (gst_numpro_ledger_new (from));
  for (guint64 slot = from; slot <= to; ++slot)
    append_sample (ledger.get (), stream, slot);
  return ledger;
}

/** @param spans "3-5 7-8", or "?" for an answer that is not valid */
inline AnswerPtr answer_of (GstNumproLedger *ledger, const std::string &question,
                            const std::string &spans)
{
  const bool is_valid = spans != "?";
  std::string json =
      "{\"version\":1,\"batch\":" + std::to_string (gst_numpro_ledger_get_batch (ledger)) +
      ",\"text\":\"" + spans + "\",\"question\":" + dump_json_line (Json (question)) +
      ",\"problems\":[],\"spans\":[";
  std::istringstream words (is_valid ? spans : "");
  std::string word, separator;
  for (; words >> word; separator = ",") {
    guint64 first = 0, last = 0;
    fail_unless (
        sscanf (word.c_str (), "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, &first, &last) == 2);
    const SpanPtr span (gst_numpro_span_new (ledger, first, last, nullptr));
    fail_unless (span != nullptr);
    json += separator + "{\"first\":" + std::to_string (first) +
            ",\"last\":" + std::to_string (last) + "}";
  }
  json += std::string ("],\"valid\":") + (is_valid ? "true" : "false") +
          ",\"found\":" + (separator.empty () ? "false" : "true") + "}";
  GError *error = nullptr;
  AnswerPtr answer (gst_numpro_answer_new_from_json (json.c_str (), -1, &error));
  fail_unless (answer != nullptr, "%s: %s", json.c_str (), error ? error->message : "");
  return answer;
}

inline void add_window (GstNumproTimeline *timeline, const LedgerPtr &ledger,
                        const std::string &question, const std::string &spans)
{
  if (spans == "!") {
    gst_numpro_timeline_add_failure (timeline, ledger.get (), question.c_str (), kFailure);
    return;
  }
  const AnswerPtr answer = answer_of (ledger.get (), question, spans);
  fail_unless (gst_numpro_timeline_add (timeline, ledger.get (), answer.get (), nullptr));
}

inline void add_window (GstNumproTimeline *timeline, const std::string &window)
{
  const std::size_t colon = window.find (':');
  std::istringstream words (window.substr (0, colon));
  const LedgerPtr ledger (gst_numpro_ledger_new (0));
  std::string question = "when?", source, word;
  while (words >> word) {
    guint64 from = 0, to = 0;
    if (word[0] == '@') {
      source = word.substr (1);
    } else if (!g_ascii_isdigit (word[0])) {
      question = word;
    } else {
      fail_unless (sscanf (word.c_str (), "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT, &from, &to) ==
                   2);
      Stream stream;
      stream.source = source.empty () ? nullptr : source.c_str ();
      for (guint64 slot = from; slot <= to; ++slot)
        append_sample (ledger.get (), stream, slot);
    }
  }
  const std::size_t spans = window.find_first_not_of (' ', colon + 1);
  add_window (timeline, ledger, question, spans == std::string::npos ? "" : window.substr (spans));
}

inline TimelinePtr timeline_of (const std::vector<const char *> &windows)
{
  TimelinePtr timeline (gst_numpro_timeline_new ());
  for (const char *window : windows)
    add_window (timeline.get (), window);
  return timeline;
}

inline std::string numbers_of (const gchar *source, const GstNumproSpan &span, bool open_start,
                               bool open_end)
{
  return (source ? std::string (source) + " " : "") + (open_start ? "<" : "") +
         std::to_string (span.first) + "-" + std::to_string (span.last) + (open_end ? ">" : "");
}

/** Of the first question. */
inline std::string events_of (GstNumproTimeline *timeline)
{
  std::string text;
  for (guint i = 0; i < gst_numpro_timeline_get_n_events (timeline, 0); ++i) {
    const GstNumproEvent *event = gst_numpro_timeline_get_event (timeline, 0, i);
    text += text.empty () ? "" : "; ";
    text += numbers_of (event->source, event->span, event->open_start, event->open_end) + " [";
    for (guint j = 0; j < event->n_evidence; ++j)
      text += (j == 0 ? "" : " ") + std::to_string (event->evidence[j]);
    text += "]";
  }
  return text;
}

/** Of the first question. */
inline std::string stretches_of (GstNumproTimeline *timeline)
{
  const char *kStates[] = {"answered", "unread", "failed"};
  std::string text;
  for (guint i = 0; i < gst_numpro_timeline_get_n_stretches (timeline, 0); ++i) {
    const GstNumproStretch *stretch = gst_numpro_timeline_get_stretch (timeline, 0, i);
    text += text.empty () ? "" : "; ";
    text +=
        numbers_of (stretch->source, stretch->span, false, false) + " " + kStates[stretch->state];
  }
  return text;
}

}  // namespace numpro
