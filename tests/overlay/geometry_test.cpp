/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <cstring>

#include "tests/support/loopcheck.h"
#include "tests/support/overlaystream.h"

namespace {

const GstVideoFormat kFormats[] = {
    GST_VIDEO_FORMAT_I420,      GST_VIDEO_FORMAT_NV12,      GST_VIDEO_FORMAT_YUY2,
    GST_VIDEO_FORMAT_UYVY,      GST_VIDEO_FORMAT_Y42B,      GST_VIDEO_FORMAT_Y41B,
    GST_VIDEO_FORMAT_YUV9,      GST_VIDEO_FORMAT_Y444,      GST_VIDEO_FORMAT_BGRA,
    GST_VIDEO_FORMAT_RGB,       GST_VIDEO_FORMAT_GRAY8,     GST_VIDEO_FORMAT_I420_10LE,
    GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_v210,      GST_VIDEO_FORMAT_UYVP,
    GST_VIDEO_FORMAT_RGB16,     GST_VIDEO_FORMAT_NV12_4L4,  GST_VIDEO_FORMAT_I420_10BE,
    GST_VIDEO_FORMAT_RGB8P,     GST_VIDEO_FORMAT_ARGB64_BE,
};
constexpr int kFormatCount = G_N_ELEMENTS (kFormats);

constexpr guint8 kGuard = 0xa5;
constexpr gsize kGuardBytes = 4096;

const char *name (const GstVideoInfo &info)
{
  return GST_VIDEO_INFO_NAME (&info);
}

// A frame whose planes lie apart, with long strides, in a buffer full of guard bytes.
class PaddedFrame
{
 public:
  PaddedFrame (const GstVideoInfo &info, GstBuffer *frame) : info_ (info)
  {
    gsize offset[GST_VIDEO_MAX_PLANES];
    gint stride[GST_VIDEO_MAX_PLANES];
    gsize size = kGuardBytes;
    for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (&info); ++p) {
      stride[p] = GST_VIDEO_INFO_PLANE_STRIDE (&info, p) + 64 + 16 * static_cast<int> (p);
      offset[p] = size;
      size += static_cast<gsize> (stride[p]) * GST_VIDEO_INFO_HEIGHT (&info) + kGuardBytes;
    }
    buffer_ = gst_buffer_new_allocate (nullptr, size, nullptr);
    gst_buffer_memset (buffer_, 0, kGuard, size);
    gst_buffer_add_video_meta_full (buffer_, GST_VIDEO_FRAME_FLAG_NONE,
                                    GST_VIDEO_INFO_FORMAT (&info),
                                    static_cast<guint> (GST_VIDEO_INFO_WIDTH (&info)),
                                    static_cast<guint> (GST_VIDEO_INFO_HEIGHT (&info)),
                                    GST_VIDEO_INFO_N_PLANES (&info), offset, stride);
    GstVideoFrame from, to;
    gst_video_frame_map (&from, &info_, frame, GST_MAP_READ);
    gst_video_frame_map (&to, &info_, buffer_, GST_MAP_READWRITE);
    gst_video_frame_copy (&to, &from);
    gst_video_frame_unmap (&to);
    gst_video_frame_unmap (&from);
  }

  GstBuffer *take () { return buffer_; }

 private:
  GstVideoInfo info_;
  GstBuffer *buffer_;
};

std::vector<guint8> stamped_pixels (GstBuffer *frame, const GstVideoInfo &info,
                                    const std::string &properties)
{
  OverlayStream stream (properties);
  stream.set_caps (info);
  BufferPtr stamped (stream.push (frame));
  fail_unless (stamped != nullptr, "%s was refused", name (info));
  return unpack (stamped.get (), info);
}

// Has a stream stamp a frame of these caps, surrounded by guard bytes; says whether it kept them.
bool keeps_guards (OverlayStream &stream, GstVideoInfo info)
{
  GstBuffer *buffer = gst_buffer_new_allocate (nullptr, info.size + 2 * kGuardBytes, nullptr);
  gst_buffer_memset (buffer, 0, kGuard, info.size + 2 * kGuardBytes);
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_INFO_FORMAT (&info),
                                  static_cast<guint> (GST_VIDEO_INFO_WIDTH (&info)),
                                  static_cast<guint> (GST_VIDEO_INFO_HEIGHT (&info)),
                                  GST_VIDEO_INFO_N_PLANES (&info), info.offset, info.stride);
  GstVideoMeta *meta = gst_buffer_get_video_meta (buffer);
  for (gsize &offset : meta->offset)
    offset += kGuardBytes;

  stream.set_caps (info);
  BufferPtr stamped (stream.push (buffer));
  const auto is_guarded_at = [&] (gsize offset) {
    std::vector<guint8> bytes (kGuardBytes);
    return gst_buffer_extract (stamped.get (), offset, bytes.data (), kGuardBytes) == kGuardBytes &&
           std::ranges::all_of (bytes, [] (guint8 byte) { return byte == kGuard; });
  };
  return is_guarded_at (0) && is_guarded_at (gst_buffer_get_size (stamped.get ()) - kGuardBytes);
}

}  // namespace

