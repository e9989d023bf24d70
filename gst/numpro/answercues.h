/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/answer.h>

#include <filesystem>

namespace numpro {

/**
 * Adds a cue for each span of an answer whose times are known to a WebVTT file, which is made where
 * there is none. Where that fails the file stays as it was. A cue that another process did not
 * finish is cut off.
 *
 * @throw FileError
 */
void append_cues (const std::filesystem::path &path, GstNumproAnswer *answer);

}  // namespace numpro
