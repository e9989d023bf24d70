/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A random walk over the files of timelines, in each format. What is written reads back equal. What
// was mutilated is refused with a reason, or gives a timeline that is refused with a reason where
// it is written, or itself reads back equal; GLib has nothing to complain about. The same seed
// walks the same way.
//
//   timeline-walk [SEED [STEPS]]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "mutilation.h"
#include "randomwalk.h"
#include "tests/lib/timelinewindows.h"

namespace {

using namespace numpro;

constexpr GstNumproTimelineFormat kFormats[] = {
    GST_NUMPRO_TIMELINE_FORMAT_JSON,        GST_NUMPRO_TIMELINE_FORMAT_WEBVTT,
    GST_NUMPRO_TIMELINE_FORMAT_SRT,         GST_NUMPRO_TIMELINE_FORMAT_TSV,
    GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA,  GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS,
    GST_NUMPRO_TIMELINE_FORMAT_EDL,         GST_NUMPRO_TIMELINE_FORMAT_OTIO,
    GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO};

struct Rate {
  gint n, d;
};
constexpr Rate kRates[] = {{25, 1}, {30000, 1001}, {1, 1}, {100, 1}, {24, 1}};

// What means something to a format, and times at the edge of what can be held.
constexpr const char *kPieces[] = {"-->",
                                   "\n\n",
                                   "\r",
                                   "\r\n",
                                   "\t",
                                   "&amp;lt;",
                                   "&",
                                   "<v A>",
                                   "<",
                                   ">",
                                   "NOTE x\n",
                                   "STYLE\n",
                                   "WEBVTT\n",
                                   ";FFMETADATA1\n",
                                   "[CHAPTER]\n",
                                   "TIMEBASE=1/3\n",
                                   "TIMEBASE=0/1\n",
                                   "START=-1\n",
                                   "END=18446744073709551615\n",
                                   "\\",
                                   "=",
                                   "#",
                                   "99:59:59.999",
                                   "1000000:00:00.000",
                                   "5124095:34:33.709",
                                   "00:00:00:24",
                                   "99:59:59:24",
                                   "18446744073709551615",
                                   "18446744073709",
                                   "-1",
                                   "0",
                                   "1e400",
                                   "NaN",
                                   "null",
                                   "{}",
                                   "[]",
                                   "\"",
                                   "\xff",
                                   "\xc0\x80",
                                   "\xef\xbb\xbf",
                                   "<ChapterAtom>",
                                   "</ChapterAtom>",
                                   "<![CDATA[",
                                   "]]>",
                                   "<!--",
                                   "&#0;",
                                   "&#x10ffff;",
                                   "* FROM CLIP NAME: ",
                                   "FCM: DROP FRAME\n",
                                   "RationalTime.1",
                                   "\"rate\": 0",
                                   "\"value\": 1e300",
                                   "\"evidence\": []",
                                   "\"version\": 2",
                                   "\x01",
                                   "\xf0\x9f\x98\x80"};

class Walk
{
 public:
  explicit Walk (guint32 seed) : random_ (seed) {}

  void step ()
  {
    format_ = kFormats[pick (std::size (kFormats))];
    rate_ = kRates[pick (std::size (kRates))];
    std::string text;
    const TimelinePtr timeline = make_timeline ();
    text_ = &text;
    require (write (timeline.get (), text), "what is valid cannot be written");
    require_stable (text);
    for (int i = 0; i < kMutilationsOfEach; ++i) {
      std::string mutilated = text;
      for (guint32 n = 1 + pick (3); n > 0 && !mutilated.empty (); --n)
        mutilate (mutilated);
      text_ = &mutilated;
      read_mutilated (mutilated);
    }
  }

  bool report () const
  {
    std::printf ("%d texts mutilated, %d of them refused, %d more not written again\n",
                 static_cast<int> (texts_), static_cast<int> (refused_),
                 static_cast<int> (unsuitable_));
    return refused_ > 0 && refused_ < texts_;
  }

 private:
  static constexpr int kMutilationsOfEach = 20;

  guint32 pick (std::size_t below) { return static_cast<guint32> (random_ () % below); }

