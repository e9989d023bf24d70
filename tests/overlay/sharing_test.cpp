/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Who may see the ink: the buffer that numproverlay pushes, and no other.
//
// test_tee_raw_branch: drawing into memory that a raw branch (a recording, a display) still holds.
// test_tee_two_looks: the same between two overlays, whose stamps would end up on both branches.
// test_shallow_copy: taking a writable buffer for writable memory. gst_buffer_copy () makes a
//   buffer of its own on memory that is shared.
// test_shallow_copy_released: copying for ever after, though the other holder has gone.
// test_readonly_memory: writing to memory that was declared read-only (a mapped file).
// test_one_memory_per_plane: a copy, or drawing in place, that takes a frame for one block.
// test_copy_keeps_all: a copy without flags, times, offsets or metas of the original.
// test_unshared_in_place: copying where nobody else looks: a whole frame's cost for nothing.
// test_silent_shares: copying pixels, or touching the input, where nothing is drawn.
// test_copies_come_back: copies that are made in new memory for every frame.

#include <gst/numpro/numpro.h>

#include <set>
#include <string>
#include <vector>

#include "tests/support/handles.h"
#include "tests/support/pipeline.h"
#include "tests/support/pixels.h"

namespace {

constexpr const char *kFormats[] = {"I420", "NV12",  "YUY2",      "RGB",
                                    "BGRx", "GRAY8", "I420_10LE", "P010_10LE",
                                    "v210", "RGB16", "RGB8P",     "NV12_64Z32"};

// A size that leaves no padding in any of these: padding is nobody's to compare.
std::string source (const char *format)
{
  return std::string (
             "videotestsrc pattern=ball num-buffers=6 ! video/x-raw,width=384,height=128,"
             "framerate=10/1,format=") +
         format + " ! ";
}

constexpr const char *kCaps = "video/x-raw,format=I420,width=64,height=48,framerate=25/1";

Harness make_harness (const char *caps = kCaps)
{
  Harness harness (gst_harness_new ("numproverlay"));
  gst_harness_set_src_caps_str (harness.get (), caps);
  return harness;
}

// Pushes a buffer that the caller may hold more references to.
Buffer stamp (GstHarness *harness, GstBuffer *buffer)
{
  return Buffer (gst_harness_push_and_pull (harness, buffer));
}

// What a frame looks like once it carries number zero.
Bytes stamped_picture (GstBuffer *unstamped, const GstVideoInfo &info)
{
  Harness harness = make_harness ();
  Bytes bytes = picture_of (unstamped, info);
  GstBuffer *fresh = gst_buffer_new_memdup (bytes.data (), bytes.size ());
  return picture_of (stamp (harness.get (), fresh).get (), info);
}

// A frame in three memories, each with a stride of its own.
Buffer frame_of_planes (const GstVideoInfo &info, int meta_width, int meta_height)
{
  Buffer buffer (gst_buffer_new ());
  gsize offset[GST_VIDEO_MAX_PLANES] = {};
  gint stride[GST_VIDEO_MAX_PLANES] = {};
  gsize size = 0;
  for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (&info); ++p) {
    const int height = GST_VIDEO_FORMAT_INFO_SCALE_HEIGHT (info.finfo, p, meta_height);
    stride[p] = GST_VIDEO_FORMAT_INFO_SCALE_WIDTH (info.finfo, p, meta_width) +
                8 * static_cast<int> (p + 1);
    offset[p] = size;
    const gsize plane_size = static_cast<gsize> (stride[p]) * height;
    GstMemory *memory = gst_allocator_alloc (nullptr, plane_size, nullptr);
    GstMapInfo map;
    fail_unless (gst_memory_map (memory, &map, GST_MAP_WRITE));
    for (gsize i = 0; i < plane_size; ++i)
      map.data[i] = static_cast<guint8> (40 * p + i % 97);
    gst_memory_unmap (memory, &map);
    gst_buffer_append_memory (buffer.get (), memory);
    size += plane_size;
  }
  gst_buffer_add_video_meta_full (buffer.get (), GST_VIDEO_FRAME_FLAG_NONE,
                                  GST_VIDEO_INFO_FORMAT (&info), meta_width, meta_height,
                                  GST_VIDEO_INFO_N_PLANES (&info), offset, stride);
  return buffer;
}

std::set<GstMemory *> memories_of (GstBuffer *buffer)
{
  std::set<GstMemory *> memories;
  for (guint i = 0; i < gst_buffer_n_memory (buffer); ++i)
    memories.insert (gst_buffer_peek_memory (buffer, i));
  return memories;
}

