/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stampedring.h"

namespace numpro::bench {

/** Images by a Python program with appsink and OpenCV, a process of its own. */
class OpencvImages
{
 public:
  static constexpr const char *kLabel = "appsink, cv2.imencode (own process, samples only)";
  static constexpr const char *kNeeds = "python3-opencv, python3-gi and python3-gst-1.0";

  static bool installed ();

  /** @param frames to make images of, in turn
   *  @param directory for the frames */
  OpencvImages (const std::vector<GstBuffer *> &frames, const FrameKind &kind,
                const std::string &directory);

  /**
   * @param directory where the images go
   * @return CPU time of a sample in microseconds, one for each run; nothing when it failed
   */
  std::optional<std::vector<double>> run (int max_edge, unsigned samples, unsigned runs,
                                          const std::string &directory) const;

 private:
  FrameKind kind_;
  std::string file_;
};

}  // namespace numpro::bench
