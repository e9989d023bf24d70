/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/ledger.h>
#include <gst/numpro/span.h>

namespace numpro {

/**
 * The span from one sample of a ledger to another, by their places in it: numbers may be there
 * more than once.
 *
 * @param to not before from, and in the ledger
 */
GstNumproSpan span_of_samples (GstNumproLedger *ledger, guint from, guint to);

}  // namespace numpro
