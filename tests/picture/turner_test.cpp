/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Pictures of frames that lie on their side, and of frames whose pixels are not square.
//
// test_turned: a turn into the wrong direction, a mirror that is forgotten, chroma that stays
// behind,
//   odd edges, memory that is used again at another size.
// test_pixel_aspect: pictures that are thinner or wider than what was filmed, larger than the
// frame,
//   or of no size at all.

#include <gst/video/video.h>

#include <cstdlib>
#include <vector>

#include "lib/picture/scaler.h"
#include "lib/picture/turner.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

struct Position {
  int x, y;
};

// Where a pixel of the upright picture is in the one that lies, as the methods are described.
struct Way {
  GstVideoOrientationMethod method;
  bool is_sideways;
  Position (*of) (int u, int v, int width, int height);  // of the one that lies
};
constexpr Way kWays[] = {
    {GST_VIDEO_ORIENTATION_IDENTITY, false,
     [] (int u, int v, int, int) {
       return Position{u, v};
     }},
    {GST_VIDEO_ORIENTATION_90R, true,
     [] (int u, int v, int, int h) {
       return Position{v, h - 1 - u};
     }},
    {GST_VIDEO_ORIENTATION_180, false,
     [] (int u, int v, int w, int h) {
       return Position{w - 1 - u, h - 1 - v};
     }},
    {GST_VIDEO_ORIENTATION_90L, true,
     [] (int u, int v, int w, int) {
       return Position{w - 1 - v, u};
     }},
    {GST_VIDEO_ORIENTATION_HORIZ, false,
     [] (int u, int v, int w, int) {
       return Position{w - 1 - u, v};
     }},
    {GST_VIDEO_ORIENTATION_VERT, false,
     [] (int u, int v, int, int h) {
       return Position{u, h - 1 - v};
     }},
    {GST_VIDEO_ORIENTATION_UL_LR, true,
     [] (int u, int v, int, int) {
       return Position{v, u};
     }},
    {GST_VIDEO_ORIENTATION_UR_LL, true,
     [] (int u, int v, int w, int h) {
       return Position{w - 1 - v, h - 1 - u};
     }},
};

constexpr Position kSizes[] = {{64, 36}, {36, 64}, {17, 9}, {9, 18}, {1, 1}, {2, 1}, {1, 5}};

guint8 luma_at (const Picture &picture, int x, int y)
{
  return picture.y ()[y * picture.luma_stride () + x];
}

guint8 chroma_at (const Picture &picture, const guint8 *plane, int x, int y)
{
  return plane[y * picture.chroma_stride () + x];
}

Picture any_picture (int width, int height)
{
  Picture picture;
  picture.resize (width, height);
  guint32 state = 7;
  for (guint8 &sample : picture.samples)
    sample = static_cast<guint8> ((state = state * 1664525 + 1013904223) >> 24);
  fill_up_pairs (picture);
  return picture;
}

GstVideoInfo make_info (GstVideoFormat format, int width, int height, int par_n, int par_d)
{
  GstVideoInfo info;
  gst_video_info_set_format (&info, format, static_cast<guint> (width),
                             static_cast<guint> (height));
  info.par_n = par_n;
  info.par_d = par_d;
  return info;
}

}  // namespace

GST_START_TEST (test_turned)
{
  const Way &way = kWays[__i__];
  Turner turner;
  for (const Position &size : kSizes) {
    const Picture lying = any_picture (size.x, size.y);
    Picture picture = lying;
    picture.orientation = Orientation::of (way.method);
    turner.turn (picture);
    fail_unless (picture.orientation.is_upright ());
    fail_unless_equals_int (picture.width, way.is_sideways ? size.y : size.x);
    fail_unless_equals_int (picture.height, way.is_sideways ? size.x : size.y);
    for (int v = 0; v < picture.height; ++v) {
      for (int u = 0; u < picture.width; ++u) {
        const Position at = way.of (u, v, lying.width, lying.height);
        fail_unless_in_loop (luma_at (picture, u, v) == luma_at (lying, at.x, at.y),
                             "method %d, %dx%d: luma at %d,%d", way.method, size.x, size.y, u, v);
      }
    }
    for (int v = 0; v < picture.chroma_height (); ++v) {
      for (int u = 0; u < picture.chroma_width (); ++u) {
        const Position at = way.of (u, v, lying.chroma_width (), lying.chroma_height ());
        fail_unless_in_loop (
            chroma_at (picture, picture.u (), u, v) == chroma_at (lying, lying.u (), at.x, at.y) &&
                chroma_at (picture, picture.v (), u, v) ==
                    chroma_at (lying, lying.v (), at.x, at.y),
            "method %d, %dx%d: chroma at %d,%d", way.method, size.x, size.y, u, v);
      }
    }
    if (picture.width % 2)
      fail_unless_equals_int (luma_at (picture, picture.width, 0),
                              luma_at (picture, picture.width - 1, 0));
    if (picture.height % 2)
      fail_unless_equals_int (luma_at (picture, 0, picture.height),
                              luma_at (picture, 0, picture.height - 1));
  }
}
GST_END_TEST

