/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/**
 * Times may fall back by as much where frames come out of order, in ns; what falls back by more is
 * another time line.
 */
constexpr GstClockTime kOutOfOrder = GST_SECOND;

/**
 * So many frames may be behind one that came before them: a decoder holds back no more (ITU-T H.264
 * A.3.1, H.265 A.4.2). Where more are, times have started again.
 */
constexpr guint kMostOutOfOrder = 16;

}  // namespace numpro
