/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jpegencoder.h"

namespace numpro {

JpegEncoder::JpegEncoder (int quality) : quality_ (quality), handle_ (tjInitCompress ()) {}

BytesPtr JpegEncoder::encode (Picture &picture)
{
  convert_to_jfif (picture);

  const unsigned long largest = tjBufSize (picture.width, picture.height, TJSAMP_420);
  if (largest > capacity_) {
    file_.reset (tjAlloc (static_cast<int> (largest)));
    capacity_ = file_ ? largest : 0;
  }
  const guint8 *planes[] = {picture.y (), picture.u (), picture.v ()};
  const int strides[] = {picture.luma_stride (), picture.chroma_stride (),
                         picture.chroma_stride ()};
  guint8 *file = file_.get ();
  unsigned long size = capacity_;
  if (!handle_ || !file ||
      tjCompressFromYUVPlanes (handle_.get (), planes, picture.width, strides, picture.height,
                               TJSAMP_420, &file, &size, quality_, TJFLAG_NOREALLOC) != 0)
    return nullptr;
  return BytesPtr (g_bytes_new (file, size));
}

}  // namespace numpro
