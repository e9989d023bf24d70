/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Timelines as files.
//
// test_texts: a file that is not as others expect it.
// test_round_trips: an event that is lost, moved or renamed by writing and reading it, by a byte
// order
//   mark or by other line ends; characters that a format gives a meaning not escaped.
// test_empty: a timeline without events that is no file of its format.
// test_order: events of several questions that are not in the order of time.
// test_rounding: events that touch and do not any more; one that is lost as it is short; frames of
//   30000/1001 a second counted by truncated times.
// test_json: windows, answers, failures or stretches that a file loses.
// test_json_events: what a file says of events believed instead of its windows.
// test_other_programs: what other programs write beside what we do.
// test_refused: a text that is not of its format read, or refused without saying where.
// test_unsuitable: events that a format cannot hold written wrong, or left out.

#include "tests/lib/timelinewindows.h"

#include "tests/support/loopcheck.h"

namespace {

using namespace numpro;

constexpr gint kFps = 25;

const GstNumproTimelineFormat kEventFormats[] = {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT,
                                                 GST_NUMPRO_TIMELINE_FORMAT_SRT,
                                                 GST_NUMPRO_TIMELINE_FORMAT_TSV,
                                                 GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA,
                                                 GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS,
                                                 GST_NUMPRO_TIMELINE_FORMAT_EDL,
                                                 GST_NUMPRO_TIMELINE_FORMAT_OTIO,
                                                 GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO};

std::string text_of (GstNumproTimeline *timeline, GstNumproTimelineFormat format, gint fps_n = kFps,
                     gint fps_d = 1)
{
  GError *error = nullptr;
  const TextPtr text (gst_numpro_timeline_to_text (timeline, format, fps_n, fps_d, &error));
  fail_unless (text != nullptr, "%s", error ? error->message : "");
  return text.get ();
}

TimelinePtr read (GstNumproTimelineFormat format, const std::string &text, gint fps_n = kFps,
                  gint fps_d = 1)
{
  GError *error = nullptr;
  TimelinePtr timeline (gst_numpro_timeline_new_from_text (
      format, text.data (), static_cast<gssize> (text.size ()), fps_n, fps_d, &error));
  fail_unless (timeline != nullptr, "%s: %s", error ? error->message : "", text.c_str ());
  return timeline;
}

// "QUESTION START-END", in nanoseconds, a line each.
std::string times_of (GstNumproTimeline *timeline)
{
  std::string text;
  for (guint i = 0; i < gst_numpro_timeline_get_n_questions (timeline); ++i) {
    for (guint j = 0; j < gst_numpro_timeline_get_n_events (timeline, i); ++j) {
      const GstNumproSpan &span = gst_numpro_timeline_get_event (timeline, i, j)->span;
      text += std::string (gst_numpro_timeline_get_question (timeline, i)) + " " +
              std::to_string (span.start) + "-" + std::to_string (span.end) + "\n";
    }
  }
  return text;
}

// An event at 3 to 6 s, and two of a question with all that means something to a format.
constexpr const char *kStrange =
    "a --> b; <i>\"c\"</i> & {d} = #e \\ 'f' \xe4\xbd\xa0 * FROM CLIP NAME: &lt;";

TimelinePtr make_timeline (const char *strange = kStrange)
{
  TimelinePtr timeline (gst_numpro_timeline_new ());
  const LedgerPtr ledger = ledger_of ({}, 0, 9);
  add_window (timeline.get (), ledger, "when?", "3-5");
  add_window (timeline.get (), ledger, strange, "0-1 5-7");
  return timeline;
}

void require_refusal (GstNumproTimelineFormat format, const std::string &text, const char *saying)
{
  GError *error = nullptr;
  fail_unless_in_loop (
      gst_numpro_timeline_new_from_text (format, text.data (), static_cast<gssize> (text.size ()),
                                         kFps, 1, &error) == nullptr,
      "%s", text.c_str ());
  const ErrorPtr owned (error);
  fail_unless_in_loop (g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_MALFORMED), "%s",
                       error->message);
  fail_unless_in_loop (strstr (error->message, saying) != nullptr, "%s, not %s", error->message,
                       saying);
}

}  // namespace

