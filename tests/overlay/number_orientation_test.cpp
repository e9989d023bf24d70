/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Numbers on frames that lie on their side, and on frames whose pixels are not square, as whoever
// watches the stream sees them.
//
// test_turned: a number that lies, is mirrored or stands in another corner; digits in the wrong
//   order; chroma beside its luma.
// test_places: pads and shifts that count along the wrong edge.
// test_looks: outlines, grounds and colons that are turned in another way than digits.
// test_any_size: writes outside the frame, at sizes that chroma does not divide; interlaced frames.
// test_composition: a rectangle that stands where the number would be if the frame did not lie.
// test_tags: a tag that is taken away, one that comes in the middle, one of the stream before.
// test_pixel_shape: digits that are thin or wide on the screen, too large, or away from the corner.

#include <gst/video/video.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "tests/support/loopcheck.h"
#include "tests/support/overlaystream.h"

namespace {

struct Position {
  int x, y;
};

// Where a pixel is in the frame that is seen at u and v, in a frame of this width and height.
struct Way {
  const char *tag;
  bool is_sideways;
  Position (*of) (int u, int v, int width, int height);
};
constexpr Way kWays[] = {
    {"rotate-0", false,
     [] (int u, int v, int, int) {
       return Position{u, v};
     }},
    {"rotate-90", true,
     [] (int u, int v, int, int h) {
       return Position{v, h - 1 - u};
     }},
    {"rotate-180", false,
     [] (int u, int v, int w, int h) {
       return Position{w - 1 - u, h - 1 - v};
     }},
    {"rotate-270", true,
     [] (int u, int v, int w, int) {
       return Position{w - 1 - v, u};
     }},
    {"flip-rotate-0", false,
     [] (int u, int v, int w, int) {
       return Position{w - 1 - u, v};
     }},
    {"flip-rotate-90", true,
     [] (int u, int v, int w, int h) {
       return Position{w - 1 - v, h - 1 - u};
     }},
    {"flip-rotate-180", false,
     [] (int u, int v, int, int h) {
       return Position{u, h - 1 - v};
     }},
    {"flip-rotate-270", true,
     [] (int u, int v, int, int) {
       return Position{v, u};
     }},
};

// Of RGBA pixels.
struct Image {
  int width = 0, height = 0;
  std::vector<guint8> rgba;

  const guint8 *at (int x, int y) const
  {
    return &rgba[(static_cast<std::size_t> (y) * width + x) * 4];
  }
};

Image turn (const Image &lying, const Way &way)
{
  Image seen{way.is_sideways ? lying.height : lying.width,
             way.is_sideways ? lying.width : lying.height,
             {}};
  for (int v = 0; v < seen.height; ++v) {
    for (int u = 0; u < seen.width; ++u) {
      const Position at = way.of (u, v, lying.width, lying.height);
      seen.rgba.insert (seen.rgba.end (), lying.at (at.x, at.y), lying.at (at.x, at.y) + 4);
    }
  }
  return seen;
}

GstEvent *orientation_event (const char *orientation)
{
  return gst_event_new_tag (gst_tag_list_new (GST_TAG_IMAGE_ORIENTATION, orientation, nullptr));
}

void push_tag (OverlayStream &stream, const char *orientation)
{
  fail_unless (gst_harness_push_event (stream.harness (), orientation_event (orientation)));
}

constexpr guint32 kGround = 0xff204060;

Image image_of (GstBuffer *frame, const GstVideoInfo &info)
{
  return {GST_VIDEO_INFO_WIDTH (&info), GST_VIDEO_INFO_HEIGHT (&info), to_rgba (frame, info)};
}

Image stamp (const GstVideoInfo &info, const char *tag, const std::string &properties)
{
  OverlayStream stream (properties);
  stream.set_caps (info);
  push_tag (stream, tag);
  const BufferPtr stamped (stream.push (solid_frame (info, kGround)));
  fail_unless (stamped != nullptr, "%s was refused", GST_VIDEO_INFO_NAME (&info));
  return image_of (stamped.get (), info);
}

// What is seen of an upright frame, and of one that lies, both as large for who sees them.
Image stamp_upright (GstVideoFormat format, int width, int height, const std::string &properties)
{
  return stamp (video_info (format, width, height), "rotate-0", properties);
}

Image stamp_lying (GstVideoFormat format, int width, int height, const Way &way,
                   const std::string &properties)
{
  if (way.is_sideways)
    std::swap (width, height);
  return turn (stamp (video_info (format, width, height), way.tag, properties), way);
}

int largest_difference (const Image &one, const Image &other)
{
  fail_unless (one.width == other.width && one.height == other.height);
  int largest = 0;
  for (std::size_t i = 0; i < one.rgba.size (); ++i)
    largest = std::max (largest, std::abs (one.rgba[i] - other.rgba[i]));
  return largest;
}

double mean_difference (const Image &one, const Image &other)
{
  double sum = 0;
  for (std::size_t i = 0; i < one.rgba.size (); ++i)
    sum += std::abs (one.rgba[i] - other.rgba[i]);
  return sum / static_cast<double> (one.rgba.size ());
}

// Around what is white.
Box box_of (const Image &image)
{
  InkMap ink{image.width, image.height, {}};
  for (std::size_t i = 1; i < image.rgba.size (); i += 4)
    ink.pixels.push_back (image.rgba[i]);
  return ink.box (160);
}

constexpr char kWhite[] = "color=0xffffffff start=1234 ";
constexpr char kLargeDigit[] = "color=0xffffffff start=8 font-size=120";

constexpr GstVideoFormat kFormats[] = {GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_NV12,
                                       GST_VIDEO_FORMAT_RGB,  GST_VIDEO_FORMAT_UYVY,
                                       GST_VIDEO_FORMAT_v210, GST_VIDEO_FORMAT_P010_10LE,
                                       GST_VIDEO_FORMAT_Y444, GST_VIDEO_FORMAT_RGB8P};

}  // namespace

