/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What the meta says of the number is what the pixels show.
//
// test_place: a box that is not where the ink is; a digit's height that is not the ink's, in small
//   and large frames, with an outline, of fields, of pixels that are not square.
// test_ink: ink that is told elsewhere than it is, with an outline, and on frames that lie.
// test_outside: a box that is cut as the ink is, so that nobody can tell that it is cut.
// test_nothing: a number told that nobody can see: silent, no opacity, shade alone.
// test_outline_alone: a number told as missing, or in the colour that it has not, where its outline
//   shows it.
// test_stamps: a time that is told as a number.
// test_grey_default: red told on grey frames; red drawn there, which is lost on dark grey.
// test_grey_chosen: a colour that somebody chose replaced, or told as if grey frames showed it.
// test_palette: a colour told that the palette does not have.
// test_changes: a look that stays what it was when the style or the caps change.

#include <gst/numpro/numpro.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "tests/support/overlaystream.h"

// Behind the harness, whose macros it replaces.
#include "tests/support/loopcheck.h"

namespace {

// A frame with its meta.
struct Stamped {
  BufferPtr buffer;
  GstNumproMeta meta;
};

Stamped push (OverlayStream &stream, GstBuffer *frame)
{
  BufferPtr buffer (stream.push (frame));
  fail_unless (buffer != nullptr);
  const GstNumproMeta meta = *gst_buffer_get_numpro_meta (buffer.get ());
  return {std::move (buffer), meta};
}

Stamped stamp (const GstVideoInfo &info, const std::string &properties, guint32 ground = 0xff000000)
{
  OverlayStream stream (properties);
  stream.set_caps (info);
  return push (stream, solid_frame (info, ground));
}

void require_nothing (const GstNumproMeta &meta, const char *what)
{
  fail_unless (meta.look.stamp == GST_NUMPRO_STAMP_NONE, "%s: stamp %d", what, meta.look.stamp);
  fail_unless (meta.x == 0 && meta.y == 0 && meta.width == 0 && meta.height == 0 &&
                   meta.digit_height == 0 && meta.frame_width == 0 && meta.frame_height == 0 &&
                   meta.frame_par_n == 0 && meta.frame_par_d == 0 && meta.ink_x == 0 &&
                   meta.ink_y == 0 && meta.ink_width == 0 && meta.ink_height == 0 &&
                   meta.frame_orientation == 0,
               "%s: a place", what);
}

guint8 most (const InkMap &ink, int left, int top, int right, int bottom)
{
  guint8 value = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x)
      value = std::max (value, ink.at (x, y));
  }
  return value;
}

}  // namespace

GST_START_TEST (test_place)
{
  const struct {
    int width, height;
    const char *properties;
    int distance;  // of the ink from the box, at most: the margin, and an outline
  } kPlaces[] = {{336, 336, "start=8", 4},
                 {160, 120, "start=18", 3},
                 {1920, 1080, "start=888 halignment=left valignment=top xpad=7 ypad=5", 12},
                 {336, 336, "start=80 outline-width=3 outline-color=0xff808080 deltax=-9", 7},
                 {336, 200, "start=8 reference-height=0 halignment=center valignment=center", 4}};
  for (const auto &place : kPlaces) {
    const InkMap ink = draw_ink (place.width, place.height, place.properties);
    const Box outer = ink.box (60), digits = ink.box (160);  // with its outline, without
    const GstVideoInfo info =
        video_info (GST_VIDEO_FORMAT_GRAY8, place.width, place.height, "1:4:0:0");
    const GstNumproMeta meta =
        stamp (info, std::string (place.properties) + " color=0xffffffff").meta;
    const int right = meta.x + static_cast<int> (meta.width);
    const int bottom = meta.y + static_cast<int> (meta.height);
    fail_unless (meta.x <= outer.left && meta.y <= outer.top && right >= outer.right &&
                     bottom >= outer.bottom,
                 "%s: ink outside the box", place.properties);
    fail_unless (outer.left - meta.x <= place.distance && outer.top - meta.y <= place.distance &&
                     right - outer.right <= place.distance &&
                     bottom - outer.bottom <= place.distance,
                 "%s: a box that is too large", place.properties);
    fail_unless (
        std::abs (static_cast<int> (meta.digit_height) - (digits.bottom - digits.top)) <= 1,
        "%s: digits of %u, ink of %d", place.properties, meta.digit_height,
        digits.bottom - digits.top);
    fail_unless_equals_int (meta.frame_width, place.width);
    fail_unless_equals_int (meta.frame_height, place.height);
    fail_unless_equals_int (meta.frame_par_n, 1);
    fail_unless_equals_int (meta.frame_par_d, 1);
  }
  GstVideoInfo fields =
      video_info (GST_VIDEO_FORMAT_I420, 720, 576, "bt601", GST_VIDEO_INTERLACE_MODE_ALTERNATE);
  fields.par_n = 16;
  fields.par_d = 15;
  OverlayStream stream;
  stream.set_caps (fields);
  const GstNumproMeta meta =
      push (stream, gst_buffer_new_allocate (nullptr, fields.size, nullptr)).meta;
  fail_unless_equals_int (meta.frame_height, 288);
  fail_unless_equals_int (meta.frame_par_n, 16);
  // Other rows come between those of a field.
  fail_unless_equals_int (meta.frame_par_d, 30);
}
GST_END_TEST

