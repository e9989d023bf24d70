/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <functional>
#include <string>

#include "clippipeline.h"

namespace numpro::media {

/** How a clip is made of its recording. */
enum class ClipCut {
  kExact,  /**< to the frame and to the sample: decoded and encoded again */
  kCopied, /**< as it is coded: from a key frame on, until after the end */
};

/** The extension of a clip's name, with the dot. @param turn that players give the recording */
const char *clip_extension (ClipCut cut, GstVideoOrientationMethod turn);

/** Who hears of a clip while it is written. */
struct ClipListener {
  std::function<bool ()> goes_on;                 /**< asked now and then */
  std::function<void (GstClockTime)> reached;     /**< hears to where it is written */
  std::function<void (const std::string &)> note; /**< hears warnings, without a full stop */
};

/**
 * Writes a clip to its output, where none is there but a whole one: it is written under
 * unfinished_name(), and renamed.
 *
 * @param plan of which the output has clip_extension()
 * @return what is wrong, in a sentence, or nothing. A recording that breaks off leaves a clip of
 * what could be read; there is none where listener.goes_on() said no
 */
std::string write_clip (const ClipPlan &plan, ClipCut cut, GstVideoOrientationMethod turn,
                        const ClipListener &listener);

}  // namespace numpro::media
