/* SPDX-License-Identifier: LGPL-2.1-or-later */

// The number of a frame on its way from numproverlay to whoever asks for it.
//
// test_api: a meta API with tags, which converters then throw away.
// test_buffer_copies: a transform function that forgets a field or refuses partial copies.
// test_elements_keep_it: the same through real elements, each with its own rule about which metas
//   survive a change of size, format, crop or place.
// test_tee: one branch that sees the other's number, or none.
// test_videorate_duplicates: repeated frames that lose the number or get another picture's.
// test_time_slots: slot bounds that are off by rounding in time numbering.
// test_silent: a silent overlay that attaches nothing, or draws.
// test_restamping: a second overlay that adds a meta instead of replacing the first one, or keeps
//   the first one's look.
// test_add_replaces: the same on the level of the API.

#include <gst/numpro/numpro.h>

#include <array>
#include <string>
#include <vector>

#include "tests/support/handles.h"
#include "tests/support/pipeline.h"
#include "tests/support/pixels.h"

namespace {

struct Fields {
  guint64 number = 0, slot = 0;
  GstClockTime start = 0, duration = 0;
  guint32 color = 0xffff0000;
  GstNumproHAlign halign = GST_NUMPRO_HALIGN_RIGHT;
  GstNumproVAlign valign = GST_NUMPRO_VALIGN_BOTTOM;
};

// No field has the value that it would have in a new meta.
constexpr Fields kUnusual = {
    3, 17, 1234567891, 987654321, 0x8012ab34, GST_NUMPRO_HALIGN_CENTER, GST_NUMPRO_VALIGN_TOP};

// What is drawn, where, and on which frame.
using Drawing = std::array<guint, 15>;

Drawing drawing_of (const GstNumproMeta &meta)
{
  return {meta.look.stamp,
          static_cast<guint> (meta.x),
          static_cast<guint> (meta.y),
          meta.width,
          meta.height,
          static_cast<guint> (meta.ink_x),
          static_cast<guint> (meta.ink_y),
          meta.ink_width,
          meta.ink_height,
          meta.digit_height,
          meta.frame_width,
          meta.frame_height,
          meta.frame_par_n,
          meta.frame_par_d,
          meta.frame_orientation};
}

constexpr Drawing kUnusualDrawing = {
    GST_NUMPRO_STAMP_CLOCK, G_MAXUINT32, 7, 61, 23, 2, 9, 51, 18, 19, 163, 121, 16, 15, 3};

void assert_fields (GstBuffer *buffer, const Fields &expected, const char *where)
{
  fail_unless (gst_buffer_get_n_meta (buffer, GST_NUMPRO_META_API_TYPE) == 1, "%s: %u metas", where,
               gst_buffer_get_n_meta (buffer, GST_NUMPRO_META_API_TYPE));
  const GstNumproMeta *meta = gst_buffer_get_numpro_meta (buffer);
  fail_unless (meta->number == expected.number, "%s: number %" G_GUINT64_FORMAT, where,
               meta->number);
  fail_unless (meta->slot == expected.slot, "%s: slot %" G_GUINT64_FORMAT, where, meta->slot);
  fail_unless (meta->slot_start == expected.start, "%s: slot_start %" G_GUINT64_FORMAT, where,
               meta->slot_start);
  fail_unless (meta->slot_duration == expected.duration, "%s: slot_duration %" G_GUINT64_FORMAT,
               where, meta->slot_duration);
  fail_unless (meta->look.color == expected.color, "%s: color %08x", where, meta->look.color);
  fail_unless (meta->look.halign == expected.halign, "%s: halign %d", where, meta->look.halign);
  fail_unless (meta->look.valign == expected.valign, "%s: valign %d", where, meta->look.valign);
}

Buffer unusual_buffer ()
{
  Buffer buffer (gst_buffer_new_allocate (nullptr, 100, nullptr));
  GstNumproMeta *meta = gst_buffer_add_numpro_meta (buffer.get (), kUnusual.number, kUnusual.slot,
                                                    kUnusual.start, kUnusual.duration);
  meta->look.color = kUnusual.color;
  meta->look.halign = kUnusual.halign;
  meta->look.valign = kUnusual.valign;
  meta->look.stamp = GST_NUMPRO_STAMP_CLOCK;
  meta->x = -1;
  meta->y = 7;
  meta->width = 61;
  meta->height = 23;
  meta->ink_x = 2;
  meta->ink_y = 9;
  meta->ink_width = 51;
  meta->ink_height = 18;
  meta->digit_height = 19;
  meta->frame_width = 163;
  meta->frame_height = 121;
  meta->frame_par_n = 16;
  meta->frame_par_d = 15;
  meta->frame_orientation = 3;
  return buffer;
}

// Numbers that wrap, two frames each, in a look that is not the default.
constexpr const char *kSource =
    "videotestsrc num-buffers=12 ! video/x-raw,format=I420,width=64,height=48,framerate=10/1 ! "
    "numproverlay start=5 every=2 wrap=7 color=0xc000ff00 halignment=left valignment=center ";

Fields nth_of_source (guint64 i)
{
  const guint64 slot = 5 + i / 2;
  return {slot % 7,
          slot,
          i / 2 * 200 * GST_MSECOND,
          200 * GST_MSECOND,
          0xc000ff00,
          GST_NUMPRO_HALIGN_LEFT,
          GST_NUMPRO_VALIGN_CENTER};
}

void assert_all_of_source (const std::vector<Buffer> &frames, const char *where)
{
  fail_unless (frames.size () == 12, "%s: %zu frames", where, frames.size ());
  for (guint64 i = 0; i < frames.size (); ++i)
    assert_fields (frames[i].get (), nth_of_source (i), where);
}

constexpr const char *kSurvivors[] = {
    "identity",
    "queue",
    "videoconvert ! video/x-raw,format=RGB",
    "videoconvert ! video/x-raw,format=NV12 ! videoconvert ! video/x-raw,format=v210",
    "videoscale ! video/x-raw,width=160,height=120",
    "videoconvertscale ! video/x-raw,format=GRAY8,width=16,height=16",
    "videocrop left=8 bottom=16",
    "videoflip method=clockwise",
    "videobalance saturation=0",
    "videobox border-alpha=0 top=-8",
    "gamma gamma=2",
    "capssetter caps=video/x-raw,framerate=20/1",
    "textoverlay text=x",
    "clockoverlay",
};

}  // namespace

