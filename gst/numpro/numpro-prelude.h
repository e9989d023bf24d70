/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

/**
 * GST_NUMPRO_API:
 *
 * Stands before what this library exports.
 * Since: 0.1
 */
#ifdef BUILDING_GST_NUMPRO
#define GST_NUMPRO_API GST_API_EXPORT
#else
#define GST_NUMPRO_API GST_API_IMPORT
#endif