// Would catch strides or offsets taken from the caps instead of the buffer.
GST_START_TEST (test_video_meta)
{
  const GstVideoInfo info = video_info (kFormats[__i__], 200, 120);
  GstBuffer *frame = noise_frame (info, 1);
  GstBuffer *padded = PaddedFrame (info, frame).take ();
  const std::string properties = "start=123 reference-height=0 outline-width=2";
  fail_unless (
      stamped_pixels (padded, info, properties) == stamped_pixels (frame, info, properties), "%s",
      name (info));
}
GST_END_TEST

// Would catch writes past the frame, and sizes that are not thought of.
GST_START_TEST (test_sizes)
{
  constexpr std::pair<int, int> kSizes[] = {{1, 1},   {2, 2},     {3, 5},    {7, 3},
                                            {16, 16}, {17, 9},    {31, 33},  {1, 400},
                                            {400, 1}, {335, 337}, {641, 479}};
  // One stream a look, whose frames change in size and not in number: glyphs are drawn once.
  const std::string same_number = "every=" + std::to_string (std::size (kSizes)) + " ";
  for (const char *look :
       {"start=123", "start=4567 reference-height=0", "start=12 reference-height=0 outline-width=4",
        "start=99999 reference-height=0 halignment=left valignment=top",
        "start=88 font-size=1000 reference-height=0 halignment=center valignment=center"}) {
    OverlayStream stream (same_number + look);
    for (const auto &[width, height] : kSizes) {
      const GstVideoInfo info = video_info (kFormats[__i__], width, height);
      fail_unless (keeps_guards (stream, info), "%s %dx%d %s", name (info), width, height, look);
    }
  }
}
GST_END_TEST

// Would catch overflow and runaway memory on the largest frames.
GST_START_TEST (test_large)
{
  for (const GstVideoFormat format : {GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_P010_10LE}) {
    const GstVideoInfo info = video_info (format, 8192, 4320);
    for (const char *properties : {"start=123456", "start=18446744073709551615 font-size=1000"}) {
      OverlayStream stream (properties);
      fail_unless (keeps_guards (stream, info), "%s %s", name (info), properties);
    }
  }
}
GST_END_TEST

// Would catch a stamp that sticks out being squeezed, shifted or wrapped around: what is inside
// the frame is what a larger frame shows there.
GST_START_TEST (test_cut_off)
{
  constexpr int kLarge = 256, kSmall = 64;
  const GstVideoInfo large = video_info (kFormats[__i__], kLarge, kLarge);
  const GstVideoInfo small = video_info (kFormats[__i__], kSmall, kSmall);
  const std::string look = "start=888 reference-height=0 halignment=left valignment=top ";
  const auto grey = [] (const GstVideoInfo &info) { return solid_frame (info, 0xff606060); };
  for (const auto &[dx, dy] :
       {std::pair{-40, 0}, {0, -20}, {40, 40}, {-12, 48}, {-200, 0}, {0, 300}}) {
    const auto at = [&] (int origin) {
      return look + "deltax=" + std::to_string (origin + dx) +
             " deltay=" + std::to_string (origin + dy);
    };
    // The window starts where chroma samples and tiles do.
    constexpr int kOrigin = 96;
    const std::vector<guint8> whole = stamped_pixels (grey (large), large, at (kOrigin));
    const std::vector<guint8> part = stamped_pixels (grey (small), small, at (0));
    const std::size_t pixel = part.size () / (kSmall * kSmall);
    for (int y = 0; y < kSmall; ++y) {
      const guint8 *expected =
          &whole[(static_cast<std::size_t> (y + kOrigin) * kLarge + kOrigin) * pixel];
      fail_unless_in_loop (std::memcmp (&part[y * kSmall * pixel], expected, kSmall * pixel) == 0,
                           "%s shifted by %d,%d differs in row %d", name (small), dx, dy, y);
    }
  }
}
GST_END_TEST

