/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture.h"

#include <turbojpeg.h>

#include <algorithm>

#include "gst/numpro/owned.h"

namespace reader {

namespace {

constexpr int kChannels = 3;
constexpr int kLargestEdge = 16384;

}  // namespace

Picture::Picture (int width, int height)
    : width_ (width),
      height_ (height),
      rgb_ (static_cast<std::size_t> (width) * static_cast<std::size_t> (height) * kChannels)
{
}

std::optional<Picture> Picture::from_jpeg (std::string_view jpeg)
{
  const numpro::OwnedBy<void, tjDestroy> decoder (tjInitDecompress ());
  const auto *data = reinterpret_cast<const unsigned char *> (jpeg.data ());
  int width = 0, height = 0, subsampling = 0, colorspace = 0;
  if (tjDecompressHeader3 (decoder.get (), data, jpeg.size (), &width, &height, &subsampling,
                           &colorspace) != 0 ||
      width > kLargestEdge || height > kLargestEdge)
    return std::nullopt;
  Picture picture (width, height);
  if (tjDecompress2 (decoder.get (), data, jpeg.size (), picture.row (0), width, 0, height,
                     TJPF_RGB, 0) != 0)
    return std::nullopt;
  return picture;
}

Rgb Picture::at (int x, int y) const
{
  const std::size_t index = (static_cast<std::size_t> (y) * static_cast<std::size_t> (width_) +
                             static_cast<std::size_t> (x)) *
                            kChannels;
  return {rgb_[index], rgb_[index + 1], rgb_[index + 2]};
}

std::uint8_t *Picture::row (int y)
{
  return rgb_.data () +
         static_cast<std::size_t> (y) * static_cast<std::size_t> (width_) * kChannels;
}

Picture Picture::cut (const Box &box) const
{
  Picture part (box.width, box.height);
  for (int y = 0; y < box.height; ++y) {
    const auto from =
        rgb_.begin () + (static_cast<std::ptrdiff_t> (box.y + y) * width_ + box.x) * kChannels;
    std::copy_n (from, box.width * kChannels, part.row (y));
  }
  return part;
}

Picture Picture::shrunken (int edge) const
{
  const int longer = std::max (width_, height_);
  if (longer <= edge)
    return *this;
  Picture small (std::max (1, width_ * edge / longer), std::max (1, height_ * edge / longer));
  // Each pixel is the mean of those it stands for.
  for (int y = 0; y < small.height_; ++y) {
    const int top = y * height_ / small.height_, bottom = (y + 1) * height_ / small.height_;
    for (int x = 0; x < small.width_; ++x) {
      const int left = x * width_ / small.width_, right = (x + 1) * width_ / small.width_;
      int r = 0, g = 0, b = 0;
      for (int from_y = top; from_y < bottom; ++from_y) {
        for (int from_x = left; from_x < right; ++from_x) {
          const Rgb pixel = at (from_x, from_y);
          r += pixel.r;
          g += pixel.g;
          b += pixel.b;
        }
      }
      const int count = (bottom - top) * (right - left);
      std::uint8_t *to = small.row (y) + x * kChannels;
      to[0] = static_cast<std::uint8_t> (r / count);
      to[1] = static_cast<std::uint8_t> (g / count);
      to[2] = static_cast<std::uint8_t> (b / count);
    }
  }
  return small;
}

}  // namespace reader
