/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysiscache.h"

#include "owned.h"

namespace reader {

namespace {

constexpr std::size_t kMostAnalyses = 1024;

}  // namespace

std::string AnalysisCache::key_of (const std::string &jpeg, const AnalysisOptions &options)
{
  const TextPtr digest (g_compute_checksum_for_data (
      G_CHECKSUM_SHA256, reinterpret_cast<const guchar *> (jpeg.data ()), jpeg.size ()));
  const StampLook &look = options.look;
  std::string key = digest.get ();
  for (const int part :
       {static_cast<int> (look.ink.r), static_cast<int> (look.ink.g), static_cast<int> (look.ink.b),
        static_cast<int> (look.horizontal), static_cast<int> (look.vertical),
        static_cast<int> (options.is_sheet), options.largest_edge})
    key += " " + std::to_string (part);
  return key;
}

std::optional<ImageAnalysis> AnalysisCache::find (const std::string &key)
{
  const std::lock_guard lock (mutex_);
  const auto found = analyses_.find (key);
  return found == analyses_.end () ? std::nullopt : std::optional (found->second);
}

void AnalysisCache::insert (const std::string &key, const ImageAnalysis &analysis)
{
  const std::lock_guard lock (mutex_);
  if (!analyses_.emplace (key, analysis).second)
    return;
  by_age_.push_back (key);
  if (by_age_.size () > kMostAnalyses) {
    analyses_.erase (by_age_.front ());
    by_age_.pop_front ();
  }
}

}  // namespace reader
