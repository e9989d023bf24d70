/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <span>

#include "plugin/sink/sampling/exposure.h"
#include "lib/picture/jpegencoder.h"
#include "lib/picture/sheet.h"

namespace numpro {

/** Makes batches of samples, and numbers them. */
class Binder
{
 public:
  /** @param first_batch number of the first batch */
  explicit Binder (guint64 first_batch) : next_batch_ (first_batch) {}

  /** A batch with an image for each sample. May be called from any thread. */
  BatchPtr bind_frames (std::span<const ExposurePtr> exposures);

  /**
   * A batch whose images are sheets of several samples. Where pictures change their size a new
   * sheet begins.
   *
   * @return null when a sheet could not be encoded
   */
  BatchPtr bind_sheets (std::span<const ExposurePtr> exposures, const SheetRule &rule,
                        JpegEncoder &encoder);

 private:
  BatchPtr make_batch (std::span<const ExposurePtr> exposures, std::span<const SamplePtr> samples);

  std::atomic<guint64> next_batch_;
};

}  // namespace numpro