GST_START_TEST (test_api)
{
  const gchar *const *tags = gst_meta_api_type_get_tags (GST_NUMPRO_META_API_TYPE);
  fail_unless (tags == nullptr || tags[0] == nullptr);
  fail_unless_equals_string (g_type_name (GST_NUMPRO_META_API_TYPE), "GstNumproMetaAPI");
  const GstMetaInfo *info = GST_NUMPRO_META_INFO;
  fail_unless (gst_meta_get_info ("GstNumproMeta") == info);

  Buffer buffer (gst_buffer_new ());
  fail_unless (gst_buffer_get_numpro_meta (buffer.get ()) == nullptr);
}
GST_END_TEST;

GST_START_TEST (test_buffer_copies)
{
  Buffer original = unusual_buffer ();

  Buffer shallow (gst_buffer_copy (original.get ()));
  assert_fields (shallow.get (), kUnusual, "gst_buffer_copy");
  Buffer deep (gst_buffer_copy_deep (original.get ()));
  assert_fields (deep.get (), kUnusual, "gst_buffer_copy_deep");
  Buffer part (gst_buffer_copy_region (original.get (), GST_BUFFER_COPY_ALL, 10, 20));
  fail_unless_equals_uint64 (gst_buffer_get_size (part.get ()), 20);
  assert_fields (part.get (), kUnusual, "gst_buffer_copy_region");

  Buffer empty (gst_buffer_new ());
  fail_unless (
      gst_buffer_copy_into (empty.get (), original.get (), GST_BUFFER_COPY_METADATA, 0, -1));
  assert_fields (empty.get (), kUnusual, "gst_buffer_copy_into");

  GstBuffer *held = gst_buffer_ref (original.get ());
  Buffer writable (gst_buffer_make_writable (held));
  fail_if (writable == original);
  assert_fields (writable.get (), kUnusual, "gst_buffer_make_writable");
  for (const Buffer *copy : {&shallow, &deep, &part, &empty, &writable})
    fail_unless (drawing_of (*gst_buffer_get_numpro_meta (copy->get ())) == kUnusualDrawing);

  // A copy's number is its own.
  gst_buffer_add_numpro_meta (shallow.get (), 99, 99, 0, 0);
  assert_fields (original.get (), kUnusual, "the original of a changed copy");
}
GST_END_TEST;

