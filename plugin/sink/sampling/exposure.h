/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>

#include "lib/base/owned.h"
#include "lib/picture/picture.h"
#include "plugin/sink/batching/fate.h"

namespace numpro {

/** A sample and what shows it. */
struct Exposure {
  SamplePtr sample;
  GstNumproLook look;               /**< which a batch has in common */
  std::unique_ptr<Picture> picture; /**< until it is a JPEG, and for a sheet's sake */
  BytesPtr jpeg;                    /**< the image of this sample alone */
  std::shared_ptr<Stake> stake;     /**< what becomes of it in batches */
};

/** One that nobody changes any more, in several batches perhaps. */
using ExposurePtr = std::shared_ptr<const Exposure>;

}  // namespace numpro
