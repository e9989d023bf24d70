/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "segmentanswers.h"

#include <algorithm>

namespace numpro::media {

namespace {

template <typename T>
MiniObjectPtr<T> referenced (T *object)
{
  gst_mini_object_ref (GST_MINI_OBJECT_CAST (object));
  return MiniObjectPtr<T> (object);
}

guint64 milliseconds (GstClockTime time)
{
  return (time + GST_MSECOND / 2) / GST_MSECOND;
}

std::string on_one_line (std::string text)
{
  std::replace_if (
      text.begin (), text.end (), [] (char c) { return g_ascii_isspace (c); }, ' ');
  return text;
}

}  // namespace

void SegmentAnswers::note_batch (GstNumproLedger *ledger)
{
  const guint count = gst_numpro_ledger_get_length (ledger);
  if (count == 0)
    return;
  const GstNumproSample *first = gst_numpro_ledger_get_sample (ledger, 0);
  const GstNumproSample *last = gst_numpro_ledger_get_sample (ledger, count - 1);
  const GstClockTime length = GST_CLOCK_TIME_IS_VALID (last->duration) ? last->duration : 0;
  Window window;
  window.ledger = referenced (ledger);
  window.start = first->stream_time;
  window.end = last->stream_time + length;
  windows_[gst_numpro_ledger_get_batch (ledger)] = std::move (window);
}

bool SegmentAnswers::note_answer (GstNumproAnswer *answer)
{
  const bool is_noted = note (gst_numpro_answer_get_batch (answer),
                              {gst_numpro_answer_get_question (answer), referenced (answer), {}});
  unread_ += is_noted && !gst_numpro_answer_get_valid (answer) ? 1 : 0;
  return is_noted;
}

void SegmentAnswers::note_failure (guint64 batch, const std::string &question,
                                   const std::string &reason)
{
  lost_ += note (batch, {question, nullptr, reason}) ? 1 : 0;
}

// The last word on a question counts.
bool SegmentAnswers::note (guint64 batch, Outcome outcome)
{
  const auto found = windows_.find (batch);
  if (found == windows_.end ())
    return false;
  std::vector<Outcome> &outcomes = found->second.outcomes;
  std::erase_if (outcomes, [&] (const Outcome &one) { return one.question == outcome.question; });
  outcomes.push_back (std::move (outcome));
  return true;
}

bool SegmentAnswers::meet (const Window &window, const RecordedFile &file)
{
  return GST_CLOCK_TIME_IS_VALID (file.start) && window.start < file.end && window.end > file.start;
}

bool SegmentAnswers::is_about (guint64 batch, const RecordedFile &file) const
{
  const auto found = windows_.find (batch);
  return found != windows_.end () && meet (found->second, file);
}

guint SegmentAnswers::unanswered () const
{
  guint count = 0;
  for (const auto &[batch, window] : windows_)
    count += n_questions_ - std::min<guint> (n_questions_, window.outcomes.size ());
  return count;
}

// The library writes events with stream times; those of a file are read back as it counts them.
FileEvents SegmentAnswers::events_of (const RecordedFile &file) const
{
  const MiniObjectPtr<GstNumproTimeline> all (gst_numpro_timeline_new ());
  for (const auto &[batch, window] : windows_) {
    for (const Outcome &outcome : window.outcomes) {
      if (!meet (window, file))
        continue;
      if (outcome.answer)
        gst_numpro_timeline_add (all.get (), window.ledger.get (), outcome.answer.get (), nullptr);
      else
        gst_numpro_timeline_add_failure (all.get (), window.ledger.get (),
                                         outcome.question.c_str (), outcome.reason.c_str ());
    }
  }
  FileEvents events;
  std::string lines = "start\tend\ttext\n";
  for (guint q = 0; q < gst_numpro_timeline_get_n_questions (all.get ()); ++q) {
    const std::string question = on_one_line (gst_numpro_timeline_get_question (all.get (), q));
    for (guint i = 0; i < gst_numpro_timeline_get_n_events (all.get (), q); ++i) {
      const GstNumproSpan &span = gst_numpro_timeline_get_event (all.get (), q, i)->span;
      const GstClockTime start = std::max (span.start, file.start);
      const GstClockTime end = std::min (span.end, file.end);
      if (start >= end)
        continue;
      lines += std::to_string (milliseconds (start - file.start)) + "\t" +
               std::to_string (milliseconds (end - file.start)) + "\t" + question + "\n";
      ++events.count;
    }
  }
  events.timeline.reset (
      gst_numpro_timeline_new_from_text (GST_NUMPRO_TIMELINE_FORMAT_TSV, lines.c_str (),
                                         static_cast<gssize> (lines.size ()), 0, 0, nullptr));
  return events;
}

bool SegmentAnswers::is_settled (const RecordedFile &file) const
{
  bool is_past = is_over_;
  for (const auto &[batch, window] : windows_) {
    is_past |= window.start >= file.end;
    if (meet (window, file) && window.outcomes.size () < n_questions_)
      return false;
  }
  return is_past;
}

std::optional<RecordedFile> SegmentAnswers::take_settled ()
{
  const auto found = std::find_if (closed_.begin (), closed_.end (),
                                   [this] (const RecordedFile &file) { return is_settled (file); });
  if (found == closed_.end ())
    return std::nullopt;
  RecordedFile file = *found;
  closed_.erase (found);
  return file;
}

void SegmentAnswers::forget (const RecordedFile &file)
{
  const GstClockTime needed =
      closed_.empty () ? file.end : std::min (closed_.front ().start, file.end);
  std::erase_if (windows_, [&] (const auto &entry) {
    const Window &window = entry.second;
    return window.end <= needed && window.outcomes.size () >= n_questions_;
  });
}

}  // namespace numpro::media
