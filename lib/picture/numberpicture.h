/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include "picture.h"

namespace numpro {

/**
 * Draws a number as numproverlay does by default, 40 pixels high where the shorter side has 336, on
 * a quiet ground that no frame need be there for. The ground is far from the number's colour.
 *
 * @param look colour and place of the number
 * @param variant of the ground: pictures of one number are different files, so that no server takes
 *   one for the other
 * @param picture has its size; is ready for a JFIF file then
 */
void draw_number (guint64 number, const GstNumproLook &look, guint variant, Picture &picture);

}  // namespace numpro
