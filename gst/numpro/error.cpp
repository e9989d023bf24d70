/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "error.h"

GQuark gst_numpro_error_quark (void)
{
  return g_quark_from_static_string ("gst-numpro-error-quark");
}