GST_START_TEST (test_texts)
{
  const TimelinePtr timeline = timeline_of ({"0-9: 3-5", "0-9: 8-8"});
  const struct {
    GstNumproTimelineFormat format;
    const char *text;
  } kTexts[] = {
      {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT,
       "WEBVTT\n\n00:00:03.000 --> 00:00:06.000\nwhen?\n\n00:00:08.000 --> 00:00:09.000\nwhen?\n"},
      {GST_NUMPRO_TIMELINE_FORMAT_SRT,
       "1\n00:00:03,000 --> 00:00:06,000\nwhen?\n\n2\n00:00:08,000 --> 00:00:09,000\nwhen?\n"},
      {GST_NUMPRO_TIMELINE_FORMAT_TSV, "start\tend\ttext\n3000\t6000\twhen?\n8000\t9000\twhen?\n"},
      {GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA,
       ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000000000\nSTART=3000000000\nEND=6000000000\n"
       "title=when?\n[CHAPTER]\nTIMEBASE=1/1000000000\nSTART=8000000000\nEND=9000000000\n"
       "title=when?\n"},
      {GST_NUMPRO_TIMELINE_FORMAT_EDL,
       "TITLE: numpro\nFCM: NON-DROP FRAME\n\n"
       "001  AX       V     C        00:00:03:00 00:00:06:00 00:00:03:00 00:00:06:00\n"
       "* FROM CLIP NAME: when?\n\n"
       "002  AX       V     C        00:00:08:00 00:00:09:00 00:00:08:00 00:00:09:00\n"
       "* FROM CLIP NAME: when?\n"}};
  for (const auto &expected : kTexts) {
    const std::string text = text_of (timeline.get (), expected.format);
    fail_unless_in_loop (text == expected.text, "%s", text.c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_round_trips)
{
  const TimelinePtr timeline = make_timeline ();
  for (const GstNumproTimelineFormat format : kEventFormats) {
    const std::string text = text_of (timeline.get (), format);
    std::string crlf;
    for (const char c : text)
      crlf += c == '\n' ? std::string ("\r\n") : std::string (1, c);
    std::string expected = times_of (timeline.get ());
    // SubRip has no way to say it.
    if (format == GST_NUMPRO_TIMELINE_FORMAT_SRT) {
      for (std::size_t at = 0; (at = expected.find ("-->")) != std::string::npos;)
        expected.replace (at, 3, "\u2192");
    }
    for (const std::string &variant : {text, crlf, "\xef\xbb\xbf" + text, "\xef\xbb\xbf" + crlf}) {
      const TimelinePtr back = read (format, variant);
      std::string times = times_of (back.get ());
      // By their starts in a file.
      const std::size_t first_line = times.find ("when? ");
      fail_unless_in_loop (first_line != std::string::npos, "%s", times.c_str ());
      const std::string when =
          times.substr (first_line, times.find ('\n', first_line) + 1 - first_line);
      times = when + times.erase (first_line, when.size ());
      fail_unless_in_loop (times == expected, "%d: %s, not %s", format, times.c_str (),
                           expected.c_str ());
      const GstNumproEvent *event = gst_numpro_timeline_get_event (back.get (), 0, 0);
      fail_unless_in_loop (!event->has_numbers && event->n_evidence == 0 &&
                               !GST_CLOCK_TIME_IS_VALID (event->span.utc_start),
                           "numbers out of nowhere");
      fail_unless_in_loop (text_of (back.get (), format) == text, "%s",
                           text_of (back.get (), format).c_str ());
    }
  }
  // Lines and blanks, where a format holds them.
  const std::string lines = "one\ntwo\n\n3\tx\r";
  const TimelinePtr other = make_timeline (lines.c_str ());
  for (const GstNumproTimelineFormat format : kEventFormats) {
    const TimelinePtr back = read (format, text_of (other.get (), format));
    const std::string question = gst_numpro_timeline_get_question (back.get (), 0);
    const bool is_exact = format == GST_NUMPRO_TIMELINE_FORMAT_OTIO ||
                          format == GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO;
    const bool has_lines = format == GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA ||
                           format == GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS;
    fail_unless_in_loop (question == (is_exact    ? lines
                                      : has_lines ? "one\ntwo\n\n3\tx "
                                                  : "one two 3 x"),
                         "%d: %s", format, question.c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_empty)
{
  const TimelinePtr empty (gst_numpro_timeline_new ());
  for (int format = 0; format <= GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO; ++format) {
    const auto as = static_cast<GstNumproTimelineFormat> (format);
    const TimelinePtr back = read (as, text_of (empty.get (), as));
    fail_unless_equals_int (gst_numpro_timeline_get_n_questions (back.get ()), 0);
  }
}
GST_END_TEST

GST_START_TEST (test_order)
{
  const TimelinePtr timeline = make_timeline ("b");
  const std::string text = text_of (timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_TSV);
  fail_unless (text == "start\tend\ttext\n0\t2000\tb\n3000\t6000\twhen?\n5000\t8000\tb\n", "%s",
               text.c_str ());
}
GST_END_TEST

GST_START_TEST (test_rounding)
{
  // Frames 1 to 3 of 30000/1001 a second, with the times of GStreamer; then one of 100 ns.
  const TimelinePtr timeline =
      read (GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA,
            ";FFMETADATA1\n[CHAPTER]\nSTART=33366666\nEND=66733333\ntitle=a\n"
            "[CHAPTER]\nSTART=66733333\nEND=133466666\ntitle=b\n[CHAPTER]\nSTART=2000000000\n"
            "END=2000000100\ntitle=c\n");
  const std::string tsv = text_of (timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_TSV);
  fail_unless (tsv == "start\tend\ttext\n33\t67\ta\n67\t133\tb\n2000\t2001\tc\n", "%s",
               tsv.c_str ());
  const std::string edl = text_of (timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_EDL, 30000, 1001);
  for (const char *times :
       {" 00:00:00:01 00:00:00:02 ", " 00:00:00:02 00:00:00:04 ", " 00:00:02:00 00:00:02:01 "})
    fail_unless (edl.find (times) != std::string::npos, "%s", edl.c_str ());
  const TimelinePtr back = read (GST_NUMPRO_TIMELINE_FORMAT_EDL, edl, 30000, 1001);
  fail_unless (times_of (back.get ()) ==
                   "a 33366667-66733333\nb 66733333-133466667\nc 2002000000-2035366667\n",
               "%s", times_of (back.get ()).c_str ());
  const std::string labels =
      text_of (timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO, 30000, 1001);
  fail_unless (labels.find ("\"start\": 2,\n          \"end\": 2\n") != std::string::npos, "%s",
               labels.c_str ());
  // Without a frame rate markers count milliseconds.
  const std::string markers = text_of (timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_OTIO, 0, 0);
  fail_unless (markers.find ("\"rate\": 1000.0") != std::string::npos, "%s", markers.c_str ());
}
GST_END_TEST

GST_START_TEST (test_json)
{
  const TimelinePtr timeline = timeline_of (
      {"@a 0-9: 7-9", "@a 10-14: ?", "@a 15-19: 15-16", "q @b 0-9: !", "q @b 5-14: 13-14"});
  const std::string json = text_of (timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_JSON);
  const TimelinePtr back = read (GST_NUMPRO_TIMELINE_FORMAT_JSON, json);
  fail_unless (text_of (back.get (), GST_NUMPRO_TIMELINE_FORMAT_JSON) == json);
  fail_unless (events_of (back.get ()) == events_of (timeline.get ()));
  fail_unless (stretches_of (back.get ()) == stretches_of (timeline.get ()));
  fail_unless_equals_int (gst_numpro_timeline_get_n_windows (back.get ()), 5);
  fail_unless_equals_string (gst_numpro_timeline_get_window_failure (back.get (), 3), kFailure);
  fail_unless_equals_string (
      gst_numpro_answer_get_text (gst_numpro_timeline_get_window_answer (back.get (), 0)), "7-9");

  // One batch with two questions is written once.
  const TimelinePtr shared = make_timeline ();
  const std::string both = text_of (shared.get (), GST_NUMPRO_TIMELINE_FORMAT_JSON);
  fail_unless (both.find ("\"frames\"") == both.rfind ("\"frames\""), "%s", both.c_str ());

  // Events without windows.
  const TimelinePtr given = read (GST_NUMPRO_TIMELINE_FORMAT_TSV, "start\tend\ttext\n1\t3\ta\n");
  const TimelinePtr again = read (GST_NUMPRO_TIMELINE_FORMAT_JSON,
                                  text_of (given.get (), GST_NUMPRO_TIMELINE_FORMAT_JSON));
  fail_unless (times_of (again.get ()) == "a 1000000-3000000\n");
  fail_if (gst_numpro_timeline_get_event (again.get (), 0, 0)->has_numbers);
}
GST_END_TEST

GST_START_TEST (test_json_events)
{
  const TimelinePtr timeline = timeline_of ({"0-9: 3-5"});
  std::string json = text_of (timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_JSON);
  const std::size_t events = json.find ("\"questions\"");
  const std::size_t last = json.find ("\"last\": 5", events);
  fail_unless (last != std::string::npos, "%s", json.c_str ());
  json.replace (last, 9, "\"last\": 8");
  const TimelinePtr back = read (GST_NUMPRO_TIMELINE_FORMAT_JSON, json);
  fail_unless (events_of (back.get ()) == "3-5 [0]");
}
GST_END_TEST

GST_START_TEST (test_other_programs)
{
  const struct {
    GstNumproTimelineFormat format;
    const char *text, *times;
  } kTexts[] = {
      {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT,
       "WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE a\nb\n\nintro\n"
       "01:02.500 --> 1:01:03.000 align:start line:0\n<v Ann>Hi &amp;\nbye</v>\n\n\n"
       "00:02.000 --> 00:03.000\n",
       "Hi &\nbye 62500000000-3663000000000\n 2000000000-3000000000\n"},
      {GST_NUMPRO_TIMELINE_FORMAT_SRT,
       "7\r\n00:00:01,5 --> 00:00:02.250 X1:0\r\na\r\nb\r\n\r\n\r\n",
       "a\nb 1500000000-2250000000\n"},
      {GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA,
       ";FFMETADATA1\ntitle=film\n# no\n[STREAM]\ntitle=x\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=10\n"
       "END=20\ntitle=a\\=b\\\\\\\nc\nauthor=me",
       "a=b\\\nc 10000000-20000000\n"},
      {GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS,
       "<?xml version=\"1.0\"?>\n<!-- <!DOCTYPE Chapters SYSTEM \"matroskachapters.dtd\"> -->\n"
       "<Chapters><EditionEntry><EditionUID>7</EditionUID><ChapterAtom>"
       "<ChapterUID>8</ChapterUID><ChapterTimeStart>00:00:01.000000001</ChapterTimeStart>"
       "<ChapterTimeEnd>00:00:02.5</ChapterTimeEnd><ChapterDisplay><ChapterString>a &lt;"
       "</ChapterString></ChapterDisplay></ChapterAtom></EditionEntry></Chapters>",
       "a < 1000000001-2500000000\n"},
      {GST_NUMPRO_TIMELINE_FORMAT_EDL,
       "TITLE:   cut\nFCM: NON-DROP FRAME\n\n000001  CARD  V  D 012  00:00:01:05 00:00:02:00 "
       "01:00:00:00 01:00:00:20\nM2   CARD       025.0                00:00:01:05\n"
       "* FROM CLIP NAME:  a.mov\n* COMMENT: x\n",
       "a.mov 1200000000-2000000000\n"},
      {GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO,
       R"([{"type":"choices","value":{"choices":["x"]}},{"type":"timelinelabels","value":{"ranges":)"
       R"([{"start":1,"end":25},{"start":26,"end":26}],"timelinelabels":["a","b"]}}])",
       "a 0-1000000000\na 1000000000-1040000000\nb 0-1000000000\nb 1000000000-1040000000\n"},
  };
  for (const auto &tried : kTexts) {
    const std::string times = times_of (read (tried.format, tried.text).get ());
    fail_unless_in_loop (times == tried.times, "%s", times.c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_refused)
{
  const struct {
    GstNumproTimelineFormat format;
    const char *text, *saying;
  } kTexts[] = {
      {GST_NUMPRO_TIMELINE_FORMAT_JSON, "{}", "version: missing"},
      {GST_NUMPRO_TIMELINE_FORMAT_JSON, R"({"version":2,"ledgers":[],"windows":[],"questions":[]})",
       "version: 2"},
      {GST_NUMPRO_TIMELINE_FORMAT_JSON, "x", "not JSON at byte 1"},
      {GST_NUMPRO_TIMELINE_FORMAT_JSON,
       R"({"version":1,"ledgers":[],"windows":[{"ledger":0,"question":"a"}],"questions":[]})",
       "windows[0].ledger"},
      {GST_NUMPRO_TIMELINE_FORMAT_JSON,
       R"({"version":1,"ledgers":[],"windows":[],"questions":[{"question":"a","events":[{)"
       R"("start":5,"end":5,"evidence":[]}]}]})",
       "end: not after the start"},
      {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, "", "line 1: a WebVTT file begins"},
      {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, "WEBVTTX\n", "line 1"},
      {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, "WEBVTT\n\na\nb\n", "line 4: there is no \"-->\""},
      {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, "WEBVTT\n\na\n", "line 3: a cue without times"},
      {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, "WEBVTT\n\n00:05.000 --> 00:05.000\n", "line 3: an end"},
      {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, "WEBVTT\n\n00:61.000 --> 00:65.000\n",
       "line 3: not a time: \"00:61.000\""},
      {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, "WEBVTT\n\n5 --> 6\n", "line 3: not a time: \"5\""},
      {GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, "WEBVTT\n\xff", "not UTF-8"},
      {GST_NUMPRO_TIMELINE_FORMAT_SRT, "a\n", "line 1: not the number"},
      {GST_NUMPRO_TIMELINE_FORMAT_SRT, "1\n", "line 1: a subtitle without times"},
      {GST_NUMPRO_TIMELINE_FORMAT_SRT, "1\n00:00:02,000 --> 00:00:01,000\n", "line 2: an end"},
      {GST_NUMPRO_TIMELINE_FORMAT_TSV, "1\t2\ta\n", "line 1: the columns"},
      {GST_NUMPRO_TIMELINE_FORMAT_TSV, "start\tend\ttext\n1\t2\n", "line 2: not three columns"},
      {GST_NUMPRO_TIMELINE_FORMAT_TSV, "start\tend\ttext\n1.5\t2\ta\n", "line 2: the times"},
      {GST_NUMPRO_TIMELINE_FORMAT_TSV, "start\tend\ttext\n-1\t2\ta\n", "line 2: the times"},
      {GST_NUMPRO_TIMELINE_FORMAT_TSV, "start\tend\ttext\n1\t99999999999999999999\ta\n",
       "line 2: the times"},
      {GST_NUMPRO_TIMELINE_FORMAT_TSV, "start\tend\ttext\n1\t18446744073709551615\ta\n",
       "line 2: a time that is too large"},
      {GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA, "[CHAPTER]\n", "line 1: a metadata file"},
      {GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA, ";FFMETADATA1\n[CHAPTER]\nSTART=1\ntitle=a\n",
       "line 2: a chapter without END"},
      {GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA, ";FFMETADATA1\n[CHAPTER]\nSTART=1\nEND=x\n",
       "line 4: END is not"},
      {GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA, ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/0\n",
       "line 3: not a time base"},
      {GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA, ";FFMETADATA1\n[CHAPTER]\nSTART\n",
       "line 3: no \"=\""},
      {GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS, "", "empty"},
      {GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS, "<a/>", "line 1: the outermost element"},
      {GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS, "<Chapters>\n<", "line 2"},
      {GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS,
       "<Chapters>\n<ChapterAtom>\n<ChapterTimeStart>00:00:01</ChapterTimeStart>\n</ChapterAtom>\n"
       "</Chapters>",
       "line 2: a chapter without ChapterTimeEnd"},
      {GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS,
       "<Chapters>\n<ChapterAtom>\n<ChapterTimeStart>1</ChapterTimeStart>", "line 3: not a time"},
      {GST_NUMPRO_TIMELINE_FORMAT_EDL, "", "line 1: an EDL begins"},
      {GST_NUMPRO_TIMELINE_FORMAT_EDL, "001 AX V C 1 2 3 4\n", "line 1: an EDL begins"},
      {GST_NUMPRO_TIMELINE_FORMAT_EDL, "TITLE: a\nFCM: DROP FRAME\n",
       "line 2: time codes with drop"},
      {GST_NUMPRO_TIMELINE_FORMAT_EDL, "TITLE: a\n001 AX V C\n", "line 2: an edit has"},
      {GST_NUMPRO_TIMELINE_FORMAT_EDL,
       "TITLE: a\n001 AX V C 00:00:01:25 00:00:02:00 00:00:00:00 00:00:00:00\n",
       "line 2: not a time code such as 01:02:03:04: \"00:00:01:25\""},
      {GST_NUMPRO_TIMELINE_FORMAT_EDL,
       "TITLE: a\n001 AX V C 00:00:01;02 00:00:02;00 00:00:00:00 00:00:00:00\n",
       "line 2: a time code with dropped"},
      {GST_NUMPRO_TIMELINE_FORMAT_OTIO, "{}", "OTIO_SCHEMA: missing"},
      {GST_NUMPRO_TIMELINE_FORMAT_OTIO, R"({"OTIO_SCHEMA":"Clip.2"})", "OTIO_SCHEMA: not Timeline"},
      {GST_NUMPRO_TIMELINE_FORMAT_OTIO,
       R"({"OTIO_SCHEMA":"Timeline.1","tracks":{"OTIO_SCHEMA":"Stack.1","markers":[{"OTIO_SCHEMA":)"
       R"("Marker.2","name":"a","marked_range":{"OTIO_SCHEMA":"TimeRange.1","start_time":{)"
       R"("OTIO_SCHEMA":"RationalTime.1","rate":0,"value":1}}}]}})",
       "start_time.value: not a time"},
      {GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO, "{}", "not a JSON array"},
      {GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO, "[{}]", "[0].type: missing"},
      {GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO,
       R"([{"type":"timelinelabels","value":{"ranges":[{"start":0,"end":2}],"timelinelabels":["a"]}}])",
       "ranges[0].start: not from 1"},
  };
  for (const auto &tried : kTexts)
    require_refusal (tried.format, tried.text, tried.saying);
}
GST_END_TEST

GST_START_TEST (test_unsuitable)
{
  const auto require_unsuitable = [] (GstNumproTimeline *timeline, GstNumproTimelineFormat format,
                                      gint fps_n, const char *saying) {
    GError *error = nullptr;
    fail_unless_in_loop (
        gst_numpro_timeline_to_text (timeline, format, fps_n, 1, &error) == nullptr, "%s", saying);
    const ErrorPtr owned (error);
    fail_unless_in_loop (g_error_matches (error, GST_NUMPRO_ERROR, GST_NUMPRO_ERROR_UNSUITABLE) &&
                             strstr (error->message, saying) != nullptr,
                         "%s", error->message);
  };
  const TimelinePtr timeline = make_timeline ();
  require_unsuitable (timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_EDL, 0, "give the frame rate");
  require_unsuitable (timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO, 0,
                      "give the frame rate");
  require_unsuitable (timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_EDL, 240, "1 to 100 frames");
  const TimelinePtr late =
      read (GST_NUMPRO_TIMELINE_FORMAT_SRT, "1\n99:59:59,000 --> 100:00:00,000\na\n");
  require_unsuitable (late.get (), GST_NUMPRO_TIMELINE_FORMAT_EDL, kFps, "100 hours");
  const TimelinePtr untimed (gst_numpro_timeline_new ());
  Stream stream;
  stream.is_timed = false;
  add_window (untimed.get (), ledger_of (stream, 0, 9), "when?", "3-4");
  require_unsuitable (untimed.get (), GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, kFps, "without times");
  const std::string json = text_of (untimed.get (), GST_NUMPRO_TIMELINE_FORMAT_JSON);
  fail_unless (events_of (read (GST_NUMPRO_TIMELINE_FORMAT_JSON, json).get ()) == "3-4 [0]");
}
GST_END_TEST

static Suite *timeline_formats_suite (void)
{
  Suite *suite = suite_create ("timeline_formats");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_texts);
  tcase_add_test (tcase, test_round_trips);
  tcase_add_test (tcase, test_empty);
  tcase_add_test (tcase, test_order);
  tcase_add_test (tcase, test_rounding);
  tcase_add_test (tcase, test_json);
  tcase_add_test (tcase, test_json_events);
  tcase_add_test (tcase, test_other_programs);
  tcase_add_test (tcase, test_refused);
  tcase_add_test (tcase, test_unsuitable);
  return suite;
}

GST_CHECK_MAIN (timeline_formats);
