/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

namespace numpro {

/** Whether frames of a format are grey: brightness is all that they show of a colour. */
bool is_grey (const GstVideoFormatInfo *format);

/**
 * A colour as frames of this kind show it: in grey formats the grey of its luma, in all others the
 * colour itself, which is as good as what they store of it.
 *
 * @param argb 0xAARRGGBB; the opacity stays
 */
guint32 shown_color (guint32 argb, const GstVideoInfo &info);

}  // namespace numpro