GST_START_TEST (test_ink)
{
  const struct {
    const char *tag;
    GstVideoOrientationMethod method;
  } kWays[] = {{"rotate-0", GST_VIDEO_ORIENTATION_IDENTITY},
               {"rotate-90", GST_VIDEO_ORIENTATION_90R},
               {"rotate-180", GST_VIDEO_ORIENTATION_180},
               {"rotate-270", GST_VIDEO_ORIENTATION_90L},
               {"flip-rotate-0", GST_VIDEO_ORIENTATION_HORIZ},
               {"flip-rotate-90", GST_VIDEO_ORIENTATION_UR_LL},
               {"flip-rotate-180", GST_VIDEO_ORIENTATION_VERT},
               {"flip-rotate-270", GST_VIDEO_ORIENTATION_UL_LR}};
  for (const auto &way : kWays) {
    for (const char *look : {"start=17", "start=41 outline-width=4 outline-color=0xff404040",
                             "start=1234 halignment=left font-desc=Serif", "start=1"}) {
      const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_GRAY8, 400, 300, "1:4:0:0");
      OverlayStream stream (std::string ("color=0xffffffff ") + look);
      stream.set_caps (info);
      fail_unless (gst_harness_push_event (
          stream.harness (),
          gst_event_new_tag (gst_tag_list_new (GST_TAG_IMAGE_ORIENTATION, way.tag, nullptr))));
      const Stamped stamped = push (stream, solid_frame (info, 0xff000000));
      const std::vector<guint8> rgba = to_rgba (stamped.buffer.get (), info);
      InkMap ink{400, 300, {}};
      for (std::size_t i = 0; i < rgba.size (); i += 4)
        ink.pixels.push_back (rgba[i]);
      const Box seen = ink.box (100);
      const GstNumproMeta &meta = stamped.meta;
      const int right = meta.ink_x + static_cast<int> (meta.ink_width);
      const int bottom = meta.ink_y + static_cast<int> (meta.ink_height);
      fail_unless (std::abs (meta.ink_x - seen.left) <= 1 &&
                       std::abs (meta.ink_y - seen.top) <= 1 &&
                       std::abs (right - seen.right) <= 1 && std::abs (bottom - seen.bottom) <= 1,
                   "%s %s: %d,%d to %d,%d instead of %d,%d to %d,%d", way.tag, look, meta.ink_x,
                   meta.ink_y, right, bottom, seen.left, seen.top, seen.right, seen.bottom);
      fail_unless_equals_int (meta.frame_orientation, way.method);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_outside)
{
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_I420, 96, 48, "bt601");
  const GstNumproMeta wide = stamp (info, "start=12345 reference-height=0").meta;
  fail_unless_equals_int (wide.x, 96 - 5 * 28);
  fail_unless_equals_int (wide.width, 5 * 28);
  const GstNumproMeta gone = stamp (info, "deltay=200").meta;
  fail_unless (gone.y >= 48 && gone.look.stamp == GST_NUMPRO_STAMP_NUMBER);
}
GST_END_TEST

