/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats.h"

#include <algorithm>
#include <utility>

#include "eventformats.h"
#include "gst/numpro/document.h"
#include "gst/numpro/enumnick.h"
#include "timelinejson.h"

namespace numpro {

namespace {

// Null for JSON, which holds more than events.
const EventFormat *event_format (GstNumproTimelineFormat format)
{
  switch (format) {
    case GST_NUMPRO_TIMELINE_FORMAT_JSON:
      break;
    case GST_NUMPRO_TIMELINE_FORMAT_WEBVTT:
      return &kWebVtt;
    case GST_NUMPRO_TIMELINE_FORMAT_SRT:
      return &kSrt;
    case GST_NUMPRO_TIMELINE_FORMAT_TSV:
      return &kTsv;
    case GST_NUMPRO_TIMELINE_FORMAT_FFMETADATA:
      return &kFfmetadata;
    case GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS:
      return &kMatroskaChapters;
    case GST_NUMPRO_TIMELINE_FORMAT_EDL:
      return &kEdl;
    case GST_NUMPRO_TIMELINE_FORMAT_OTIO:
      return &kOtio;
    case GST_NUMPRO_TIMELINE_FORMAT_LABEL_STUDIO:
      return &kLabelStudio;
  }
  return nullptr;
}

void require_rate (const EventFormat &described, GstNumproTimelineFormat format, FrameRate rate)
{
  if (described.needs_rate && rate.n <= 0)
    throw UnsuitableError (std::string ("The format ") +
                           enum_nick (GST_TYPE_NUMPRO_TIMELINE_FORMAT, format) +
                           " counts frames: give the frame rate of the video.");
}

std::vector<TextEvent> text_events (const TimelineData &timeline)
{
  std::vector<TextEvent> events;
  for (const QuestionResult &result : timeline.results ()) {
    for (const EventPtr &event : result.events) {
      const GstNumproSpan &span = event->span;
      if (!GST_CLOCK_TIME_IS_VALID (span.start) || !GST_CLOCK_TIME_IS_VALID (span.end))
        throw UnsuitableError ("There are events without times, which JSON alone can hold.");
      events.push_back ({result.question, span.start, span.end});
    }
  }
  std::stable_sort (events.begin (), events.end (), [] (const TextEvent &a, const TextEvent &b) {
    return std::pair (a.start, a.end) < std::pair (b.start, b.end);
  });
  return events;
}

// Some programs put it before UTF-8.
std::string_view without_byte_order_mark (std::string_view text)
{
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  return text.substr (text.starts_with (kMark) ? kMark.size () : 0);
}

}  // namespace

std::string timeline_to_text (const TimelineData &timeline, GstNumproTimelineFormat format,
                              FrameRate rate)
{
  const EventFormat *described = event_format (format);
  if (!described)
    return dump_json (timeline_to_json (timeline));
  require_rate (*described, format, rate);
  return described->write (text_events (timeline), rate);
}

void read_timeline_text (GstNumproTimelineFormat format, std::string_view text, FrameRate rate,
                         TimelineData &timeline)
{
  text = without_byte_order_mark (text);
  const EventFormat *described = event_format (format);
  if (!described) {
    const Json root = parse_json (text);
    const JsonFields fields (root);
    require_version (fields);
    read_timeline (fields, timeline);
    return;
  }
  require_rate (*described, format, rate);
  if (!g_utf8_validate_len (text.data (), text.size (), nullptr))
    throw FormatError ("it is not UTF-8");
  for (TextEvent &event : described->read (text, rate))
    timeline.add_given (std::move (event));
}

}  // namespace numpro
