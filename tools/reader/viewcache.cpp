/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewcache.h"

#include "owned.h"

namespace reader {

namespace {

constexpr std::size_t kMostViews = 1024;

}  // namespace

std::string ViewCache::key_of (const std::string &jpeg, const ViewRule &rule)
{
  const TextPtr digest (g_compute_checksum_for_data (
      G_CHECKSUM_SHA256, reinterpret_cast<const guchar *> (jpeg.data ()), jpeg.size ()));
  const StampLook &look = rule.look;
  std::string key = digest.get ();
  for (const int part :
       {static_cast<int> (look.ink.r), static_cast<int> (look.ink.g), static_cast<int> (look.ink.b),
        static_cast<int> (look.horizontal), static_cast<int> (look.vertical),
        static_cast<int> (rule.is_sheet), rule.largest_edge})
    key += " " + std::to_string (part);
  return key;
}

std::optional<View> ViewCache::find (const std::string &key)
{
  const std::lock_guard lock (mutex_);
  const auto found = views_.find (key);
  return found == views_.end () ? std::nullopt : std::optional (found->second);
}

void ViewCache::insert (const std::string &key, const View &view)
{
  const std::lock_guard lock (mutex_);
  if (!views_.emplace (key, view).second)
    return;
  by_age_.push_back (key);
  if (by_age_.size () > kMostViews) {
    views_.erase (by_age_.front ());
    by_age_.pop_front ();
  }
}

}  // namespace reader