GST_START_TEST (test_nothing)
{
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_I420, 96, 48, "bt601");
  for (const char *properties :
       {"silent=true", "color=0", "color=0x00ff0000", "color=0 shaded-background=true",
        "color=0 outline-width=2 outline-color=0", "color=0 outline-color=0xff000000"})
    require_nothing (stamp (info, properties).meta, properties);
}
GST_END_TEST

GST_START_TEST (test_outline_alone)
{
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_RGB, 336, 336, "sRGB");
  const GstNumproMeta meta =
      stamp (info, "color=0x00ff0000 outline-width=2 outline-color=0xffffff00").meta;
  fail_unless (meta.look.stamp == GST_NUMPRO_STAMP_NUMBER);
  fail_unless (meta.look.color == 0xffffff00, "%08x", meta.look.color);
  fail_unless (meta.width > 0 && meta.digit_height == 30);
  // Half of the character's red, with its outline's white through it.
  const guint32 mixed =
      stamp (info, "color=0x80ff0000 outline-width=2 outline-color=0xffffffff").meta.look.color;
  fail_unless (mixed == 0xffff7f7f, "%08x", mixed);
  // Nothing behind it: its opacity is told.
  fail_unless (stamp (info, "color=0x80ff0000").meta.look.color == 0x80ff0000);
}
GST_END_TEST

GST_START_TEST (test_stamps)
{
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_I420, 96, 48, "bt601");
  const struct {
    const char *properties;
    GstNumproStamp stamp;
  } kStamps[] = {{"stamp=number", GST_NUMPRO_STAMP_NUMBER},
                 {"stamp=seconds", GST_NUMPRO_STAMP_SECONDS},
                 {"stamp=clock", GST_NUMPRO_STAMP_CLOCK}};
  for (const auto &row : kStamps) {
    OverlayStream stream (row.properties);
    stream.set_caps (info);
    GstBuffer *frame = solid_frame (info, 0xff000000);
    GST_BUFFER_PTS (frame) = 0;
    fail_unless (push (stream, frame).meta.look.stamp == row.stamp, "%s", row.properties);
  }
}
GST_END_TEST

