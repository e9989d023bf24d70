/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

namespace numpro::media {

/**
 * Makes a live source of pictures in which it is known what happens when: a ball rolls over a light
 * background. It is blue, green from 5 s on, purple from 8 s on, and so on again every 12 s.
 *
 * @return a bin with a pad "src", floating; none where GStreamer's base plugins are missing
 */
GstElement *make_test_source ();

}  // namespace numpro::media
