/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>

#include "lib/base/owned.h"
#include "lib/picture/picture.h"

namespace numpro {

class SampleAccount;

/** A sample and what shows it. */
struct SampledFrame {
  SamplePtr sample;
  GstNumproLook look;               /**< which a batch has in common */
  std::unique_ptr<Picture> picture; /**< until it is a JPEG, and for a sheet's sake */
  BytesPtr jpeg;                    /**< the image of this sample alone */
  GstClockTime lateness = 0;        /**< how long after its running time it came, by the clock */
  std::shared_ptr<SampleAccount> account; /**< none in the history */
};

/** One that nobody changes any more, in several batches perhaps. */
using SampledFramePtr = std::shared_ptr<const SampledFrame>;

}  // namespace numpro
