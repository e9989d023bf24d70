/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clocktext.h"
#include "eventformats.h"
#include "gst/numpro/json.h"

namespace numpro {

namespace {

constexpr const char *kType = "timelinelabels";

// Frames are counted from 1, and the last one is included.
std::string write (const std::vector<TextEvent> &events, FrameRate rate)
{
  Json regions = Json::array ();
  for (const TextEvent &event : events) {
    const auto [start, end] = in_units (event, rate);
    regions.push_back ({{"id", "numpro" + std::to_string (regions.size () + 1)},
                        {"from_name", "timelineLabels"},
                        {"to_name", "video"},
                        {"type", kType},
                        {"value",
                         {{"ranges", Json::array ({{{"start", start + 1}, {"end", end}}})},
                          {kType, Json::array ({event.question})}}}});
  }
  return dump_json (regions) + '\n';
}

void read_region (const JsonFields &region, FrameRate rate, std::vector<TextEvent> &events)
{
  if (region.get<std::string> ("type") != kType)
    return;
  const JsonFields value (region.at ("value"), "value");
  for (const Json &label : value.array (kType)) {
    if (!label.is_string ())
      value.fail (kType, "not all strings");
    value.for_each ("ranges", [&] (const JsonFields &range) {
      const auto start = range.get<guint64> ("start"), end = range.get<guint64> ("end");
      if (start < 1 || end < start)
        range.fail ("start", "not from 1 to the end");
      const TextEvent event{label.get<std::string> (), time_of_unit (start - 1, rate),
                            time_of_unit (end, rate)};
      if (!GST_CLOCK_TIME_IS_VALID (event.end))
        range.fail ("end", "too large");
      events.push_back (event);
    });
  }
}

std::vector<TextEvent> read (std::string_view text, FrameRate rate)
{
  const Json regions = parse_json (text);
  if (!regions.is_array ())
    throw JsonError ("not a JSON array of regions");
  std::vector<TextEvent> events;
  for (std::size_t i = 0; i < regions.size (); ++i)
    read_region (JsonFields (regions[i], "[" + std::to_string (i) + "]"), rate, events);
  return events;
}

}  // namespace

const EventFormat kLabelStudio = {write, read, true};

}  // namespace numpro
