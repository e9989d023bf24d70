/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <turbojpeg.h>

#include "gst/numpro/owned.h"
#include "picture.h"

namespace numpro {

/** Makes JPEG files of pictures. */
class JpegEncoder
{
 public:
  /** @param quality 0..100, as libjpeg counts */
  explicit JpegEncoder (int quality);

  /** @return the file; null when libjpeg-turbo has no memory. The picture, which must not be deep,
   * is used up. */
  BytesPtr encode (Picture &picture);

 private:
  int quality_;
  OwnedBy<void, tjDestroy> handle_;
  OwnedBy<guint8, tjFree> file_;  // used again while it is large enough
  unsigned long capacity_ = 0;
};

}  // namespace numpro