GST_START_TEST (test_turned)
{
  const GstVideoFormat format = kFormats[__i__];
  const bool is_palette = format == GST_VIDEO_FORMAT_RGB8P;
  // Pairs of pixels that share their chroma lie across; turned, other ones do.
  const bool has_wide_chroma = format == GST_VIDEO_FORMAT_UYVY || format == GST_VIDEO_FORMAT_v210;
  for (const auto &[width, height] : {std::pair{320, 240}, {240, 424}}) {
    const Image white = stamp_upright (format, width, height, kWhite);
    const Image red = stamp_upright (format, width, height, "start=1234");
    fail_unless (is_palette || box_of (white).right - box_of (white).left > 60);
    for (const Way &way : kWays) {
      const int apart =
          largest_difference (stamp_lying (format, width, height, way, kWhite), white);
      fail_unless (apart <= (has_wide_chroma ? 60 : 0), "%s %s: white is %d apart",
                   gst_video_format_to_string (format), way.tag, apart);
      const Image lying = stamp_lying (format, width, height, way, "start=1234");
      const double mean = mean_difference (lying, red);
      fail_unless (has_wide_chroma ? mean < 1 : mean == 0, "%s %s: red is %.2f apart in the mean",
                   gst_video_format_to_string (format), way.tag, mean);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_places)
{
  for (const char *halign : {"left", "center", "right"}) {
    for (const char *valign : {"top", "center", "bottom"}) {
      for (const char *more : {"", " xpad=9 ypad=21", " deltax=-3 deltay=3", " font-size=90"}) {
        const std::string properties =
            std::string (kWhite) + "halignment=" + halign + " valignment=" + valign + more;
        const Image rgb = stamp_upright (GST_VIDEO_FORMAT_RGB, 320, 240, properties);
        const Box i420 = box_of (stamp_upright (GST_VIDEO_FORMAT_I420, 320, 240, properties));
        for (const Way &way : kWays) {
          fail_unless (largest_difference (
                           stamp_lying (GST_VIDEO_FORMAT_RGB, 320, 240, way, properties), rgb) == 0,
                       "%s %s", way.tag, properties.c_str ());
          // Numbers begin where chroma does, which a turn changes.
          const Box box = box_of (stamp_lying (GST_VIDEO_FORMAT_I420, 320, 240, way, properties));
          fail_unless (std::abs (box.left - i420.left) <= 2 && std::abs (box.top - i420.top) <= 2 &&
                           std::abs (box.right - i420.right) <= 2 &&
                           std::abs (box.bottom - i420.bottom) <= 2,
                       "%s %s: %d,%d instead of %d,%d", way.tag, properties.c_str (), box.left,
                       box.top, i420.left, i420.top);
        }
      }
    }
  }
}
GST_END_TEST

GST_START_TEST (test_looks)
{
  for (const char *look :
       {"outline-width=3", "shaded-background=true", "stamp=clock", "stamp=seconds start=0",
        "outline-width=2 color=0x80ffffff font-desc=Serif", "start=7", "start=1234567"}) {
    // The ground of a number that lies is as wide as chroma samples are.
    const bool has_ground = g_str_has_prefix (look, "shaded");
    for (const GstVideoFormat format : {GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_I420}) {
      const Image upright = stamp_upright (format, 320, 240, look);
      for (const Way &way : kWays) {
        const double apart = mean_difference (stamp_lying (format, 320, 240, way, look), upright);
        fail_unless (has_ground && format == GST_VIDEO_FORMAT_I420 ? apart < 0.2 : apart == 0,
                     "%s %s %s: %.3f", gst_video_format_to_string (format), way.tag, look, apart);
      }
    }
  }
}
GST_END_TEST

GST_START_TEST (test_any_size)
{
  for (const Way &way : kWays) {
    for (const auto &[width, height] :
         {std::pair{1, 1}, {3, 2}, {17, 9}, {321, 241}, {241, 322}, {640, 7}}) {
      for (const GstVideoFormat format : kFormats) {
        for (const GstVideoInterlaceMode mode :
             {GST_VIDEO_INTERLACE_MODE_PROGRESSIVE, GST_VIDEO_INTERLACE_MODE_INTERLEAVED}) {
          const GstVideoInfo info = video_info (format, width, height, "", mode);
          OverlayStream stream (std::string (kWhite) + "halignment=center deltay=1");
          stream.set_caps (info);
          push_tag (stream, way.tag);
          const BufferPtr stamped (stream.push (solid_frame (info, kGround)));
          fail_unless (stamped != nullptr);
          if (std::min (width, height) < 200 || format == GST_VIDEO_FORMAT_RGB8P)
            continue;
          GstVideoInfo progressive = info;
          progressive.interlace_mode = GST_VIDEO_INTERLACE_MODE_PROGRESSIVE;
          const Image seen = turn (image_of (stamped.get (), progressive), way);
          const Box box = box_of (seen);
          // In the middle of the lower edge.
          fail_unless (std::abs (seen.width - box.left - box.right) < 16 &&
                           seen.height - box.bottom < 8 && box.bottom <= seen.height,
                       "%s %s %dx%d: %d,%d to %d,%d", way.tag, gst_video_format_to_string (format),
                       width, height, box.left, box.top, box.right, box.bottom);
        }
      }
    }
  }
}
GST_END_TEST

GST_START_TEST (test_composition)
{
  const Image upright = stamp_upright (GST_VIDEO_FORMAT_BGRA, 320, 240, kWhite);
  for (const Way &way : kWays) {
    GstVideoInfo info = video_info (GST_VIDEO_FORMAT_BGRA, way.is_sideways ? 240 : 320,
                                    way.is_sideways ? 320 : 240);
    OverlayStream stream (kWhite);
    stream.set_caps ("video/x-raw(memory:Fake),format=BGRA,framerate=30/1,width=" +
                     std::to_string (GST_VIDEO_INFO_WIDTH (&info)) +
                     ",height=" + std::to_string (GST_VIDEO_INFO_HEIGHT (&info)));
    push_tag (stream, way.tag);
    const BufferPtr stamped (stream.push (solid_frame (info, kGround)));
    const auto *meta = gst_buffer_get_video_overlay_composition_meta (stamped.get ());
    fail_unless (meta != nullptr);
    // Whoever shows the frame blends the number, and turns both.
    const BufferPtr blended (solid_frame (info, kGround));
    GstVideoFrame frame;
    gst_video_frame_map (&frame, &info, blended.get (), GST_MAP_READWRITE);
    fail_unless (gst_video_overlay_composition_blend (meta->overlay, &frame));
    gst_video_frame_unmap (&frame);
    const int apart = largest_difference (turn (image_of (blended.get (), info), way), upright);
    fail_unless (apart <= 3, "%s: %d apart", way.tag, apart);
  }
}
GST_END_TEST

GST_START_TEST (test_tags)
{
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_RGB, 320, 240);
  OverlayStream stream (std::string (kWhite) + "every=100");
  stream.set_caps (info);
  const auto next = [&] {
    const BufferPtr stamped (stream.push (solid_frame (info, kGround)));
    return image_of (stamped.get (), info);
  };
  const Image upright = next ();
  const Way &half_turn = kWays[2], &mirror = kWays[4];
  fail_unless (largest_difference (upright, turn (upright, half_turn)) > 100);

  push_tag (stream, "rotate-180");
  fail_unless (largest_difference (turn (next (), half_turn), upright) == 0);
  push_tag (stream, "flip-rotate-0");
  fail_unless (largest_difference (turn (next (), mirror), upright) == 0);
  // What was said of the last stream does not hold for the next one.
  fail_unless (gst_harness_push_event (stream.harness (), gst_event_new_stream_start ("next")));
  fail_unless (largest_difference (next (), upright) == 0);

  std::vector<std::string> passed;
  while (GstEvent *event = gst_harness_try_pull_event (stream.harness ())) {
    if (GST_EVENT_TYPE (event) == GST_EVENT_TAG) {
      GstTagList *tags = nullptr;
      gchar *orientation = nullptr;
      gst_event_parse_tag (event, &tags);
      fail_unless (gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &orientation));
      passed.push_back (orientation);
      g_free (orientation);
    }
    gst_event_unref (event);
  }
  fail_unless (passed == std::vector<std::string> ({"rotate-180", "flip-rotate-0"}));
}
GST_END_TEST

