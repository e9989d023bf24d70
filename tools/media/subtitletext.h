/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <string_view>

namespace numpro::media {

/**
 * The text of a subtitle, which demuxers hand out as Pango markup, without tags and entities; as it
 * is where it turns out to be none.
 */
std::string subtitle_text (std::string_view markup);

}  // namespace numpro::media
