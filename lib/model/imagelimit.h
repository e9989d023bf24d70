/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>

namespace numpro {

/**
 * How many images a request may have, where a server's words clearly say so; a number may also
 * limit something else, such as an image's bytes.
 *
 * @param words in small letters and in UTF-8
 */
std::optional<unsigned> named_image_limit (const std::string &words);

}  // namespace numpro
