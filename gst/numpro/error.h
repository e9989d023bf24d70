/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro-prelude.h>

G_BEGIN_DECLS

/**
 * GstNumproError:
 * @GST_NUMPRO_ERROR_MALFORMED: text that is not what it should be
 * @GST_NUMPRO_ERROR_NO_SUCH_NUMBER: a number that no sample has
 * @GST_NUMPRO_ERROR_AMBIGUOUS: a number that several samples have
 * @GST_NUMPRO_ERROR_REVERSED: a first number that comes after the last one
 * @GST_NUMPRO_ERROR_UNSUITABLE: a format that cannot hold what is to be written
 *
 * What can go wrong with ledgers, batches, spans and timelines.
 * Since: 0.1
 */
typedef enum {
  GST_NUMPRO_ERROR_MALFORMED,
  GST_NUMPRO_ERROR_NO_SUCH_NUMBER,
  GST_NUMPRO_ERROR_AMBIGUOUS,
  GST_NUMPRO_ERROR_REVERSED,
  GST_NUMPRO_ERROR_UNSUITABLE,
} GstNumproError;

#define GST_NUMPRO_ERROR (gst_numpro_error_quark ())

#define GST_TYPE_NUMPRO_ERROR (gst_numpro_error_get_type ())

GST_NUMPRO_API GType gst_numpro_error_get_type (void);
GST_NUMPRO_API GQuark gst_numpro_error_quark (void);

G_END_DECLS
