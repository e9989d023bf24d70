/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <cmath>

#include "clocktext.h"
#include "eventformats.h"
#include "gst/numpro/json.h"

namespace numpro {

namespace {

constexpr const char *kSchema = "OTIO_SCHEMA";

Json time_to_json (std::uint64_t unit, FrameRate rate)
{
  return {{kSchema, "RationalTime.1"},
          {"rate", static_cast<double> (rate.n) / rate.d},
          {"value", static_cast<double> (unit)}};
}

Json marker_to_json (const TextEvent &event, FrameRate rate)
{
  const auto [start, end] = in_units (event, rate);
  return {{kSchema, "Marker.2"},
          {"metadata", Json::object ()},
          {"name", event.question},
          {"color", "RED"},
          {"marked_range",
           {{kSchema, "TimeRange.1"},
            {"start_time", time_to_json (start, rate)},
            {"duration", time_to_json (end - start, rate)}}}};
}

std::string write (const std::vector<TextEvent> &events, FrameRate rate)
{
  Json markers = Json::array ();
  for (const TextEvent &event : events)
    markers.push_back (marker_to_json (event, rate.n > 0 ? rate : kMilliseconds));
  const Json stack = {{kSchema, "Stack.1"},        {"metadata", Json::object ()},
                      {"name", "tracks"},          {"source_range", nullptr},
                      {"effects", Json::array ()}, {"markers", markers},
                      {"enabled", true},           {"children", Json::array ()}};
  return dump_json ({{kSchema, "Timeline.1"},
                     {"metadata", Json::object ()},
                     {"name", "numpro"},
                     {"global_start_time", nullptr},
                     {"tracks", stack}}) +
         '\n';
}

void require_schema (const JsonFields &fields, const char *name)
{
  // Followed by its version.
  if (!fields.get<std::string> (kSchema).starts_with (std::string (name) + "."))
    fields.fail (kSchema, std::string ("not ") + name);
}

GstClockTime read_time (const JsonFields &range, const char *name)
{
  const JsonFields time (range.at (name), name);
  require_schema (time, "RationalTime");
  const double rate = time.get<double> ("rate"), value = time.get<double> ("value");
  const double nanoseconds = std::round (value / rate * GST_SECOND);
  // 2^63: beyond that, sums would not fit.
  if (!(rate > 0) || !(nanoseconds >= 0) || nanoseconds >= 9223372036854775808.)
    time.fail ("value", "not a time");
  return static_cast<GstClockTime> (nanoseconds);
}

TextEvent read_marker (const JsonFields &marker)
{
  require_schema (marker, "Marker");
  const JsonFields range (marker.at ("marked_range"), "marked_range");
  require_schema (range, "TimeRange");
  const GstClockTime start = read_time (range, "start_time"),
                     length = read_time (range, "duration");
  if (length == 0)
    range.fail ("duration", "the marker has none");
  return {marker.get<std::string> ("name"), start, start + length};
}

std::vector<TextEvent> read (std::string_view text, FrameRate)
{
  const Json root = parse_json (text);
  const JsonFields timeline (root);
  require_schema (timeline, "Timeline");
  const JsonFields stack (timeline.at ("tracks"), "tracks");
  require_schema (stack, "Stack");
  std::vector<TextEvent> events;
  stack.for_each (
      "markers", [&events] (const JsonFields &marker) { events.push_back (read_marker (marker)); });
  return events;
}

}  // namespace

const EventFormat kOtio = {write, read, false};

}  // namespace numpro
