/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/ledger.h>

#include "jsonfields.h"

namespace numpro {

/** The ledger as an object that the caller may add to, and owns. */
JsonObject *ledger_to_json_object (const GstNumproLedger *ledger);

/** @return a ledger owned by the caller. @throw JsonError */
GstNumproLedger *ledger_from_json_object (JsonObject *object);

}  // namespace numpro
