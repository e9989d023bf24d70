/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "imageway.h"

#include <algorithm>

namespace numpro::bench {

namespace {

constexpr const char *kVideoscale =
    "videorate drop-only=true ! video/x-raw,framerate=%R ! videoscale ! %S ! jpegenc quality=90 ! "
    "multifilesink name=sink async=false location=%D/%06d.jpg";

constexpr ImageWay kWays[] = {
    {.label = kNumprosink,
     .launch = "numprosink name=sink sample-rate=%R max-edge=%E jpeg-quality=90 batch-size=%B "
               "location=%D",
     .is_numprosink = true},
    {.label = kJpegenc, .launch = kVideoscale},
    {.label = "videorate ! videoscale method=bilinear2 ! jpegenc ! multifilesink",
     .launch = "videorate drop-only=true ! video/x-raw,framerate=%R ! videoscale "
               "method=bilinear2 ! %S ! jpegenc quality=90 ! "
               "multifilesink name=sink async=false location=%D/%06d.jpg"},
    {.label = kJpegencUnnamed, .launch = kVideoscale, .caps_name_colors = false},
    {.label = "videorate ! videoconvertscale (to JFIF's colours) ! jpegenc ! multifilesink",
     .launch = "videorate drop-only=true ! video/x-raw,framerate=%R ! videoconvertscale ! "
               "%S,format=I420,colorimetry=1:4:0:0 ! jpegenc quality=90 ! "
               "multifilesink name=sink async=false location=%D/%06d.jpg"},
};

void replace (std::string &text, const std::string &name, const std::string &value)
{
  for (std::size_t at; (at = text.find (name)) != std::string::npos;)
    text.replace (at, name.size (), value);
}

}  // namespace

std::string ImageWay::launch_line (const Order &order) const
{
  const FrameKind image = image_kind (order.kind, order.max_edge);
  std::string text = launch;
  replace (text, "%E", std::to_string (order.max_edge));
  replace (text, "%S",
           "video/x-raw,width=" + std::to_string (image.width) +
               ",height=" + std::to_string (image.height));
  replace (text, "%D", order.directory);
  replace (text, "%R", order.rate);
  replace (text, "%B", std::to_string (order.batch));
  return text;
}

std::span<const ImageWay> image_ways ()
{
  return kWays;
}

FrameKind image_kind (const FrameKind &kind, int max_edge)
{
  const int longer = std::max (kind.width, kind.height);
  return {kind.format, kind.width * max_edge / longer, kind.height * max_edge / longer};
}

}  // namespace numpro::bench
