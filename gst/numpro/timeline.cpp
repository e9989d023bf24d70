/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "timeline.h"

#include <utility>

#include "error.h"
#include "gst/numpro/timeline/formats.h"
#include "gst/numpro/timeline/windowcheck.h"
#include "json.h"
#include "miniobject.h"

using namespace numpro;

struct _GstNumproTimeline : GstMiniObject {
  TimelineData data;
};

/**
 * gst_numpro_timeline_ref:
 * @timeline: a timeline
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): the same
 * Since: 0.1
 */
/**
 * gst_numpro_timeline_unref:
 * @timeline: (transfer full): a timeline
 *
 * Gives a reference back; the last one frees the timeline.
 * Since: 0.1
 */
NUMPRO_DEFINE_MINI_OBJECT (GstNumproTimeline, gst_numpro_timeline)

namespace {

using TimelinePtr = OwnedBy<GstNumproTimeline, gst_numpro_timeline_unref>;

const Window *window_at (GstNumproTimeline *timeline, guint index)
{
  const auto &windows = timeline->data.windows ();
  return index < windows.size () ? &windows[index] : nullptr;
}

const QuestionResult *result_at (GstNumproTimeline *timeline, guint index)
{
  const auto &results = timeline->data.results ();
  return index < results.size () ? &results[index] : nullptr;
}

FrameRate rate_of (gint fps_n, gint fps_d)
{
  return fps_n > 0 && fps_d > 0 ? FrameRate{fps_n, fps_d} : FrameRate{};
}

}  // namespace

/**
 * gst_numpro_timeline_new:
 *
 * Makes a timeline without windows.
 *
 * Returns: (transfer full): an empty timeline
 * Since: 0.1
 */
GstNumproTimeline *gst_numpro_timeline_new (void)
{
  return new_mini_object<GstNumproTimeline> (GST_TYPE_NUMPRO_TIMELINE);
}

/**
 * gst_numpro_timeline_new_from_text:
 * @format: what @text is
 * @text: what gst_numpro_timeline_to_text() or another program wrote, in UTF-8; with or without a
 *   byte order mark, with any line ends
 * @length: length of @text in bytes, or -1 when it ends in a zero byte
 * @fps_n: numerator of the video's frame rate, 0 where it is not known
 * @fps_d: denominator of the same
 * @error: where to say what is wrong and where
 *
 * Reads a timeline. What is in a file of another format than JSON are events alone: nothing is
 * known of what was asked about, and they have no numbers and no evidence. Of a JSON file the
 * windows count: events are made of them again.
 *
 * Returns: (transfer full) (nullable): the timeline; %NULL with @error set when @text is malformed,
 *   or of a version that this library does not read, or when @format needs a frame rate
 * Since: 0.1
 */
GstNumproTimeline *gst_numpro_timeline_new_from_text (GstNumproTimelineFormat format,
                                                      const gchar *text, gssize length, gint fps_n,
                                                      gint fps_d, GError **error)
{
  g_return_val_if_fail (text, nullptr);

  TimelinePtr timeline (gst_numpro_timeline_new ());
  const std::string_view view = length < 0
                                    ? std::string_view (text)
                                    : std::string_view (text, static_cast<std::size_t> (length));
  try {
    read_timeline_text (format, view, rate_of (fps_n, fps_d), timeline->data);
    return timeline.release ();
  } catch (const UnsuitableError &unsuitable) {
    g_set_error_literal (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_UNSUITABLE, unsuitable.what ());
  } catch (const std::runtime_error &malformed) {
    g_set_error (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED, "Malformed timeline: %s",
                 malformed.what ());
  }
  return nullptr;
}

/**
 * gst_numpro_timeline_to_text:
 * @timeline: a timeline
 * @format: how to write it
 * @fps_n: numerator of the video's frame rate, 0 where it is not known
 * @fps_d: denominator of the same
 * @error: where to say why it cannot be written
 *
 * Writes a timeline, to be read by gst_numpro_timeline_new_from_text() and other programs.
 *
 * Returns: (transfer full) (nullable): the text; %NULL with @error set when @format needs a frame
 *   rate, or cannot hold an event because of its times
 * Since: 0.1
 */
