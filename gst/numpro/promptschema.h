/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/ledger.h>

#include "prompt.h"

namespace numpro {

/** The JSON schema of an answer about a batch; owned by the caller. */
gchar *make_schema (GstNumproTask task, bool is_checked, GstNumproLedger *ledger);

/** That of what the model says that an answer means; owned by the caller. */
gchar *make_restatement_schema (GstNumproTask task);

}  // namespace numpro
