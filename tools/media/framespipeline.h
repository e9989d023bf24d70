/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <atomic>
#include <optional>
#include <string>

#include "framedirectory.h"
#include "stampingpipeline.h"

namespace numpro::media {

/** How pictures in a directory are made; what numprosink does by default where nothing is said. */
struct FrameOptions {
  std::optional<int> max_edge;
  std::optional<int> jpeg_quality;
};

/** The elements that write a JPEG of the first frame of each number to a directory. */
class FramesPipeline : public StampingPipeline
{
 public:
  /**
   * @param directory that is to be made
   * @param look outlives the pipeline
   */
  FramesPipeline (std::string input, const std::string &directory, const FrameOptions &frames,
                  const OverlayOptions &look);

  std::string build () override;
  std::string complete_output (const Note &note) override;
  guint64 written () const override { return written_; }

 private:
  // On streaming threads
  void on_other_stream (GstPad *, const GstCaps *) override {}
  void on_batch (GstNumproBatch *batch);

  void decode_few ();

  const FrameOptions options_;
  FrameDirectory directory_;  // belongs to the thread of on_batch() until the end of the stream
  std::atomic<guint64> written_ = 0;
};

}  // namespace numpro::media
