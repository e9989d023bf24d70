/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "target.h"

namespace numpro::bench {

namespace {

constexpr Target kTargets[] = {
    {{GST_VIDEO_FORMAT_I420, 336, 336}, 3, 140},
    {{GST_VIDEO_FORMAT_I420, 1920, 1080}, 10, 190},
    {{GST_VIDEO_FORMAT_I420, 3840, 2160}, 28, 140},
};

}  // namespace

std::span<const Target> targets ()
{
  return kTargets;
}

}  // namespace numpro::bench
