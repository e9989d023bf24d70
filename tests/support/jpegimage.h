/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/check/gstcheck.h>

#include <turbojpeg.h>

#include <vector>

/** What a JPEG shows, in R G B. */
struct JpegImage {
  int width = 0, height = 0;
  std::vector<guint8> rgb; /**< rows without padding */
};

inline JpegImage decode_jpeg (GBytes *jpeg)
{
  gsize size = 0;
  const auto *data = static_cast<const guint8 *> (g_bytes_get_data (jpeg, &size));
  const tjhandle handle = tjInitDecompress ();
  JpegImage image;
  int subsampling = 0, colorspace = 0;
  fail_unless (tjDecompressHeader3 (handle, data, size, &image.width, &image.height, &subsampling,
                                    &colorspace) == 0);
  image.rgb.resize (static_cast<std::size_t> (image.width) * image.height * 3);
  fail_unless (tjDecompress2 (handle, data, size, image.rgb.data (), image.width, 0, image.height,
                              TJPF_RGB, 0) == 0);
  tjDestroy (handle);
  return image;
}