GST_START_TEST (test_elements_keep_it)
{
  const char *element = kSurvivors[__i__];
  assert_all_of_source (play (std::string (kSource) + " ! " + element + " ! appsink name=out"),
                        element);
}
GST_END_TEST;

GST_START_TEST (test_tee)
{
  Pipeline pipeline (std::string (kSource) +
                     " ! tee name=t  t. ! queue ! appsink name=a "
                     "t. ! queue ! numproverlay silent=true start=100 ! appsink name=b "
                     "t. ! queue ! videoscale ! video/x-raw,width=32,height=32 ! "
                     "appsink name=c");
  pipeline.run ();
  assert_all_of_source (pipeline.pull_all ("a"), "plain branch");
  assert_all_of_source (pipeline.pull_all ("c"), "scaled branch");
  const std::vector<Buffer> restamped = pipeline.pull_all ("b");
  fail_unless (restamped.size () == 12);
  for (guint64 i = 0; i < restamped.size (); ++i)
    assert_fields (restamped[i].get (),
                   {100 + i, 100 + i, i * 100 * GST_MSECOND, 100 * GST_MSECOND},
                   "restamped branch");
}
GST_END_TEST;

GST_START_TEST (test_videorate_duplicates)
{
  constexpr guint64 kFrames = 8;
  Pipeline pipeline (
      "videotestsrc pattern=ball num-buffers=8 ! "
      "video/x-raw,format=I420,width=64,height=48,framerate=10/1 ! numproverlay start=40 ! "
      "tee name=t  t. ! queue ! appsink name=before "
      "t. ! queue ! videorate ! video/x-raw,framerate=30/1 ! appsink name=after");
  pipeline.run ();
  const std::vector<Bytes> before = bytes_of (pipeline.pull_all ("before"));
  const std::vector<Buffer> after = pipeline.pull_all ("after");
  fail_unless (before.size () == kFrames);
  fail_unless (after.size () >= 2 * kFrames, "%zu frames: nothing was repeated", after.size ());

  guint64 next = 0;
  for (const Buffer &buffer : after) {
    const GstNumproMeta *meta = gst_buffer_get_numpro_meta (buffer.get ());
    fail_unless (meta != nullptr);
    const guint64 i = meta->number - 40;
    fail_unless (i == next || i + 1 == next, "number %" G_GUINT64_FORMAT " out of turn",
                 meta->number);
    next = i + 1;
    fail_unless (bytes_of (buffer.get ()) == before.at (i), "picture of another number");
    assert_fields (buffer.get (), {40 + i, 40 + i, i * 100 * GST_MSECOND, 100 * GST_MSECOND},
                   "repeated frame");
  }
  fail_unless_equals_uint64 (next, kFrames);
}
GST_END_TEST;

