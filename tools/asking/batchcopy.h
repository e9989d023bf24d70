/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include "lib/base/owned.h"

namespace numpro::asking {

/** The same batch without wall-clock times that its frames did not bring along. */
BatchPtr without_times_of_reading (GstNumproBatch *batch);

/** The same batch under another number. */
BatchPtr renumbered (GstNumproBatch *batch, guint64 number);

/**
 * The same batch, in which each sample lasts until the next one: for frames in between that were
 * not decoded, as what is missing in the stream they would count otherwise.
 *
 * @param period of which one frame is decoded
 * @param end of the recording, as far as it is known
 */
BatchPtr without_holes (GstNumproBatch *batch, GstClockTime period, GstClockTime end);

}  // namespace numpro::asking
