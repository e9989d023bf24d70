/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <string>

namespace numpro {

/**
 * What to tell of frames that carry no number: that there is no numproverlay, or which one is in
 * the same pipeline and does not help.
 *
 * @param sink that the frames came to
 */
std::string missing_numbers_sentence (GstElement *sink);

}  // namespace numpro