gchar *gst_numpro_timeline_to_text (GstNumproTimeline *timeline, GstNumproTimelineFormat format,
                                    gint fps_n, gint fps_d, GError **error)
{
  g_return_val_if_fail (timeline, nullptr);

  try {
    return g_strdup (timeline_to_text (timeline->data, format, rate_of (fps_n, fps_d)).c_str ());
  } catch (const UnsuitableError &unsuitable) {
    g_set_error_literal (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_UNSUITABLE, unsuitable.what ());
    return nullptr;
  }
}

/**
 * gst_numpro_timeline_add:
 * @timeline: a writable timeline
 * @ledger: the batch that was asked about
 * @answer: what was answered
 * @error: where to say why it is not added
 *
 * Adds a window. With an answer that is not valid nothing is known of its samples, as far as no
 * other window tells. Neither @ledger nor @answer can be changed any more.
 *
 * Returns: whether it was added; %FALSE with @error set where a number of @answer is not in @ledger
 * Since: 0.1
 */
gboolean gst_numpro_timeline_add (GstNumproTimeline *timeline, GstNumproLedger *ledger,
                                  GstNumproAnswer *answer, GError **error)
{
  g_return_val_if_fail (timeline && gst_mini_object_is_writable (timeline), FALSE);
  g_return_val_if_fail (ledger && answer, FALSE);

  if (!has_spans_of (answer, ledger, error))
    return FALSE;
  Window window;
  window.ledger.reset (gst_numpro_ledger_ref (ledger));
  window.question = gst_numpro_answer_get_question (answer);
  window.answer.reset (gst_numpro_answer_ref (answer));
  timeline->data.add_window (std::move (window));
  return TRUE;
}

/**
 * gst_numpro_timeline_add_failure:
 * @timeline: a writable timeline
 * @ledger: the batch that was asked about
 * @question: what was asked
 * @reason: why no answer came, for people
 *
 * Adds a window whose question was not answered. @ledger cannot be changed any more.
 * Since: 0.1
 */
void gst_numpro_timeline_add_failure (GstNumproTimeline *timeline, GstNumproLedger *ledger,
                                      const gchar *question, const gchar *reason)
{
  g_return_if_fail (timeline && gst_mini_object_is_writable (timeline));
  g_return_if_fail (ledger && question && reason);

  Window window;
  window.ledger.reset (gst_numpro_ledger_ref (ledger));
  window.question = TextPtr (g_utf8_make_valid (question, -1)).get ();
  window.failure = TextPtr (g_utf8_make_valid (reason, -1)).get ();
  timeline->data.add_window (std::move (window));
}

/**
 * gst_numpro_timeline_get_n_windows:
 * @timeline: a timeline
 *
 * Counts the windows.
 *
 * Returns: how many were added
 * Since: 0.1
 */
guint gst_numpro_timeline_get_n_windows (GstNumproTimeline *timeline)
{
  return static_cast<guint> (timeline->data.windows ().size ());
}

/**
 * gst_numpro_timeline_get_window_ledger:
 * @timeline: a timeline
 * @window: from 0, in the order in which they were added
 *
 * Gives what a window was about.
 *
 * Returns: (transfer none) (nullable): its batch, owned by @timeline; %NULL beyond the last one
 * Since: 0.1
 */
GstNumproLedger *gst_numpro_timeline_get_window_ledger (GstNumproTimeline *timeline, guint window)
{
  const Window *found = window_at (timeline, window);
  return found ? found->ledger.get () : nullptr;
}

/**
 * gst_numpro_timeline_get_window_question:
 * @timeline: a timeline
 * @window: from 0, in the order in which they were added
 *
 * Gives what was asked about a window.
 *
 * Returns: (nullable): the question, owned by @timeline; %NULL beyond the last one
 * Since: 0.1
 */
const gchar *gst_numpro_timeline_get_window_question (GstNumproTimeline *timeline, guint window)
{
  const Window *found = window_at (timeline, window);
  return found ? found->question.c_str () : nullptr;
}

/**
 * gst_numpro_timeline_get_window_answer:
 * @timeline: a timeline
 * @window: from 0, in the order in which they were added
 *
 * Gives what was answered about a window.
 *
 * Returns: (transfer none) (nullable): the answer, owned by @timeline; %NULL where none came, and
 *   beyond the last one
 * Since: 0.1
 */
