/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <string>

namespace numpro::asking {

/**
 * Draws a picture for each event: frames that a model was shown, those of the event marked.
 *
 * @param windows directory of bundles that were asked about, with those of edges in it
 * @param step from one frame in them to the next
 * @param prefix of the files, as of event_file()
 * @return what is wrong, in a sentence, or nothing
 */
std::string draw_event_sheets (GstNumproTimeline *timeline, const std::string &windows,
                               GstClockTime step, const std::string &prefix);

}  // namespace numpro::asking