const GstMetaInfo *note_info ()
{
  static const gchar *tags[] = {nullptr};
  static const GstMetaInfo *info =
      gst_meta_register_custom ("SharingTestNote", tags, nullptr, nullptr, nullptr);
  return info;
}

}  // namespace

GST_START_TEST (test_tee_raw_branch)
{
  const char *format = kFormats[__i__];
  const std::vector<Bytes> reference = bytes_of (play (source (format) + "appsink name=out"));
  const std::vector<Bytes> reference_stamped =
      bytes_of (play (source (format) + "numproverlay ! appsink name=out"));

  Pipeline pipeline (source (format) +
                     "tee name=t  t. ! queue ! numproverlay ! appsink name=stamped "
                     "t. ! queue ! appsink name=raw");
  pipeline.run ();
  const std::vector<Bytes> raw = bytes_of (pipeline.pull_all ("raw"));
  const std::vector<Bytes> stamped = bytes_of (pipeline.pull_all ("stamped"));

  fail_unless (reference.size () == 6);
  fail_unless (raw == reference, "%s: ink on the raw branch", format);
  fail_unless (stamped == reference_stamped, "%s: stamped branch differs", format);
  for (std::size_t i = 0; i < raw.size (); ++i)
    fail_if (stamped[i] == raw[i], "%s: nothing drawn on frame %zu", format, i);
}
GST_END_TEST;

GST_START_TEST (test_tee_two_looks)
{
  const char *format = kFormats[__i__];
  const std::string red = "numproverlay ! appsink name=";
  const std::string green =
      "numproverlay start=50 color=0xff00ff00 font-size=80 halignment=left valignment=top "
      "shaded-background=true ! appsink name=";
  const std::vector<Bytes> all_red = bytes_of (play (source (format) + red + "out"));
  const std::vector<Bytes> all_green = bytes_of (play (source (format) + green + "out"));

  Pipeline pipeline (source (format) + "tee name=t  t. ! queue ! " + red + "a  t. ! queue ! " +
                     green + "b");
  pipeline.run ();
  fail_unless (bytes_of (pipeline.pull_all ("a")) == all_red, "%s: red branch", format);
  fail_unless (bytes_of (pipeline.pull_all ("b")) == all_green, "%s: green branch", format);
}
GST_END_TEST;

GST_START_TEST (test_shallow_copy)
{
  const GstVideoInfo info = info_from (kCaps);
  Harness harness = make_harness ();
  Buffer original = plain_frame (info);
  const Bytes before = bytes_of (original.get ());
  GstBuffer *copy = gst_buffer_copy (original.get ());
  fail_unless (gst_buffer_is_writable (copy));
  fail_unless (gst_buffer_peek_memory (copy, 0) == gst_buffer_peek_memory (original.get (), 0));

  const Buffer out = stamp (harness.get (), copy);
  fail_unless (bytes_of (original.get ()) == before, "ink on the original");
  fail_unless (gst_buffer_get_numpro_meta (original.get ()) == nullptr);
  fail_unless (picture_of (out.get (), info) == stamped_picture (original.get (), info));
}
GST_END_TEST;

GST_START_TEST (test_shallow_copy_released)
{
  const GstVideoInfo info = info_from (kCaps);
  Harness harness = make_harness ();
  Buffer original = plain_frame (info);
  const Bytes expected = stamped_picture (original.get (), info);
  GstBuffer *copy = gst_buffer_copy (original.get ());
  original.reset ();
  GstMemory *memory = gst_buffer_peek_memory (copy, 0);

  const Buffer out = stamp (harness.get (), copy);
  fail_unless (out.get () == copy);
  fail_unless (gst_buffer_peek_memory (out.get (), 0) == memory);
  fail_unless (picture_of (out.get (), info) == expected);
}
GST_END_TEST;

GST_START_TEST (test_readonly_memory)
{
  const GstVideoInfo info = info_from (kCaps);
  Harness harness = make_harness ();
  Bytes pixels (info.size, 0x60);
  const Bytes before = pixels;
  GstBuffer *buffer =
      gst_buffer_new_wrapped_full (GST_MEMORY_FLAG_READONLY, pixels.data (), pixels.size (), 0,
                                   pixels.size (), nullptr, nullptr);
  const Buffer out = stamp (harness.get (), buffer);
  fail_unless (pixels == before, "read-only memory was written to");
  fail_unless (picture_of (out.get (), info) == stamped_picture (plain_frame (info).get (), info));
}
GST_END_TEST;