GST_START_TEST (test_pixel_aspect)
{
  const struct {
    int width, height, par_n, par_d;
    guint max_edge;
    int picture_width, picture_height;
  } kCases[] = {
      {720, 576, 16, 15, 0, 720, 540},     // PAL: rows become fewer
      {720, 480, 8, 9, 0, 640, 480},       // NTSC: columns do
      {720, 576, 64, 45, 672, 672, 378},   // PAL, wide
      {960, 1080, 2, 1, 0, 960, 540},      //
      {960, 1080, 2, 1, 672, 672, 378},    //
      {1920, 540, 1, 2, 672, 672, 378},    //
      {100, 100, 2, 1, 672, 100, 50},      // never enlarged
      {320, 240, 1, 1, 672, 320, 240},     //
      {320, 240, 0, 1, 672, 320, 240},     // told to be unknown
      {320, 240, 1, 1000, 672, 320, 240},  // told by mistake
      {320, 240, 1000, 1, 0, 320, 240},    //
      {320, 240, G_MAXINT, 1, 100, 100, 75},
      {320, 1, 10, 1, 0, 320, 1},  // thin, and still a picture
      {1, 320, 1, 10, 32, 1, 32},
  };
  for (const GstVideoFormat format : {GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_NV12,
                                      GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_v210}) {
    for (const auto &c : kCases) {
      GstVideoInfo info = make_info (format, c.width, c.height, c.par_n, c.par_d);
      Scaler scaler (info, c.max_edge);
      fail_unless (scaler.width () == c.picture_width && scaler.height () == c.picture_height,
                   "%s %dx%d, pixels %d/%d: %dx%d", GST_VIDEO_INFO_NAME (&info), c.width, c.height,
                   c.par_n, c.par_d, scaler.width (), scaler.height ());

      // The lower half is bright.
      GstBuffer *buffer = gst_buffer_new_allocate (nullptr, info.size, nullptr);
      gst_buffer_memset (buffer, 0, 0, info.size);
      GstVideoFrame frame;
      gst_video_frame_map (&frame, &info, buffer, GST_MAP_READWRITE);
      for (int y = c.height / 2; y < c.height; ++y)
        std::fill_n (static_cast<guint8 *> (frame.data[0]) + y * frame.info.stride[0],
                     frame.info.stride[0], 0xeb);
      Picture picture;
      scaler.scale (frame, picture);
      gst_video_frame_unmap (&frame);
      gst_buffer_unref (buffer);
      fail_unless (picture.width == c.picture_width && picture.height == c.picture_height);
      if (picture.height < 4)
        continue;
      const int x = picture.width / 2;
      fail_unless (luma_at (picture, x, picture.height * 3 / 8) + 100 <
                       luma_at (picture, x, picture.height * 5 / 8),
                   "%s %dx%d, pixels %d/%d: the middle is elsewhere", GST_VIDEO_INFO_NAME (&info),
                   c.width, c.height, c.par_n, c.par_d);
    }
  }
}
GST_END_TEST

static Suite *turner_suite ()
{
  Suite *suite = suite_create ("turner");
  TCase *tcase = tcase_create ("turner");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_turned, 0, G_N_ELEMENTS (kWays));
  tcase_add_test (tcase, test_pixel_aspect);
  return suite;
}

GST_CHECK_MAIN (turner)
