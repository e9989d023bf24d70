/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "error.h"

/**
 * gst_numpro_error_quark:
 *
 * Error domain of this library; codes are #GstNumproError.
 *
 * Returns: what %GST_NUMPRO_ERROR stands for
 * Since: 0.1
 */
GQuark gst_numpro_error_quark (void)
{
  return g_quark_from_static_string ("gst-numpro-error-quark");
}
