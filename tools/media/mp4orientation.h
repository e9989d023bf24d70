/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <string>

namespace numpro::media {

/**
 * Has players turn the video of an MP4 file, which GStreamer's muxer cannot say.
 *
 * @param turn what players are to do: a turn by a quarter, a half or three quarters
 * @return what is wrong, in a sentence, or nothing
 */
std::string write_orientation (const std::string &path, GstVideoOrientationMethod turn);

}  // namespace numpro::media
