/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

GST_NUMPRO_API gchar *gst_numpro_utc_to_string (GstClockTime utc);
GST_NUMPRO_API gboolean gst_numpro_utc_from_string (const gchar *text, GstClockTime *utc);

G_END_DECLS