GST_START_TEST (test_grey_default)
{
  for (const GstVideoFormat format : {GST_VIDEO_FORMAT_GRAY8, GST_VIDEO_FORMAT_GRAY16_LE,
                                      GST_VIDEO_FORMAT_GRAY16_BE, GST_VIDEO_FORMAT_GRAY10_LE32}) {
    const GstVideoInfo info = video_info (format, 336, 336, "1:4:0:0");
    for (const guint32 ground : {0xff000000u, 0xff404040u, 0xff808080u, 0xffffffffu}) {
      const Stamped stamped = stamp (info, "start=8", ground);
      fail_unless (stamped.meta.look.color == 0xffffffff, "%08x", stamped.meta.look.color);
      const std::vector<guint8> rgba = to_rgba (stamped.buffer.get (), info);
      InkMap grey{336, 336, {}};
      for (std::size_t i = 0; i < rgba.size (); i += 4)
        grey.pixels.push_back (rgba[i]);
      const GstNumproMeta &meta = stamped.meta;
      const int right = meta.x + static_cast<int> (meta.width);
      const int bottom = meta.y + static_cast<int> (meta.height);
      fail_unless (most (grey, meta.x, meta.y, right, bottom) >= 253);
      for (guint8 &pixel : grey.pixels)
        pixel = static_cast<guint8> (255 - pixel);
      fail_unless (most (grey, meta.x, meta.y, right, bottom) >= 253, "no dark outline on %08x",
                   ground);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_grey_chosen)
{
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_GRAY8, 336, 336, "1:4:0:0");
  const struct {
    const char *properties;
    guint32 color, pixel;
  } kColors[] = {{"color=0xffff0000", 0xff4c4c4c, 76},
                 {"color=0xff00ff00", 0xff969696, 150},
                 {"color=0xff808080", 0xff808080, 128},
                 {"color=0xff000000", 0xff000000, 0}};
  for (const auto &row : kColors) {
    const Stamped stamped = stamp (info, std::string ("start=1 ") + row.properties, 0xffffffff);
    fail_unless (stamped.meta.look.color == row.color, "%s: %08x", row.properties,
                 stamped.meta.look.color);
    const std::vector<guint8> bytes = bytes_of (stamped.buffer.get ());
    fail_unless_equals_int (*std::min_element (bytes.begin (), bytes.end ()), row.pixel);
  }
  // An outline that somebody chose stays theirs.
  const Stamped outlined = stamp (info, "outline-width=4 outline-color=0xff202020", 0xffffffff);
  const std::vector<guint8> bytes = bytes_of (outlined.buffer.get ());
  fail_unless_equals_int (*std::min_element (bytes.begin (), bytes.end ()), 0x20);
}
GST_END_TEST

GST_START_TEST (test_palette)
{
  const GstVideoInfo info = video_info (GST_VIDEO_FORMAT_RGB8P, 96, 48, "sRGB");
  OverlayStream stream ("start=1");
  stream.set_caps (info);
  for (const guint32 reddish : {0xffe01020u, 0xffff0000u}) {
    GstBuffer *frame = gst_buffer_new_allocate (nullptr, info.size, nullptr);
    gst_buffer_memset (frame, 0, 0, info.size);
    GstVideoFrame mapped;
    fail_unless (gst_video_frame_map (&mapped, &info, frame, GST_MAP_WRITE));
    auto *palette = static_cast<guint32 *> (GST_VIDEO_FRAME_PLANE_DATA (&mapped, 1));
    for (int i = 0; i < 256; ++i)
      palette[i] = i == 200 ? reddish : 0xff000000u | static_cast<guint32> (i) * 0x010101;
    gst_video_frame_unmap (&mapped);
    const guint32 color = push (stream, frame).meta.look.color;
    fail_unless (color == reddish, "%08x", color);
  }
  fail_unless (stamp (info, "color=0x40ff0000").meta.look.stamp == GST_NUMPRO_STAMP_NONE);
}
GST_END_TEST

GST_START_TEST (test_changes)
{
  OverlayStream stream;
  const GstVideoInfo color = video_info (GST_VIDEO_FORMAT_I420, 96, 48, "bt601");
  const GstVideoInfo grey = video_info (GST_VIDEO_FORMAT_GRAY8, 64, 64, "1:4:0:0");
  const auto next = [&stream] (const GstVideoInfo &info) {
    return push (stream, solid_frame (info, 0xff000000)).meta;
  };
  stream.set_caps (color);
  fail_unless (next (color).look.color == 0xffff0000);
  stream.set_caps (grey);
  GstNumproMeta meta = next (grey);
  fail_unless (meta.look.color == 0xffffffff && meta.frame_width == 64);
  g_object_set (stream.element (), "color", 0xffff0000, nullptr);
  fail_unless (next (grey).look.color == 0xff4c4c4c);
  g_object_set (stream.element (), "silent", TRUE, nullptr);
  require_nothing (next (grey), "silent while playing");
  g_object_set (stream.element (), "silent", FALSE, "valignment", GST_NUMPRO_VALIGN_TOP, nullptr);
  meta = next (grey);
  fail_unless (meta.look.stamp == GST_NUMPRO_STAMP_NUMBER && meta.y == 0);
}
GST_END_TEST

static Suite *look_suite ()
{
  Suite *suite = suite_create ("look");
  TCase *tcase = tcase_create ("look");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_place);
  tcase_add_test (tcase, test_ink);
  tcase_add_test (tcase, test_outside);
  tcase_add_test (tcase, test_nothing);
  tcase_add_test (tcase, test_outline_alone);
  tcase_add_test (tcase, test_stamps);
  tcase_add_test (tcase, test_grey_default);
  tcase_add_test (tcase, test_grey_chosen);
  tcase_add_test (tcase, test_palette);
  tcase_add_test (tcase, test_changes);
  return suite;
}

GST_CHECK_MAIN (look)