GST_START_TEST (test_pixel_shape)
{
  const Box square = box_of (stamp_upright (GST_VIDEO_FORMAT_RGB, 640, 480, kLargeDigit));
  const Box tall = box_of (stamp_upright (GST_VIDEO_FORMAT_RGB, 480, 640, kLargeDigit));
  for (const auto &[par_n, par_d] :
       {std::pair{2, 1}, {1, 2}, {16, 15}, {8, 9}, {64, 45}, {1, 1}, {0, 1}, {1, 1000}}) {
    const bool is_known = par_n > 0 && par_d < 1000;
    const double aspect = is_known ? static_cast<double> (par_n) / par_d : 1;
    for (const GstVideoFormat format : {GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_I420}) {
      for (const Way &way : kWays) {
        // The frame that is seen as 640x480 with square pixels, or as 480x640.
        GstVideoInfo info = video_info (format, static_cast<int> (std::lround (640 / aspect)), 480);
        info.par_n = par_n;
        info.par_d = par_d;
        const Image seen = turn (stamp (info, way.tag, kLargeDigit), way);
        const Box box = box_of (seen);
        const Box &wanted = way.is_sideways ? tall : square;
        const double across = way.is_sideways ? 1 : aspect, down = way.is_sideways ? aspect : 1;
        const double width = (box.right - box.left) * across,
                     height = (box.bottom - box.top) * down;
        const double wanted_width = wanted.right - wanted.left;
        const double wanted_height = wanted.bottom - wanted.top;
        const std::string what = std::to_string (par_n) + "/" + std::to_string (par_d) + " " +
                                 gst_video_format_to_string (format) + " " + way.tag;
        fail_unless (std::abs (width / height / (wanted_width / wanted_height) - 1) < 0.05,
                     "%s: %.1fx%.1f instead of %.0fx%.0f", what.c_str (), width, height,
                     wanted_width, wanted_height);
        fail_unless (std::abs (height / wanted_height - 1) < 0.05, "%s: %.1f instead of %.0f high",
                     what.c_str (), height, wanted_height);
        const double right = (seen.width - box.right) * across;
        const double bottom = (seen.height - box.bottom) * down;
        fail_unless (std::abs (right - ((way.is_sideways ? 480 : 640) - wanted.right)) < 4 &&
                         std::abs (bottom - ((way.is_sideways ? 640 : 480) - wanted.bottom)) < 4,
                     "%s: %.1f and %.1f from the corner", what.c_str (), right, bottom);
      }
    }
  }
}
GST_END_TEST

static Suite *number_orientation_suite ()
{
  Suite *suite = suite_create ("number orientation");
  TCase *tcase = tcase_create ("number orientation");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_turned, 0, G_N_ELEMENTS (kFormats));
  tcase_add_test (tcase, test_places);
  tcase_add_test (tcase, test_looks);
  tcase_add_test (tcase, test_any_size);
  tcase_add_test (tcase, test_composition);
  tcase_add_test (tcase, test_tags);
  tcase_add_test (tcase, test_pixel_shape);
  return suite;
}

GST_CHECK_MAIN (number_orientation)