GstNumproAnswer *gst_numpro_timeline_get_window_answer (GstNumproTimeline *timeline, guint window)
{
  const Window *found = window_at (timeline, window);
  return found ? found->answer.get () : nullptr;
}

/**
 * gst_numpro_timeline_get_window_failure:
 * @timeline: a timeline
 * @window: from 0, in the order in which they were added
 *
 * Tells why a window has no answer.
 *
 * Returns: (nullable): the reason, for people, owned by @timeline; %NULL where there is an answer,
 *   and beyond the last one
 * Since: 0.1
 */
const gchar *gst_numpro_timeline_get_window_failure (GstNumproTimeline *timeline, guint window)
{
  const Window *found = window_at (timeline, window);
  return found && !found->answer ? found->failure.c_str () : nullptr;
}

/**
 * gst_numpro_timeline_get_n_questions:
 * @timeline: a timeline
 *
 * Counts the questions.
 *
 * Returns: how many different ones there are
 * Since: 0.1
 */
guint gst_numpro_timeline_get_n_questions (GstNumproTimeline *timeline)
{
  return static_cast<guint> (timeline->data.results ().size ());
}

/**
 * gst_numpro_timeline_get_question:
 * @timeline: a timeline
 * @question: from 0, in the order in which they were first asked
 *
 * Gives a question.
 *
 * Returns: (nullable): the question, owned by @timeline; %NULL beyond the last one
 * Since: 0.1
 */
const gchar *gst_numpro_timeline_get_question (GstNumproTimeline *timeline, guint question)
{
  const QuestionResult *result = result_at (timeline, question);
  return result ? result->question.c_str () : nullptr;
}

/**
 * gst_numpro_timeline_get_n_events:
 * @timeline: a timeline
 * @question: from 0, as in gst_numpro_timeline_get_question()
 *
 * Counts the events that a question is about.
 *
 * Returns: how many there are; 0 beyond the last question
 * Since: 0.1
 */
guint gst_numpro_timeline_get_n_events (GstNumproTimeline *timeline, guint question)
{
  const QuestionResult *result = result_at (timeline, question);
  return result ? static_cast<guint> (result->events.size ()) : 0;
}

/**
 * gst_numpro_timeline_get_event:
 * @timeline: a timeline
 * @question: from 0, as in gst_numpro_timeline_get_question()
 * @index: from 0; those of one stream are in the order of its slots
 *
 * Gives an event. Two of one question may overlap, where windows do not agree.
 *
 * Returns: (transfer none) (nullable): the event, owned by @timeline; %NULL beyond the last one
 * Since: 0.1
 */
const GstNumproEvent *gst_numpro_timeline_get_event (GstNumproTimeline *timeline, guint question,
                                                     guint index)
{
  const QuestionResult *result = result_at (timeline, question);
  return result && index < result->events.size () ? result->events[index].get () : nullptr;
}

/**
 * gst_numpro_timeline_get_n_stretches:
 * @timeline: a timeline
 * @question: from 0, as in gst_numpro_timeline_get_question()
 *
 * Counts the stretches that a question was asked about.
 *
 * Returns: how many there are; 0 beyond the last question
 * Since: 0.1
 */
guint gst_numpro_timeline_get_n_stretches (GstNumproTimeline *timeline, guint question)
{
  const QuestionResult *result = result_at (timeline, question);
  return result ? static_cast<guint> (result->stretches.size ()) : 0;
}

/**
 * gst_numpro_timeline_get_stretch:
 * @timeline: a timeline
 * @question: from 0, as in gst_numpro_timeline_get_question()
 * @index: from 0; those of one stream are in the order of its slots
 *
 * Gives a stretch that a question was asked about.
 *
 * Returns: (transfer none) (nullable): the stretch, owned by @timeline; %NULL beyond the last one
 * Since: 0.1
 */
const GstNumproStretch *gst_numpro_timeline_get_stretch (GstNumproTimeline *timeline,
                                                         guint question, guint index)
{
  const QuestionResult *result = result_at (timeline, question);
  return result && index < result->stretches.size () ? result->stretches[index].get () : nullptr;
}
