/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "lib/picture/picture.h"

namespace numpro {

/** Pictures to scale into, used again and again. Thread-safe. */
class PicturePool
{
 public:
  /** Scaled pictures between the streaming thread and the encoder: enough to smooth a burst. */
  static constexpr std::size_t kCapacity = 8;

  /** One that was used before, where there is one. */
  std::unique_ptr<Picture> take ()
  {
    std::lock_guard lock (mutex_);
    if (pictures_.empty ())
      return std::make_unique<Picture> ();
    std::unique_ptr<Picture> picture = std::move (pictures_.back ());
    pictures_.pop_back ();
    return picture;
  }

  void give_back (std::unique_ptr<Picture> picture)
  {
    std::lock_guard lock (mutex_);
    if (pictures_.size () < kCapacity)
      pictures_.push_back (std::move (picture));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Picture>> pictures_;
};

}  // namespace numpro
