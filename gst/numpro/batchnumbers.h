/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/ledger.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace numpro {

/** The numbers of a batch, in the order of time. */
std::vector<guint64> numbers_of (GstNumproLedger *ledger);

/** Whose clock the UTC times are by; null where there are none. */
const gchar *utc_source_of (GstNumproLedger *ledger);

/** Whether the frames of a batch show their numbers, and not their time or nothing. */
bool shows_numbers (GstNumproLedger *ledger);

/** Whether images show several samples. */
bool is_grid (GstNumproLedger *ledger);

/**
 * Whether the labels of sheets name all frames: where numbers are not to be seen, and some are left
 * out, cells cannot be counted.
 */
bool lists_numbers (GstNumproLedger *ledger);

/** "<Frame 0 to Frame 11>", or each of them. */
std::string sheet_label (GstNumproLedger *ledger, std::span<const GstNumproSample *const> samples);

/**
 * A model's text without the labels of a batch's sheets, which models quote and which name frames
 * that nobody asked about.
 */
std::string without_sheet_labels (std::string_view text, GstNumproLedger *ledger);

/** "4.0", wherever the program is run. */
std::string one_decimal (double value);

/** "4.5" or "4", wherever the program is run. */
std::string number_text (double value);

/** Nanoseconds as seconds with one decimal. */
std::string seconds_text (GstClockTime time);

/** The same of a hole, which may be short: below a second with two. */
std::string gap_text (GstClockTime gap);

}  // namespace numpro
