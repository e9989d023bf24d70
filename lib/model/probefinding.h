/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <span>
#include <string_view>
#include <vector>

namespace numpro {

/**
 * What became of pictures on the way to a model.
 *
 * @param sent numbers on the pictures, any two of them with at least two digits that differ: a
 *   number of which one digit is read wrong is still known for what it was
 * @param seen numbers that the model named
 */
GstNumproProbeFinding compare_numbers (std::span<const guint64> sent,
                                       std::span<const guint64> seen);

/** The numbers that were sent and that none was seen of, also none that is read wrong. */
std::vector<guint64> missing_numbers (std::span<const guint64> sent, std::span<const guint64> seen);

/** The numbers in a model's answer, without its reasoning and the counters of a list. */
std::vector<guint64> numbers_in (std::string_view text);

}  // namespace numpro
