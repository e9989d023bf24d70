/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <string>

#include "lib/base/owned.h"
#include "lib/picture/picture.h"

namespace numpro {

class SampleAccount;

/** The look of a number, which a batch has in common. */
struct Look {
  guint32 color = 0;
  GstNumproHAlign halign = GST_NUMPRO_HALIGN_RIGHT;
  GstNumproVAlign valign = GST_NUMPRO_VALIGN_BOTTOM;

  bool operator== (const Look &) const = default;
};

/** A sample and what shows it. */
struct SampledFrame {
  SamplePtr sample;
  Look look;
  std::shared_ptr<const std::string> stream; /**< id of the stream that it is from */
  std::unique_ptr<Picture> picture;          /**< until it is a JPEG, and for a sheet's sake */
  BytesPtr jpeg;                             /**< the image of this sample alone */
  std::shared_ptr<SampleAccount> account;    /**< none in the history */
};

/** One that nobody changes any more, in several batches perhaps. */
using SampledFramePtr = std::shared_ptr<const SampledFrame>;

}  // namespace numpro
