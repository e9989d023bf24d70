/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/base/gstbasetransform.h>

G_BEGIN_DECLS

#define GST_TYPE_NUMPROSEIEXTRACTOR (gst_numproseiextractor_get_type ())
G_DECLARE_FINAL_TYPE (GstNumproseiextractor, gst_numproseiextractor, GST, NUMPROSEIEXTRACTOR,
                      GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE (numproseiextractor)

G_END_DECLS
