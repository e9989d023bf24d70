/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/base/gstbasetransform.h>

G_BEGIN_DECLS

#define GST_TYPE_NUMPROVERLAY (gst_numproverlay_get_type ())
G_DECLARE_FINAL_TYPE (GstNumproverlay, gst_numproverlay, GST, NUMPROVERLAY, GstBaseTransform)

GST_ELEMENT_REGISTER_DECLARE (numproverlay)

G_END_DECLS