GST_START_TEST (test_one_memory_per_plane)
{
  const GstVideoInfo info = info_from (kCaps);
  Harness harness = make_harness ();
  // The meta of a decoder's frame may include what the caps cut off.
  const int meta_width = __i__ ? 80 : 64, meta_height = __i__ ? 64 : 48;
  const Buffer model = frame_of_planes (info, meta_width, meta_height);
  const Bytes unstamped = picture_of (model.get (), info);
  const Bytes expected = stamped_picture (model.get (), info);
  fail_if (expected == unstamped);

  // Nobody else's: drawn on where they are, strides and all.
  Buffer own = frame_of_planes (info, meta_width, meta_height);
  const std::set<GstMemory *> memories = memories_of (own.get ());
  const Buffer in_place = stamp (harness.get (), own.release ());
  fail_unless (memories_of (in_place.get ()) == memories, "a frame of its own was copied");
  fail_unless (picture_of (in_place.get (), info) == expected);

  // The buffer is shared.
  g_signal_emit_by_name (harness->element, "reset");
  Buffer held = frame_of_planes (info, meta_width, meta_height);
  const Buffer copied = stamp (harness.get (), gst_buffer_ref (held.get ()));
  fail_unless (picture_of (held.get (), info) == unstamped, "ink on a shared frame");
  fail_unless (picture_of (copied.get (), info) == expected);

  // One plane of it is shared.
  g_signal_emit_by_name (harness->element, "reset");
  Buffer partly = frame_of_planes (info, meta_width, meta_height);
  Buffer holder (gst_buffer_new ());
  gst_buffer_append_memory (holder.get (), gst_buffer_get_memory (partly.get (), 2));
  const Bytes plane = bytes_of (holder.get ());
  const Buffer unshared = stamp (harness.get (), partly.release ());
  fail_unless (bytes_of (holder.get ()) == plane, "ink on a shared plane");
  fail_unless (picture_of (unshared.get (), info) == expected);
}
GST_END_TEST;

GST_START_TEST (test_copy_keeps_all)
{
  const GstVideoInfo info = info_from (kCaps);
  Harness harness = make_harness ();
  Buffer original = plain_frame (info);
  GST_BUFFER_PTS (original.get ()) = 123 * GST_MSECOND;
  GST_BUFFER_DTS (original.get ()) = 121 * GST_MSECOND;
  GST_BUFFER_DURATION (original.get ()) = 37 * GST_MSECOND;
  GST_BUFFER_OFFSET (original.get ()) = 5555;
  GST_BUFFER_OFFSET_END (original.get ()) = 5556;
  GST_BUFFER_FLAG_SET (original.get (), GST_BUFFER_FLAG_MARKER);
  GST_BUFFER_FLAG_SET (original.get (), GST_BUFFER_FLAG_DISCONT);
  GST_BUFFER_FLAG_SET (original.get (), GST_VIDEO_BUFFER_FLAG_TFF);
  Caps reference (gst_caps_new_empty_simple ("timestamp/x-ntp"));
  gst_buffer_add_reference_timestamp_meta (original.get (), reference.get (), 987654321, 42);
  note_info ();
  GstCustomMeta *note = gst_buffer_add_custom_meta (original.get (), "SharingTestNote");
  gst_structure_set (gst_custom_meta_get_structure (note), "text", G_TYPE_STRING, "kept", nullptr);
  gst_buffer_add_video_region_of_interest_meta (original.get (), "face", 1, 2, 3, 4);

  const Buffer out = stamp (harness.get (), gst_buffer_ref (original.get ()));
  fail_if (out == original);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (out.get ()), 123 * GST_MSECOND);
  fail_unless_equals_uint64 (GST_BUFFER_DTS (out.get ()), 121 * GST_MSECOND);
  fail_unless_equals_uint64 (GST_BUFFER_DURATION (out.get ()), 37 * GST_MSECOND);
  fail_unless_equals_uint64 (GST_BUFFER_OFFSET (out.get ()), 5555);
  fail_unless_equals_uint64 (GST_BUFFER_OFFSET_END (out.get ()), 5556);
  fail_unless (GST_BUFFER_FLAG_IS_SET (out.get (), GST_BUFFER_FLAG_MARKER));
  fail_unless (GST_BUFFER_FLAG_IS_SET (out.get (), GST_BUFFER_FLAG_DISCONT));
  fail_unless (GST_BUFFER_FLAG_IS_SET (out.get (), GST_VIDEO_BUFFER_FLAG_TFF));
  const GstReferenceTimestampMeta *timestamp =
      gst_buffer_get_reference_timestamp_meta (out.get (), reference.get ());
  fail_unless (timestamp != nullptr);
  fail_unless_equals_uint64 (timestamp->timestamp, 987654321);
  fail_unless_equals_uint64 (timestamp->duration, 42);
  note = gst_buffer_get_custom_meta (out.get (), "SharingTestNote");
  fail_unless (note != nullptr);
  fail_unless_equals_string (
      gst_structure_get_string (gst_custom_meta_get_structure (note), "text"), "kept");
  fail_unless (gst_buffer_get_n_meta (out.get (), GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE) == 1);
  fail_unless (gst_buffer_get_numpro_meta (out.get ()) != nullptr);
}
GST_END_TEST;

