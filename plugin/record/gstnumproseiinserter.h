/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/base/gstbasetransform.h>

G_BEGIN_DECLS

#define GST_TYPE_NUMPROSEIINSERTER (gst_numproseiinserter_get_type ())
G_DECLARE_FINAL_TYPE (GstNumproseiinserter, gst_numproseiinserter, GST, NUMPROSEIINSERTER,
                      GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE (numproseiinserter)

G_END_DECLS
