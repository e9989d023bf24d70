/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "viewer.h"

namespace reader {

/**
 * What was seen on the latest images. Those that several questions are asked about, or that come
 * again, are looked at once: model servers have a cache of that kind too.
 */
class ViewCache
{
 public:
  /** What stands for an image that is looked at by a rule. */
  static std::string key_of (const std::string &jpeg, const ViewRule &rule);

  std::optional<View> find (const std::string &key);
  void insert (const std::string &key, const View &view);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, View> views_;
  std::deque<std::string> by_age_;
};

}  // namespace reader