GST_START_TEST (test_time_slots)
{
  const std::vector<Buffer> frames = play (
      "videotestsrc num-buffers=31 ! "
      "video/x-raw,format=GRAY8,width=64,height=48,framerate=30000/1001 ! "
      "numproverlay numbering=time rate=3/1 start=7 ! appsink name=out");
  fail_unless (frames.size () == 31);
  for (const Buffer &buffer : frames) {
    // A third of a second is no whole number of nanoseconds: slots begin at the first whole one.
    const guint64 k = GST_BUFFER_PTS (buffer.get ()) * 3 / GST_SECOND;
    const GstClockTime begin = (k * GST_SECOND + 2) / 3, end = ((k + 1) * GST_SECOND + 2) / 3;
    // 333.3 ms fall between frames at 333.67 and 300.3 ms, far from the millisecond of grace.
    assert_fields (buffer.get (), {7 + k, 7 + k, begin, end - begin, 0xffffffff}, "time slot");
  }
}
GST_END_TEST;

GST_START_TEST (test_silent)
{
  const std::string source =
      "videotestsrc num-buffers=3 ! video/x-raw,format=I420,width=64,height=48,framerate=10/1 ! ";
  const std::string sink = "appsink name=out";
  const std::vector<Buffer> silent =
      play (source + "numproverlay silent=true start=8 color=0xff0000ff valignment=top ! " + sink);
  fail_unless (silent.size () == 3);
  fail_unless (bytes_of (silent) == bytes_of (play (source + sink)), "a silent overlay drew");
  fail_if (bytes_of (silent) == bytes_of (play (source + "numproverlay ! " + sink)));
  for (guint64 i = 0; i < silent.size (); ++i) {
    assert_fields (silent[i].get (),
                   {8 + i, 8 + i, i * 100 * GST_MSECOND, 100 * GST_MSECOND, 0xff0000ff,
                    GST_NUMPRO_HALIGN_RIGHT, GST_NUMPRO_VALIGN_TOP},
                   "silent");
  }
}
GST_END_TEST;

GST_START_TEST (test_restamping)
{
  const std::vector<Buffer> frames =
      play (std::string (kSource) +
            " ! numproverlay start=300 color=0xff0000ff halignment=center valignment=top ! "
            "appsink name=out");
  fail_unless (frames.size () == 12);
  for (guint64 i = 0; i < frames.size (); ++i) {
    assert_fields (frames[i].get (),
                   {300 + i, 300 + i, i * 100 * GST_MSECOND, 100 * GST_MSECOND, 0xff0000ff,
                    GST_NUMPRO_HALIGN_CENTER, GST_NUMPRO_VALIGN_TOP},
                   "restamped");
  }
}
GST_END_TEST;

GST_START_TEST (test_add_replaces)
{
  Buffer buffer = unusual_buffer ();
  GstNumproMeta *first = gst_buffer_get_numpro_meta (buffer.get ());
  GstNumproMeta *second = gst_buffer_add_numpro_meta (buffer.get (), 1, 2, 3, 4);
  fail_unless (first == second);
  assert_fields (buffer.get (), {1, 2, 3, 4, kUnusual.color, kUnusual.halign, kUnusual.valign},
                 "replaced");
  fail_unless (gst_buffer_remove_meta (buffer.get (), &second->meta));
  fail_unless (gst_buffer_get_numpro_meta (buffer.get ()) == nullptr);
  gst_buffer_add_numpro_meta (buffer.get (), 1, 2, 3, 4);
  assert_fields (buffer.get (), {1, 2, 3, 4}, "a new meta has the paper's look");
  fail_unless (drawing_of (*gst_buffer_get_numpro_meta (buffer.get ())) == Drawing{},
               "a new meta knows where a number is");
}
GST_END_TEST;

static Suite *meta_suite ()
{
  Suite *suite = suite_create ("meta");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_api);
  tcase_add_test (tcase, test_buffer_copies);
  tcase_add_loop_test (tcase, test_elements_keep_it, 0, G_N_ELEMENTS (kSurvivors));
  tcase_add_test (tcase, test_tee);
  tcase_add_test (tcase, test_videorate_duplicates);
  tcase_add_test (tcase, test_time_slots);
  tcase_add_test (tcase, test_silent);
  tcase_add_test (tcase, test_restamping);
  tcase_add_test (tcase, test_add_replaces);
  return suite;
}

GST_CHECK_MAIN (meta)
