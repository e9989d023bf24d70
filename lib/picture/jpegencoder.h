/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <memory>

#include "lib/base/owned.h"
#include "picture.h"

namespace numpro {

/** Makes JPEG files of pictures. */
class JpegEncoder
{
 public:
  /** @param quality 0..100, as libjpeg counts */
  explicit JpegEncoder (int quality);

  /** @return the file; null when libjpeg-turbo has no memory. The picture is used up. */
  BytesPtr encode (Picture &picture);

 private:
  struct Destroy {
    void operator() (void *handle) const;
  };
  struct Free {
    void operator() (guint8 *memory) const;
  };

  int quality_;
  std::unique_ptr<void, Destroy> handle_;
  std::unique_ptr<guint8, Free> file_;  // used again while it is large enough
  unsigned long capacity_ = 0;
};

}  // namespace numpro
