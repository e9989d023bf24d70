/* SPDX-License-Identifier: LGPL-2.1-or-later */

// The number of a frame as bytes, as it goes to another process.
//
// test_round_trip: a field that is forgotten, or another's.
// test_layout: bytes that are not those of docs/formats.md, which another version may rely on.
// test_unknown_version: bytes of another format taken for those of this one.
// test_wrong_length: reading behind the end of what came, or half a number.
// test_no_such_look: a value that the type of its field does not have.
// test_refused_leaves_buffer: a number that was there lost to one that is refused.

#include <gst/numpro/numpro.h>

#include <cstdio>

#if GST_CHECK_VERSION(1, 24, 0)

#include <string>
#include <vector>

#include "tests/support/handles.h"

namespace {

using Bytes = std::vector<guint8>;

constexpr guint8 kVersion = 1;

// No two fields are alike, and none is as in a new meta.
Buffer numbered_buffer ()
{
  Buffer buffer (gst_buffer_new ());
  GstNumproMeta *meta =
      gst_buffer_add_numpro_meta (buffer.get (), 0x0102030405060708, 0x1112131415161718,
                                  0x2122232425262728, 0x3132333435363738);
  meta->look.color = 0x41424344;
  meta->look.halign = GST_NUMPRO_HALIGN_CENTER;
  meta->look.valign = GST_NUMPRO_VALIGN_TOP;
  meta->look.stamp = GST_NUMPRO_STAMP_CLOCK;
  meta->x = -2;
  meta->y = -3;
  meta->width = 0x51525354;
  meta->height = 0x61626364;
  meta->ink_x = -4;
  meta->ink_y = -5;
  meta->ink_width = 0xc1c2c3c4;
  meta->ink_height = 0xd1d2d3d4;
  meta->digit_height = 0x71727374;
  meta->frame_width = 0x81828384;
  meta->frame_height = 0x91929394;
  meta->frame_par_n = 0xa1a2a3a4;
  meta->frame_par_d = 0xb1b2b3b4;
  meta->frame_orientation = 0xe1e2e3e4;
  return buffer;
}

// Those of numbered_buffer(), by the table in docs/formats.md.
const Bytes kBytes = {
    8,    7,    6,    5,    4,    3,    2,    1,     // number
    0x18, 0x17, 0x16, 0x15, 0x14, 0x13, 0x12, 0x11,  // slot
    0x28, 0x27, 0x26, 0x25, 0x24, 0x23, 0x22, 0x21,  // slot_start
    0x38, 0x37, 0x36, 0x35, 0x34, 0x33, 0x32, 0x31,  // slot_duration
    0x44, 0x43, 0x42, 0x41, 1,    0,    0,    0,     // color, halign
    0,    0,    0,    0,    2,    0,    0,    0,     // valign, stamp
    0xfe, 0xff, 0xff, 0xff, 0xfd, 0xff, 0xff, 0xff,  // x, y
    0x54, 0x53, 0x52, 0x51, 0x64, 0x63, 0x62, 0x61,  // width, height
    0xfc, 0xff, 0xff, 0xff, 0xfb, 0xff, 0xff, 0xff,  // ink_x, ink_y
    0xc4, 0xc3, 0xc2, 0xc1, 0xd4, 0xd3, 0xd2, 0xd1,  // ink_width, ink_height
    0x74, 0x73, 0x72, 0x71,                          // digit_height
    0x84, 0x83, 0x82, 0x81, 0x94, 0x93, 0x92, 0x91,  // frame_width, frame_height
    0xa4, 0xa3, 0xa2, 0xa1, 0xb4, 0xb3, 0xb2, 0xb1,  // frame_par_n, frame_par_d
    0xe4, 0xe3, 0xe2, 0xe1,                          // frame_orientation
};

constexpr std::size_t kHAlign = 36, kVAlign = 40, kStamp = 44;

Bytes serialized (GstBuffer *buffer)
{
  GByteArray *array = g_byte_array_new ();
  fail_unless (gst_meta_serialize_simple (&gst_buffer_get_numpro_meta (buffer)->meta, array));
  const Bytes all (array->data, array->data + array->len);
  g_byte_array_unref (array);
  // GStreamer's own part: two sizes, the name and the version.
  const std::size_t begin = 8 + sizeof "GstNumproMeta" + 1;
  fail_unless (all.size () > begin && all[begin - 1] == kVersion, "version %d", all[begin - 1]);
  return {all.begin () + begin, all.end ()};
}

bool deserialize (GstBuffer *buffer, const Bytes &bytes, guint8 version = kVersion)
{
  const GstMetaInfo *info = gst_numpro_meta_get_info ();
  return info->deserialize_func (info, buffer, bytes.data (), bytes.size (), version) != nullptr;
}

void require_refused (const Bytes &bytes, guint8 version, const std::string &what)
{
  const Buffer buffer (gst_buffer_new ());
  fail_if (deserialize (buffer.get (), bytes, version), "%s was taken", what.c_str ());
  fail_unless (gst_buffer_get_numpro_meta (buffer.get ()) == nullptr, "%s", what.c_str ());
}

}  // namespace

