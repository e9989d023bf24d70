/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro {

/** Whether the CPU reaches frames with these features. */
bool is_system_memory (const GstCapsFeatures *features);

/**
 * The caps of the other side of the element: frames that the CPU does not reach leave with the
 * number as a composition, others as they came.
 *
 * @param direction of the pad that the caps are of
 * @param filter may be null
 * @return (transfer full)
 */
GstCaps *caps_of_other_side (GstPadDirection direction, const GstCaps *caps, GstCaps *filter);

}  // namespace numpro
