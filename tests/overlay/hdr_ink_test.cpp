/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Numbers on frames of high dynamic range (PQ, HLG).
//
// test_codes: colours that are drawn at 10000 cd/m2, or in other primaries, transfer or range than
//   the frame's.
// test_white: white that is not graphics white, as ITU-R BT.2408 says where it is.
// test_look: outline and shade drawn otherwise than the number; opacity that is lost.

#include "tests/support/hdrreference.h"

#include <cstdlib>
#include <cstring>

#include "tests/support/loopcheck.h"
#include "tests/support/overlaystream.h"

namespace {

constexpr int kWidth = 96, kHeight = 48;
// In the stem of the last "1", and in its outline.
constexpr int kX = 82, kY = 32;

constexpr GstVideoFormat kFormats[] = {GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_I420_10LE,
                                       GST_VIDEO_FORMAT_I422_10LE, GST_VIDEO_FORMAT_Y444_10LE,
                                       GST_VIDEO_FORMAT_v210};

// A pixel's samples, in 10 bits.
hdr::Codes codes_at (GstBuffer *frame, const GstVideoInfo &info, int x, int y)
{
  // 16 bits a component, alpha first.
  const std::vector<guint8> pixels = unpack (frame, info);
  hdr::Codes codes{};
  for (std::size_t c = 0; c < codes.size (); ++c) {
    guint16 sample = 0;
    std::memcpy (&sample, &pixels[(static_cast<std::size_t> (y) * kWidth + x) * 8 + 2 * (c + 1)],
                 sizeof (sample));
    codes[c] = sample >> 6;
  }
  return codes;
}

hdr::Codes stamped (GstVideoFormat format, hdr::Kind kind, const std::string &properties,
                    int x = kX, int y = kY)
{
  const GstVideoInfo info = video_info (format, kWidth, kHeight, hdr::colorimetry_of (kind));
  OverlayStream stream ("start=111 reference-height=0 " + properties);
  stream.set_caps (info);
  GstBuffer *frame = solid_frame (info, 0xff808080);
  const BufferPtr result (stream.push (frame));
  fail_unless (result != nullptr);
  return codes_at (result.get (), info, x, y);
}

void check (const hdr::Codes &found, const hdr::Codes &due, const std::string &what)
{
  for (std::size_t c = 0; c < due.size (); ++c) {
    fail_unless_in_loop (std::abs (found[c] - due[c]) <= 1, "%s: %d,%d,%d instead of %d,%d,%d",
                         what.c_str (), found[0], found[1], found[2], due[0], due[1], due[2]);
  }
}

}  // namespace

GST_START_TEST (test_codes)
{
  for (const hdr::Kind kind : {hdr::Kind::kPq, hdr::Kind::kHlg}) {
    for (const guint32 color :
         {0xff0000U, 0xffffffU, 0x00ff00U, 0x0000ffU, 0xffff00U, 0x000000U, 0x808080U, 0xff8000U}) {
      gchar *property = g_strdup_printf ("color=%u", 0xff000000U | color);
      const hdr::Codes found = stamped (kFormats[__i__], kind, property);
      check (found, hdr::codes_of_bt709 (hdr::light_of_srgb (color), kind),
             std::string (gst_video_format_to_string (kFormats[__i__])) + " " +
                 hdr::colorimetry_of (kind) + " " + property);
      g_free (property);
    }
  }
}
GST_END_TEST

GST_START_TEST (test_white)
{
  // 58 % of PQ and 75 % of HLG.
  const hdr::Codes pq = stamped (kFormats[__i__], hdr::Kind::kPq, "color=0xffffffff");
  const hdr::Codes hlg = stamped (kFormats[__i__], hdr::Kind::kHlg, "color=0xffffffff");
  fail_unless (std::abs (pq[0] - (64 + 876 * 0.58)) <= 1, "%d", pq[0]);
  fail_unless (std::abs (hlg[0] - (64 + 876 * 0.75)) <= 1, "%d", hlg[0]);
}
GST_END_TEST

GST_START_TEST (test_look)
{
  const GstVideoFormat format = kFormats[__i__];
  for (const hdr::Kind kind : {hdr::Kind::kPq, hdr::Kind::kHlg}) {
    // Half of what is there, and half of the colour, as samples are.
    const hdr::Codes before = stamped (format, kind, "silent=true");
    const hdr::Codes red = hdr::codes_of_bt709 (hdr::light_of_srgb (0xff0000), kind);
    hdr::Codes half{};
    for (std::size_t c = 0; c < half.size (); ++c)
      half[c] = static_cast<int> (before[c] + (red[c] - before[c]) * (128 / 255.0) + 0.5);
    check (stamped (format, kind, "color=0x80ff0000"), half, "half of red");

    // Where the number's own colour is clear, its outline covers what is beside it.
    const hdr::Codes outline =
        stamped (format, kind, "outline-width=4 outline-color=0xff00ff00 color=0xff0000ff", 87, kY);
    check (outline, hdr::codes_of_bt709 (hdr::light_of_srgb (0x00ff00), kind), "outline");

    const hdr::Codes shade =
        stamped (format, kind, "shaded-background=true shading-value=255 color=0xffff0000", 66, 40);
    check (shade, hdr::codes_of_bt709 ({0, 0, 0}, kind), "shade");
  }
}
GST_END_TEST

static Suite *hdr_ink_suite ()
{
  Suite *suite = suite_create ("hdr ink");
  TCase *tcase = tcase_create ("hdr ink");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_codes, 0, G_N_ELEMENTS (kFormats));
  tcase_add_loop_test (tcase, test_white, 0, G_N_ELEMENTS (kFormats));
  tcase_add_loop_test (tcase, test_look, 0, G_N_ELEMENTS (kFormats));
  return suite;
}

GST_CHECK_MAIN (hdr_ink)
