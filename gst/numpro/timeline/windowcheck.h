/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/answer.h>
#include <gst/numpro/ledger.h>
#include <gst/numpro/span.h>

#include "gst/numpro/owned.h"

namespace numpro {

/** Whether the spans of an answer are of this ledger; if not the error says why. */
inline bool has_spans_of (GstNumproAnswer *answer, GstNumproLedger *ledger, GError **error)
{
  for (guint i = 0; i < gst_numpro_answer_get_n_spans (answer); ++i) {
    const GstNumproSpan *span = gst_numpro_answer_get_span (answer, i);
    const OwnedBy<GstNumproSpan, gst_numpro_span_free> same (
        gst_numpro_span_new (ledger, span->first, span->last, error));
    if (!same)
      return false;
  }
  return true;
}

}  // namespace numpro
