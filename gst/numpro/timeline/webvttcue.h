/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>
#include <string_view>

#include "textevent.h"

namespace numpro {

/** What a WebVTT file begins with; cues may follow. */
inline constexpr std::string_view kWebVttHeader = "WEBVTT\n";

/** A cue of a WebVTT file, the empty line before it included. */
std::string webvtt_cue (const TextEvent &event);

}  // namespace numpro
