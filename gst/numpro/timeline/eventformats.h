/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "textevent.h"

namespace numpro {

extern const EventFormat kWebVtt, kSrt, kTsv, kFfmetadata, kMatroskaChapters, kEdl, kOtio,
    kLabelStudio;

}  // namespace numpro
