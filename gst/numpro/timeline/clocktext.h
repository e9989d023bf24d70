/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cstdint>
#include <string>

#include "textevent.h"

namespace numpro {

/** From its start until its end, in milliseconds, frames or the like. */
struct UnitRange {
  std::uint64_t start, end;
};

/**
 * An event in units of which there are rate.n in rate.d seconds, to the nearest one: events that
 * touch still do. Lasts one unit at least.
 */
UnitRange in_units (const TextEvent &event, FrameRate rate);

/** The time at which a unit begins; GST_CLOCK_TIME_NONE where 64 bits cannot hold it. */
GstClockTime time_of_unit (std::uint64_t unit, FrameRate rate);

inline constexpr FrameRate kMilliseconds = {1000, 1};

/** 01:02:03.456; hours have two digits or more. */
std::string milliseconds_to_clock (std::uint64_t milliseconds, char point);

/** 01:02:03.456789012 */
std::string time_to_clock (GstClockTime time);

/**
 * Reads a time such as 01:02:03.456 or 02:03,456, with any number of hours and up to nine decimals.
 *
 * @throw FormatError
 */
GstClockTime time_from_clock (std::string_view text, std::size_t line);

/**
 * Reads "START --> END" of subtitles; what follows behind blanks counts for nothing.
 *
 * @throw FormatError
 */
TextEvent read_arrow (std::string_view text, std::size_t line);

/**
 * An event with these times.
 *
 * @throw FormatError where the end does not come after the start
 */
TextEvent checked_event (std::string question, GstClockTime start, GstClockTime end,
                         std::size_t line);

}  // namespace numpro