GST_START_TEST (test_unshared_in_place)
{
  const GstVideoInfo info = info_from (kCaps);
  Harness harness = make_harness ();
  for (int i = 0; i < 5; ++i) {
    GstBuffer *in = plain_frame (info).release ();
    const std::set<GstMemory *> memories = memories_of (in);
    const Bytes before = bytes_of (in);
    const Buffer out = stamp (harness.get (), in);
    fail_unless (out.get () == in, "a buffer of its own was replaced");
    fail_unless (memories_of (out.get ()) == memories, "memory of its own was replaced");
    fail_if (bytes_of (out.get ()) == before, "nothing drawn");
  }
}
GST_END_TEST;

GST_START_TEST (test_silent_shares)
{
  const GstVideoInfo info = info_from (kCaps);
  Harness harness = make_harness ();
  g_object_set (harness->element, "silent", TRUE, nullptr);
  Buffer held = plain_frame (info);
  const Bytes before = bytes_of (held.get ());
  const Buffer out = stamp (harness.get (), gst_buffer_ref (held.get ()));
  fail_unless (memories_of (out.get ()) == memories_of (held.get ()), "pixels copied for nothing");
  fail_unless (bytes_of (held.get ()) == before);
  fail_unless (gst_buffer_get_numpro_meta (out.get ()) != nullptr);
  fail_unless (gst_buffer_get_numpro_meta (held.get ()) == nullptr, "a shared buffer got a meta");
}
GST_END_TEST;

GST_START_TEST (test_copies_come_back)
{
  const GstVideoInfo info = info_from (kCaps);
  Harness harness = make_harness ();
  Buffer held = plain_frame (info);
  const Bytes before = bytes_of (held.get ());
  std::set<GstMemory *> memories;
  std::set<GstBufferPool *> pools;
  for (int i = 0; i < 20; ++i) {
    const Buffer out = stamp (harness.get (), gst_buffer_ref (held.get ()));
    memories.insert (gst_buffer_peek_memory (out.get (), 0));
    pools.insert (out->pool);
    fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (out.get ())->number, i);
    fail_unless (gst_buffer_get_n_meta (out.get (), GST_NUMPRO_META_API_TYPE) == 1);
    // Ink of the copy's last use must not shine through.
    const Bytes expected = [&] {
      Harness fresh (gst_harness_new_parse (("numproverlay start=" + std::to_string (i)).c_str ()));
      gst_harness_set_src_caps_str (fresh.get (), kCaps);
      return picture_of (stamp (fresh.get (), plain_frame (info).release ()).get (), info);
    }();
    fail_unless (picture_of (out.get (), info) == expected, "frame %d", i);
  }
  fail_unless (bytes_of (held.get ()) == before);
  fail_unless (memories.size () <= 2, "%zu memories for one frame at a time", memories.size ());
  // An allocator may hand out the same address again and again: a pool is what saves its work.
  fail_unless (pools.size () == 1 && *pools.begin () != nullptr, "copies are of no pool");
}
GST_END_TEST;

static Suite *sharing_suite ()
{
  Suite *suite = suite_create ("sharing");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_tee_raw_branch, 0, G_N_ELEMENTS (kFormats));
  tcase_add_loop_test (tcase, test_tee_two_looks, 0, G_N_ELEMENTS (kFormats));
  tcase_add_test (tcase, test_shallow_copy);
  tcase_add_test (tcase, test_shallow_copy_released);
  tcase_add_test (tcase, test_readonly_memory);
  tcase_add_loop_test (tcase, test_one_memory_per_plane, 0, 2);
  tcase_add_test (tcase, test_copy_keeps_all);
  tcase_add_test (tcase, test_unshared_in_place);
  tcase_add_test (tcase, test_silent_shares);
  tcase_add_test (tcase, test_copies_come_back);
  return suite;
}

GST_CHECK_MAIN (sharing)
