/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "testsource.h"

#include <array>

#include "lib/base/gstowned.h"

namespace numpro::media {

namespace {

// The ball of videotestsrc has the same size in every picture: it is large in a small one.
constexpr char kSource[] =
    "videotestsrc name=pictures is-live=true pattern=ball background-color=0xffeef1f4 ! "
    "video/x-raw, format=(string)I420, width=320, height=180, framerate=30/1 ! videoscale ! "
    "capsfilter caps=\"video/x-raw, width=1280, height=720\"";

constexpr GstClockTime kPeriod = 12 * GST_SECOND;

struct Color {
  GstClockTime from;  // in the period
  guint argb;
};
constexpr std::array<Color, 3> kColors = {
    {{0, 0xff2563eb}, {5 * GST_SECOND, 0xff16a34a}, {8 * GST_SECOND, 0xff9333ea}}};

guint color_at (GstClockTime time)
{
  guint argb = 0;
  for (const Color &color : kColors) {
    if (time % kPeriod >= color.from)
      argb = color.argb;
  }
  return argb;
}

// The source paints the next picture after this one has left it.
GstPadProbeReturn color_next (GstPad *pad, GstPadProbeInfo *info, gpointer)
{
  const GstBuffer *picture = GST_PAD_PROBE_INFO_BUFFER (info);
  const ElementPtr source (gst_pad_get_parent_element (pad));
  g_object_set (source.get (), "foreground-color",
                color_at (GST_BUFFER_PTS (picture) + GST_BUFFER_DURATION (picture)), nullptr);
  return GST_PAD_PROBE_OK;
}

}  // namespace

GstElement *make_test_source ()
{
  GstElement *bin = gst_parse_bin_from_description (kSource, TRUE, nullptr);
  if (!bin)
    return nullptr;
  const ElementPtr pictures (gst_bin_get_by_name (GST_BIN (bin), "pictures"));
  g_object_set (pictures.get (), "foreground-color", color_at (0), nullptr);
  const PadPtr pad (gst_element_get_static_pad (pictures.get (), "src"));
  gst_pad_add_probe (pad.get (), GST_PAD_PROBE_TYPE_BUFFER, color_next, nullptr, nullptr);
  return bin;
}

}  // namespace numpro::media