GST_START_TEST (test_round_trip)
{
  const Buffer sent = numbered_buffer (), received (gst_buffer_new ());
  GByteArray *array = g_byte_array_new ();
  GstNumproMeta *from = gst_buffer_get_numpro_meta (sent.get ());
  fail_unless (gst_meta_serialize_simple (&from->meta, array));
  guint32 consumed = 0;
  const auto *to = reinterpret_cast<GstNumproMeta *> (
      gst_meta_deserialize (received.get (), array->data, array->len, &consumed));
  fail_unless_equals_int (static_cast<int> (consumed), static_cast<int> (array->len));
  g_byte_array_unref (array);
  fail_unless (to && to == gst_buffer_get_numpro_meta (received.get ()));
  fail_unless (to->number == from->number && to->slot == from->slot);
  fail_unless (to->slot_start == from->slot_start && to->slot_duration == from->slot_duration);
  fail_unless (gst_numpro_look_equal (&to->look, &from->look));
  fail_unless (to->x == from->x && to->y == from->y);
  fail_unless (to->width == from->width && to->height == from->height);
  fail_unless (to->ink_x == from->ink_x && to->ink_y == from->ink_y);
  fail_unless (to->ink_width == from->ink_width && to->ink_height == from->ink_height);
  fail_unless (to->digit_height == from->digit_height);
  fail_unless (to->frame_width == from->frame_width && to->frame_height == from->frame_height);
  fail_unless (to->frame_par_n == from->frame_par_n && to->frame_par_d == from->frame_par_d);
  fail_unless (to->frame_orientation == from->frame_orientation);
}
GST_END_TEST

GST_START_TEST (test_layout)
{
  fail_unless (serialized (numbered_buffer ().get ()) == kBytes);
  const Buffer buffer (gst_buffer_new ());
  fail_unless (deserialize (buffer.get (), kBytes));
  fail_unless (serialized (buffer.get ()) == kBytes);
}
GST_END_TEST

GST_START_TEST (test_unknown_version)
{
  for (const guint8 version : {0, 2, 255})
    require_refused (kBytes, version, "version " + std::to_string (version));
}
GST_END_TEST

GST_START_TEST (test_wrong_length)
{
  Bytes bytes = kBytes;
  bytes.push_back (0);
  require_refused (bytes, kVersion, "a byte more");
  bytes = kBytes;
  while (!bytes.empty ()) {
    bytes.pop_back ();
    // Memory of its own, so that a sanitizer sees a byte that is read behind it.
    require_refused (Bytes (bytes), kVersion, std::to_string (bytes.size ()) + " bytes");
  }
}
GST_END_TEST

GST_START_TEST (test_no_such_look)
{
  for (const std::size_t field : {kHAlign, kVAlign, kStamp}) {
    for (const std::size_t byte : {0, 1, 3}) {
      Bytes bytes = kBytes;
      bytes[field + byte] = 4;
      require_refused (bytes, kVersion, "byte " + std::to_string (field + byte));
    }
    Bytes bytes = kBytes;
    // The last of each, and the one after.
    bytes[field] = field == kStamp ? 3 : 2;
    fail_unless (deserialize (Buffer (gst_buffer_new ()).get (), bytes), "byte %zu", field);
    ++bytes[field];
    require_refused (bytes, kVersion, "one more at byte " + std::to_string (field));
  }
}
GST_END_TEST

GST_START_TEST (test_refused_leaves_buffer)
{
  const Buffer buffer = numbered_buffer ();
  Bytes bytes = kBytes;
  bytes[0] = 99;
  bytes[kStamp] = 99;
  fail_if (deserialize (buffer.get (), bytes));
  fail_unless (serialized (buffer.get ()) == kBytes);
  // One that is taken stands in its place.
  bytes[kStamp] = 0;
  fail_unless (deserialize (buffer.get (), bytes));
  fail_unless (serialized (buffer.get ()) == bytes);
  fail_unless_equals_int (
      static_cast<int> (gst_buffer_get_n_meta (buffer.get (), GST_NUMPRO_META_API_TYPE)), 1);
}
GST_END_TEST

static Suite *metaserialization_suite ()
{
  Suite *suite = suite_create ("metaserialization");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_round_trip);
  tcase_add_test (tcase, test_layout);
  tcase_add_test (tcase, test_unknown_version);
  tcase_add_test (tcase, test_wrong_length);
  tcase_add_test (tcase, test_no_such_look);
  tcase_add_test (tcase, test_refused_leaves_buffer);
  return suite;
}

GST_CHECK_MAIN (metaserialization)

#else

int main ()
{
  std::puts ("GStreamer is older than 1.24: numbers do not go to other processes");
  return 77;
}

#endif
