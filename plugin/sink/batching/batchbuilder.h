/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <atomic>
#include <span>

#include "lib/picture/jpegencoder.h"
#include "lib/picture/sheet.h"
#include "plugin/sink/sampling/sampledframe.h"

namespace numpro {

/** Makes batches of samples, and numbers them. */
class BatchBuilder
{
 public:
  /** @param first_batch number of the first batch */
  explicit BatchBuilder (guint64 first_batch) : next_batch_ (first_batch) {}

  /**
   * A batch with an image for each sample. May be called from any thread.
   *
   * @param stream_end as that of settle_times()
   */
  BatchPtr build_with_frames (std::span<const SampledFramePtr> frames,
                              const StreamEnd &stream_end = {});

  /**
   * A batch whose images are sheets of several samples. Where pictures change their size a new
   * sheet begins.
   *
   * @return null when a sheet could not be encoded
   */
  BatchPtr build_with_sheets (std::span<const SampledFramePtr> frames, const SheetOptions &options,
                              JpegEncoder &encoder, const StreamEnd &stream_end = {});

 private:
  BatchPtr make_batch (std::span<const SampledFramePtr> frames, std::span<const SamplePtr> samples,
                       const StreamEnd &stream_end);

  std::atomic<guint64> next_batch_;
};

}  // namespace numpro
