/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

/**
 * GstNumproImageLabel:
 * @GST_NUMPRO_IMAGE_LABEL_NONE: none, but before frames that do not show their number
 * @GST_NUMPRO_IMAGE_LABEL_NUMBER: "Frame 12"
 * @GST_NUMPRO_IMAGE_LABEL_SECONDS: "<12.0 seconds>", the words that Qwen3-VL is trained with
 *
 * Text that stands before each image of a request.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_IMAGE_LABEL_NONE,
  GST_NUMPRO_IMAGE_LABEL_NUMBER,
  GST_NUMPRO_IMAGE_LABEL_SECONDS,
} GstNumproImageLabel;

#define GST_TYPE_NUMPRO_IMAGE_LABEL (gst_numpro_image_label_get_type ())

GST_NUMPRO_API GType gst_numpro_image_label_get_type (void);
GST_NUMPRO_API gchar *gst_numpro_ledger_get_image_label (GstNumproLedger *ledger,
                                                         const gchar *image_name,
                                                         GstNumproImageLabel label);

G_END_DECLS