  // Events as they come from windows; JSON has these windows, too.
  TimelinePtr make_timeline ()
  {
    static const char *const kWords[] = {"Not visible", "Perhaps?", "From 3 to 5",
                                         "From 0 to 1, and from 5 to 7", "From 9 to 9"};
    TimelinePtr timeline (gst_numpro_timeline_new ());
    for (guint32 n = pick (4); n > 0; --n) {
      Stream stream;
      stream.source = pick (2) ? "camera" : nullptr;
      stream.offset = pick (3) * 3599 * GST_SECOND + pick (1000000000);
      const LedgerPtr ledger = ledger_of (stream, 0, 9);
      const std::string question = any_question ();
      const PromptPtr prompt (gst_numpro_prompt_new (GST_NUMPRO_TASK_MOMENT, question.c_str ()));
      const AnswerPtr answer (
          gst_numpro_answer_new (prompt.get (), ledger.get (), kWords[pick (std::size (kWords))]));
      if (pick (5) == 0)
        gst_numpro_timeline_add_failure (timeline.get (), ledger.get (), question.c_str (), "away");
      else
        gst_numpro_timeline_add (timeline.get (), ledger.get (), answer.get (), nullptr);
    }
    return timeline;
  }

  std::string any_question ()
  {
    std::string text = "a";
    for (guint32 n = pick (4); n > 0; --n) {
      const char *piece = kPieces[pick (std::size (kPieces))];
      if (g_utf8_validate (piece, -1, nullptr))
        text += piece;
    }
    return text;
  }

  void mutilate (std::string &text)
  {
    if (pick (3) == 0)
      text.insert (random_ () % text.size (), kPieces[pick (std::size (kPieces))]);
    else
      mutilate_anywhere (random_, text);
  }

  // Null where it is refused, which has a reason then.
  TimelinePtr read (const std::string &text)
  {
    GError *error = nullptr;
    TimelinePtr timeline (gst_numpro_timeline_new_from_text (
        format_, text.data (), static_cast<gssize> (text.size ()), rate_.n, rate_.d, &error));
    require_reason (timeline != nullptr, ErrorPtr (error));
    return timeline;
  }

  bool write (GstNumproTimeline *timeline, std::string &text)
  {
    GError *error = nullptr;
    const TextPtr written (
        gst_numpro_timeline_to_text (timeline, format_, rate_.n, rate_.d, &error));
    require_reason (written != nullptr, ErrorPtr (error));
    text = written ? written.get () : "";
    return written != nullptr;
  }

  void require_reason (bool is_done, const ErrorPtr &error)
  {
    require (is_done == (error == nullptr), "done with an error, or neither");
    require (is_done || (error->domain == GST_NUMPRO_ERROR && std::strlen (error->message) > 0 &&
                         g_utf8_validate (error->message, -1, nullptr)),
             "refused without a reason");
  }

  // Events of one time may change places, as they do where their times are rounded.
  std::string contents_of (GstNumproTimeline *timeline, const std::string &text) const
  {
    if (format_ == GST_NUMPRO_TIMELINE_FORMAT_JSON)
      return text;
    std::vector<std::string> events;
    for (guint i = 0; i < gst_numpro_timeline_get_n_questions (timeline); ++i) {
      for (guint j = 0; j < gst_numpro_timeline_get_n_events (timeline, i); ++j) {
        const GstNumproSpan &span = gst_numpro_timeline_get_event (timeline, i, j)->span;
        events.push_back (std::to_string (span.start) + " " + std::to_string (span.end) + " " +
                          gst_numpro_timeline_get_question (timeline, i) + "\n");
      }
    }
    std::sort (events.begin (), events.end ());
    return std::accumulate (events.begin (), events.end (), std::string ());
  }

  void require_stable (const std::string &text)
  {
    std::string again;
    const TimelinePtr once = read (text);
    require (once != nullptr, "what was written is refused");
    require (write (once.get (), again), "what was read cannot be written again");
    const TimelinePtr twice = read (again);
    require (twice && contents_of (once.get (), text) == contents_of (twice.get (), again),
             "what was written reads back otherwise");
  }

  void read_mutilated (const std::string &text)
  {
    ++texts_;
    std::string written;
    const TimelinePtr timeline = read (text);
    if (!timeline)
      ++refused_;
    else if (!write (timeline.get (), written))
      ++unsuitable_;
    else
      require_stable (written);
  }

  void require (bool condition, const char *otherwise)
  {
    if (condition)
      return;
    std::fprintf (stderr, "text %d, format %d, %d/%d: %s\n%s\n", static_cast<int> (texts_), format_,
                  rate_.n, rate_.d, otherwise, text_->c_str ());
    std::abort ();
  }

  std::minstd_rand random_;
  GstNumproTimelineFormat format_{};
  Rate rate_{};
  const std::string *text_ = nullptr;
  guint64 texts_ = 0, refused_ = 0, unsuitable_ = 0;
};

}  // namespace

int main (int argc, char **argv)
{
  return run_random_walk<Walk> (argc, argv, 1000);
}