// Would catch chroma of interlaced 4:2:0 written to the rows of the other field.
GST_START_TEST (test_interlaced)
{
  constexpr int kWidth = 96, kHeight = 64;
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_I420, kWidth, kHeight, "bt601",
                                        GST_VIDEO_INTERLACE_MODE_INTERLEAVED);
  for (int deltay = 0; deltay > -4; --deltay) {
    OverlayStream stream ("start=111 reference-height=0 deltay=" + std::to_string (deltay));
    stream.set_caps (info);
    BufferPtr stamped (stream.push (solid_frame (info, 0xff00ff00)));
    GstVideoInfo mapped = info;
    GstVideoFrame frame;
    gst_video_frame_map (&frame, &mapped, stamped.get (), GST_MAP_READ);
    const auto sample = [&] (int component, int x, int y) {
      const auto *data =
          static_cast<const guint8 *> (GST_VIDEO_FRAME_COMP_DATA (&frame, component));
      return data[y * GST_VIDEO_FRAME_COMP_STRIDE (&frame, component) + x];
    };
    const guint8 red_y = 81, red_u = 90, red_v = 240, green_y = 145, green_u = 54;
    for (int cy = 0; cy < kHeight / 2; ++cy) {
      for (int cx = 0; cx < kWidth / 2; ++cx) {
        int red = 0, green = 0;
        for (int i = 0; i < 4; ++i) {
          const int y = cy / 2 * 4 + cy % 2 + i / 2 * 2, x = cx * 2 + i % 2;
          red += sample (0, x, y) == red_y;
          green += sample (0, x, y) == green_y;
        }
        const guint8 u = sample (1, cx, cy), v = sample (2, cx, cy);
        fail_unless_in_loop (red < 4 || (u == red_u && v == red_v), "red at %d,%d: %d %d", cx, cy,
                             u, v);
        fail_unless_in_loop (green < 4 || u == green_u, "green at %d,%d: %d", cx, cy, u);
      }
    }
    gst_video_frame_unmap (&frame);
  }
}
GST_END_TEST

// Would catch mixed-up alignments.
GST_START_TEST (test_placements)
{
  constexpr int kWidth = 640, kHeight = 480;
  const auto box_at = [] (const char *h, const char *v) {
    return draw_ink (kWidth, kHeight,
                     std::string ("start=888 halignment=") + h + " valignment=" + v)
        .box ();
  };
  const Box right = box_at ("right", "bottom");
  const int width = right.right - right.left, height = right.bottom - right.top;
  for (const char *v : {"top", "center", "bottom"}) {
    fail_unless (box_at ("left", v).left < 6);
    fail_unless (std::abs (box_at ("center", v).left - (kWidth - width) / 2) <= 2);
    fail_unless (box_at ("right", v).right > kWidth - 6);
  }
  for (const char *h : {"left", "center", "right"}) {
    fail_unless (box_at (h, "top").top < 6);
    fail_unless (std::abs (box_at (h, "center").top - (kHeight - height) / 2) <= 2);
    fail_unless (box_at (h, "bottom").bottom > kHeight - 6);
  }
}
GST_END_TEST

// Would catch pads that push outwards or do not scale, and shifts that do.
GST_START_TEST (test_pads_and_shifts)
{
  const auto corner = [] (const char *properties) {
    const Box box = draw_ink (672, 672, std::string ("start=888 ") + properties).box ();
    return std::pair{box.left, box.top};
  };
  const auto shift = [&] (const char *place, const char *properties) {
    const auto from = corner (place);
    const auto to = corner ((std::string (place) + " " + properties).c_str ());
    return std::pair{to.first - from.first, to.second - from.second};
  };
  const char *left = "halignment=left valignment=top",
             *center = "halignment=center valignment=center";
  fail_unless (shift ("", "xpad=10 ypad=7") == std::pair (-20, -14));
  fail_unless (shift (left, "xpad=10 ypad=7") == std::pair (20, 14));
  fail_unless (shift (center, "xpad=10 ypad=7") == std::pair (0, 0));
  fail_unless (shift ("", "deltax=-10 deltay=-7") == std::pair (-10, -7));
  fail_unless (shift (center, "deltax=10 deltay=7") == std::pair (10, 7));
  fail_unless (shift ("reference-height=0", "xpad=10 ypad=7") == std::pair (-10, -7));
}
GST_END_TEST

static Suite *geometry_suite ()
{
  Suite *suite = suite_create ("geometry");
  TCase *tcase = tcase_create ("geometry");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_video_meta, 0, kFormatCount);
  tcase_add_loop_test (tcase, test_sizes, 0, kFormatCount);
  tcase_add_test (tcase, test_large);
  tcase_add_loop_test (tcase, test_cut_off, 0, kFormatCount);
  tcase_add_test (tcase, test_interlaced);
  tcase_add_test (tcase, test_placements);
  tcase_add_test (tcase, test_pads_and_shifts);
  return suite;
}

GST_CHECK_MAIN (geometry)
