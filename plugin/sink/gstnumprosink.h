/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/base/gstbasesink.h>

G_BEGIN_DECLS

#define GST_TYPE_NUMPROSINK (gst_numprosink_get_type ())
G_DECLARE_FINAL_TYPE (GstNumprosink, gst_numprosink, GST, NUMPROSINK, GstBaseSink)

GST_ELEMENT_REGISTER_DECLARE (numprosink)

G_END_DECLS
