/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Pictures with numbers that are drawn for a probe.
//
// test_places: a number elsewhere than the look says, in another colour, or cut at an edge.
// test_size: a number that is not as high as numproverlay's.
// test_grounds: two pictures of one number that are the same, or a ground as bright as the number.

#include <cstdlib>

#include "lib/picture/jpegencoder.h"
#include "lib/picture/numberpicture.h"
#include "tests/support/loopcheck.h"

using namespace numpro;

namespace {

GstNumproLook look_of (guint32 color, GstNumproHAlign halign, GstNumproVAlign valign)
{
  return {color, halign, valign, {}};
}

Picture drawn (const GstNumproLook &look, int width = 336, int height = 336, guint variant = 0)
{
  Picture picture;
  picture.resize (width, height);
  draw_number (508, look, variant, picture);
  return picture;
}

// Where pixels are that are far from the ground.
struct Box {
  int left = G_MAXINT, right = -1, top = G_MAXINT, bottom = -1;
};

Box ink_of (const Picture &picture)
{
  // The middle of the left edge has no number in any of the looks here.
  Box box;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const int ground = picture.y ()[picture.height / 2 * picture.luma_stride ()];
      if (std::abs (picture.y ()[y * picture.luma_stride () + x] - ground) < 60)
        continue;
      box.left = std::min (box.left, x);
      box.right = std::max (box.right, x);
      box.top = std::min (box.top, y);
      box.bottom = std::max (box.bottom, y);
    }
  }
  return box;
}

}  // namespace

GST_START_TEST (test_places)
{
  const GstNumproHAlign halign[] = {GST_NUMPRO_HALIGN_LEFT, GST_NUMPRO_HALIGN_CENTER,
                                    GST_NUMPRO_HALIGN_RIGHT};
  const GstNumproVAlign valign[] = {GST_NUMPRO_VALIGN_TOP, GST_NUMPRO_VALIGN_BOTTOM};
  for (guint32 color : {0xffff0000U, 0xffffffffU, 0xff000000U}) {
    for (int h = 0; h < 3; ++h) {
      for (int v = 0; v < 2; ++v) {
        const Box ink = ink_of (drawn (look_of (color, halign[h], valign[v])));
        const int middle = (ink.left + ink.right) / 2;
        fail_unless (ink.left > 0 && ink.right < 335 && ink.top > 0 && ink.bottom < 335,
                     "%08x: at %d,%d to %d,%d", color, ink.left, ink.top, ink.right, ink.bottom);
        fail_unless (std::abs (middle - (h == 0 ? 44 : h == 1 ? 168 : 291)) < 8, "%d", middle);
        fail_unless (v == 0 ? ink.bottom < 40 : ink.top > 295, "%d to %d", ink.top, ink.bottom);
      }
    }
  }
  // Red as JFIF has it: BT.601, full range.
  const Picture red =
      drawn (look_of (0xffff0000, GST_NUMPRO_HALIGN_RIGHT, GST_NUMPRO_VALIGN_BOTTOM));
  guint8 greatest = 0;
  for (int i = 0; i < red.chroma_stride () * red.chroma_height (); ++i)
    greatest = std::max (greatest, red.v ()[i]);
  fail_unless (greatest > 245, "%d", greatest);
}
GST_END_TEST

GST_START_TEST (test_size)
{
  const GstNumproLook look =
      look_of (0xffff0000, GST_NUMPRO_HALIGN_RIGHT, GST_NUMPRO_VALIGN_BOTTOM);
  for (const auto &[width, height] : {std::pair (336, 336), {672, 378}, {378, 672}, {101, 57}}) {
    // Digits of DejaVu Sans Bold are three quarters of the font's size high.
    const double due = 0.75 * 40 * std::min (width, height) / 336;
    const Box ink = ink_of (drawn (look, width, height));
    const int height_drawn = ink.bottom - ink.top + 1;
    fail_unless (std::abs (height_drawn - due) < 3, "%dx%d: %d", width, height, height_drawn);
  }
}
GST_END_TEST

GST_START_TEST (test_grounds)
{
  const GstNumproLook look =
      look_of (0xffff0000, GST_NUMPRO_HALIGN_RIGHT, GST_NUMPRO_VALIGN_BOTTOM);
  JpegEncoder encoder (90);
  std::vector<BytesPtr> files;
  for (guint variant = 0; variant < 32; ++variant) {
    Picture picture = drawn (look, 336, 189, variant);
    files.push_back (encoder.encode (picture));
    fail_unless (files.back () != nullptr);
    for (guint before = 0; before < variant; ++before)
      fail_if (g_bytes_equal (files.back ().get (), files[before].get ()));
  }
  // For people to look at.
  if (const char *path = g_getenv ("NUMPRO_TEST_PICTURE")) {
    gsize size = 0;
    const void *data = g_bytes_get_data (files[1].get (), &size);
    g_file_set_contents (path, static_cast<const gchar *> (data), static_cast<gssize> (size),
                         nullptr);
  }
}
GST_END_TEST

static Suite *number_picture_suite ()
{
  Suite *suite = suite_create ("number picture");
  TCase *tcase = tcase_create ("number picture");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_places);
  tcase_add_test (tcase, test_size);
  tcase_add_test (tcase, test_grounds);
  return suite;
}

GST_CHECK_MAIN (number_picture)
