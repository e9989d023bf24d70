/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "imageanalyzer.h"

namespace reader {

/**
 * What was seen on the latest images. Those that several questions are asked about, or that come
 * again, are looked at once: model servers have a cache of that kind too.
 */
class AnalysisCache
{
 public:
  /** What stands for an image that is looked at with these options. */
  static std::string key_of (const std::string &jpeg, const AnalysisOptions &options);

  std::optional<ImageAnalysis> find (const std::string &key);
  void insert (const std::string &key, const ImageAnalysis &analysis);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, ImageAnalysis> analyses_;
  std::deque<std::string> by_age_;
};

}  // namespace reader
