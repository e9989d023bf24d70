/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Frames that the CPU does not reach (GL, VA, ...): the number travels beside the pixels.
//
// test_rectangle: a rectangle at another place, of another size or of another colour than the ink
//   that the same settings draw on a frame in system memory.
// test_premultiplied: pixels that are not multiplied with their alpha though they say so: a bright
//   fringe around every digit.
// test_pixels_untouched: mapping a frame that cannot be mapped, or replacing it by a copy.
// test_shared_buffer: a composition attached to a buffer that others hold.
// test_upstream_composition: throwing away what others attached, covering the number with it, or
//   changing a composition that other buffers share.
// test_feature_already_there: caps whose feature is added twice or refused.
// test_system_memory_with_feature: attaching where a recording needs the number in the pixels.
// test_peer_without_composition: a number that is lost without a word.
// test_silent: an empty rectangle, or one that covers nothing but costs a blend.
// test_same_number_same_rectangle: a new upload of the same picture for every frame.
// test_outline: an outline that is chosen by what cannot be read, or a contrast that is made up.
// test_stats: attached frames that count as drawn on.

#include <gst/numpro/numpro.h>
#include <gst/video/video.h>

#include <string>
#include <vector>

#include "tests/support/handles.h"
#include "tests/support/pixels.h"

// Memory like a GPU's: it can be passed on and nothing else. Declared outside the anonymous
// namespace for the sake of GObject's macros.
#define FAKE_TYPE_ALLOCATOR (fake_allocator_get_type ())
G_DECLARE_FINAL_TYPE (FakeAllocator, fake_allocator, FAKE, ALLOCATOR, GstAllocator)
struct _FakeAllocator {
  GstAllocator parent;
};
G_DEFINE_TYPE (FakeAllocator, fake_allocator, GST_TYPE_ALLOCATOR)

static int mapped_times;

static void fake_allocator_class_init (FakeAllocatorClass *klass)
{
  GstAllocatorClass *allocator_class = GST_ALLOCATOR_CLASS (klass);
  allocator_class->alloc = [] (GstAllocator *allocator, gsize size, GstAllocationParams *) {
    auto *memory = g_new0 (GstMemory, 1);
    gst_memory_init (memory, GST_MEMORY_FLAG_NO_SHARE, allocator, nullptr, size, 0, 0, size);
    return memory;
  };
  allocator_class->free = [] (GstAllocator *, GstMemory *memory) { g_free (memory); };
}

static void fake_allocator_init (FakeAllocator *self)
{
  GstAllocator *allocator = GST_ALLOCATOR (self);
  allocator->mem_type = "Fake";
  allocator->mem_map = [] (GstMemory *, gsize, GstMapFlags) -> gpointer {
    ++mapped_times;
    return nullptr;
  };
  allocator->mem_unmap = [] (GstMemory *) {};
  allocator->mem_copy = [] (GstMemory *, gssize, gssize) -> GstMemory * {
    fail ("memory was copied");
    return nullptr;
  };
  allocator->mem_share = allocator->mem_copy;
  GST_OBJECT_FLAG_SET (allocator, GST_ALLOCATOR_FLAG_CUSTOM_ALLOC);
}

namespace {

constexpr int kWidth = 320, kHeight = 240;
constexpr const char *kRest = ", format=NV12, width=320, height=240, framerate=25/1";

std::string caps_of (const char *features)
{
  return std::string ("video/x-raw") + features + kRest;
}

const std::string kFake = caps_of ("(memory:Fake)");
const std::string kFakeComposed = caps_of ("(memory:Fake, meta:GstVideoOverlayComposition)");

Harness make_harness (const std::string &overlay = "numproverlay", const std::string &up = kFake)
{
  Harness harness (gst_harness_new_parse (overlay.c_str ()));
  gst_harness_set_caps_str (harness.get (), up.c_str (), kFakeComposed.c_str ());
  return harness;
}

GstElement *overlay_of (const Harness &harness)
{
  return gst_harness_find_element (harness.get (), "numproverlay");
}

Buffer fake_frame ()
{
  std::unique_ptr<GstAllocator, Freer<gst_object_unref>> allocator (
      GST_ALLOCATOR (g_object_ref_sink (g_object_new (FAKE_TYPE_ALLOCATOR, nullptr))));
  Buffer buffer (gst_buffer_new ());
  gst_buffer_append_memory (
      buffer.get (), gst_allocator_alloc (allocator.get (), kWidth * kHeight * 3 / 2, nullptr));
  return buffer;
}

Buffer stamp (const Harness &harness, GstBuffer *buffer)
{
  Buffer out (gst_harness_push_and_pull (harness.get (), buffer));
  fail_unless (out != nullptr, "no buffer came out");
  return out;
}

GstVideoOverlayComposition *composition_of (const Buffer &buffer)
{
  const GstVideoOverlayCompositionMeta *meta =
      gst_buffer_get_video_overlay_composition_meta (buffer.get ());
  fail_unless (meta != nullptr, "no composition");
  return meta->overlay;
}

// The number's own rectangle: the uppermost.
GstVideoOverlayRectangle *rectangle_of (const Buffer &buffer)
{
  GstVideoOverlayComposition *composition = composition_of (buffer);
  return gst_video_overlay_composition_get_rectangle (
      composition, gst_video_overlay_composition_n_rectangles (composition) - 1);
}

const GstVideoInfo &picture_info ()
{
  static const GstVideoInfo info =
      info_from ("video/x-raw, format=RGB, width=320, height=240, framerate=25/1");
  return info;
}

// A composition as its viewer sees it, on grey.
Bytes blended (GstVideoOverlayComposition *composition)
{
  const Buffer canvas = plain_frame (picture_info ());
  GstVideoFrame frame;
  GstVideoInfo info = picture_info ();
  fail_unless (gst_video_frame_map (&frame, &info, canvas.get (), GST_MAP_READWRITE));
  fail_unless (gst_video_overlay_composition_blend (composition, &frame));
  gst_video_frame_unmap (&frame);
  return bytes_of (canvas.get ());
}

// What the same overlay draws on grey where it can.
Bytes drawn (const std::string &overlay)
{
  Harness harness (gst_harness_new_parse (overlay.c_str ()));
  gst_harness_set_src_caps_str (harness.get (),
                                "video/x-raw, format=RGB, width=320, height=240, framerate=25/1");
  return bytes_of (stamp (harness, plain_frame (picture_info ()).release ()).get ());
}

// Largest difference of a colour channel.
int difference (const Bytes &a, const Bytes &b)
{
  fail_unless_equals_uint64 (a.size (), b.size ());
  int largest = 0;
  for (std::size_t i = 0; i < a.size (); ++i)
    largest = std::max (largest, std::abs (int{a[i]} - int{b[i]}));
  return largest;
}

constexpr const char *kLooks[] = {
    "numproverlay",
    "numproverlay start=1234",
    "numproverlay start=56 halignment=left valignment=top xpad=11 ypad=7",
    "numproverlay start=7 halignment=center valignment=center deltax=-9 deltay=13",
    "numproverlay start=890 font-size=80 color=0x8000ff20",
    "numproverlay start=4 outline-width=3 outline-color=0xffffffff shaded-background=true",
    "numproverlay start=4 outline=auto color=0xffffffff",
    // Sticks out at the edge.
    "numproverlay start=321 deltax=20 deltay=10",
    "numproverlay start=321 halignment=left valignment=top deltax=-10 deltay=-10",
};

Buffer with_upstream_rectangle (GstVideoOverlayComposition **composition)
{
  const int size = 16;
  Buffer pixels (gst_buffer_new_allocate (nullptr, size * size * 4, nullptr));
  gst_buffer_memset (pixels.get (), 0, 0xff, size * size * 4);
  gst_buffer_add_video_meta (pixels.get (), GST_VIDEO_FRAME_FLAG_NONE,
                             GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, size, size);
  GstVideoOverlayRectangle *rectangle = gst_video_overlay_rectangle_new_raw (
      pixels.get (), kWidth - size, kHeight - size, size, size, GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE);
  *composition = gst_video_overlay_composition_new (rectangle);
  gst_video_overlay_rectangle_unref (rectangle);
  Buffer buffer = fake_frame ();
  gst_buffer_add_video_overlay_composition_meta (buffer.get (), *composition);
  return buffer;
}

}  // namespace

GST_START_TEST (test_rectangle)
{
  const char *look = kLooks[__i__];
  const Harness harness = make_harness (look);
  const Buffer out = stamp (harness, fake_frame ().release ());
  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles (composition_of (out)), 1);

  const Bytes attached = blended (composition_of (out));
  const Bytes painted = drawn (look);
  fail_if (painted == bytes_of (plain_frame (picture_info ()).get ()), "%s: nothing drawn", look);
  // Blending in two steps rounds twice.
  const int off = difference (attached, painted);
  fail_unless (off <= 3, "%s: differs by %d", look, off);
}
GST_END_TEST;

GST_START_TEST (test_premultiplied)
{
  const Harness harness = make_harness ("numproverlay start=8 color=0x80ff0000");
  const Buffer out = stamp (harness, fake_frame ().release ());
  GstVideoOverlayRectangle *rectangle = rectangle_of (out);
  fail_unless (gst_video_overlay_rectangle_get_flags (rectangle) ==
               GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
  GstBuffer *pixels = gst_video_overlay_rectangle_get_pixels_unscaled_argb (
      rectangle, GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
  const GstVideoMeta *meta = gst_buffer_get_video_meta (pixels);
  fail_unless (meta != nullptr);

  gint x, y;
  guint width, height;
  gst_video_overlay_rectangle_get_render_rectangle (rectangle, &x, &y, &width, &height);
  fail_unless_equals_int (width, meta->width);
  fail_unless_equals_int (height, meta->height);
  fail_unless_equals_int (x + static_cast<int> (width), kWidth);
  fail_unless_equals_int (y + static_cast<int> (height), kHeight);

  guint full = 0, edge = 0;
  const Bytes bytes = bytes_of (pixels);
  for (std::size_t i = 0; i < bytes.size (); i += 4) {
    guint32 argb;
    memcpy (&argb, &bytes[i], 4);
    const guint alpha = G_BYTE_ORDER == G_LITTLE_ENDIAN ? argb >> 24 : argb & 0xff;
    const guint red = G_BYTE_ORDER == G_LITTLE_ENDIAN ? argb >> 16 & 0xff : argb >> 8 & 0xff;
    const int others =
        bytes[i] + bytes[i + 1] + bytes[i + 2] + bytes[i + 3] - static_cast<int> (alpha + red);
    fail_unless_equals_int (others, 0);
    // Red times alpha is alpha; the two are rounded apart.
    fail_unless (red <= alpha + 1 && alpha <= red + 1, "alpha %u and red %u", alpha, red);
    fail_unless (alpha <= 0x81, "alpha %u", alpha);
    full += alpha >= 0x7f;
    edge += alpha > 0 && alpha < 0x7f;
  }
  fail_unless (full > 100, "%u pixels full of ink", full);
  fail_unless (edge > 20, "%u pixels on edges", edge);
}
GST_END_TEST;

GST_START_TEST (test_pixels_untouched)
{
  mapped_times = 0;
  const Harness harness = make_harness ("numproverlay start=41");
  for (guint64 i = 0; i < 5; ++i) {
    GstBuffer *in = fake_frame ().release ();
    const GstMemory *memory = gst_buffer_peek_memory (in, 0);
    const Buffer out = stamp (harness, in);
    fail_unless (out.get () == in);
    fail_unless (gst_buffer_peek_memory (out.get (), 0) == memory);
    fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (out.get ())->number, 41 + i);
  }
  fail_unless_equals_int (mapped_times, 0);
}
GST_END_TEST;

GST_START_TEST (test_shared_buffer)
{
  mapped_times = 0;
  const Harness harness = make_harness ();
  const Buffer held = fake_frame ();
  GST_BUFFER_PTS (held.get ()) = 77;
  // NO_SHARE memory is copied by gst_buffer_copy (); a decoder's frames are not of that kind.
  GST_MINI_OBJECT_FLAG_UNSET (gst_buffer_peek_memory (held.get (), 0), GST_MEMORY_FLAG_NO_SHARE);
  const Buffer out = stamp (harness, gst_buffer_ref (held.get ()));
  fail_if (out == held);
  fail_unless (gst_buffer_peek_memory (out.get (), 0) == gst_buffer_peek_memory (held.get (), 0));
  fail_unless (gst_buffer_get_video_overlay_composition_meta (held.get ()) == nullptr);
  fail_unless (gst_buffer_get_numpro_meta (held.get ()) == nullptr);
  fail_unless_equals_uint64 (GST_BUFFER_PTS (out.get ()), 77);
  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles (composition_of (out)), 1);
  fail_unless_equals_int (mapped_times, 0);
}
GST_END_TEST;

GST_START_TEST (test_upstream_composition)
{
  const Harness harness = make_harness ("numproverlay", kFakeComposed);
  GstVideoOverlayComposition *upstream = nullptr;
  Buffer in = with_upstream_rectangle (&upstream);
  GstVideoOverlayRectangle *below = gst_video_overlay_composition_get_rectangle (upstream, 0);
  const Buffer out = stamp (harness, in.release ());

  GstVideoOverlayComposition *both = composition_of (out);
  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles (both), 2);
  const auto pixels_of = [] (GstVideoOverlayRectangle *rectangle) {
    return gst_video_overlay_rectangle_get_pixels_unscaled_raw (rectangle,
                                                                GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE);
  };
  fail_unless (pixels_of (gst_video_overlay_composition_get_rectangle (both, 0)) ==
               pixels_of (below));
  fail_unless_equals_int (
      gst_buffer_get_n_meta (out.get (), GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE), 1);
  // Other buffers may have the same composition: it is as it was.
  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles (upstream), 1);

  // Red over white, not white over red: the number reads as it would alone.
  const Bytes alone = drawn ("numproverlay");
  const Bytes together = blended (both);
  for (std::size_t i = 0; i < alone.size (); i += 3) {
    if (alone[i] == 255 && alone[i + 2] == 0)
      fail_unless (together[i] >= 252 && together[i + 2] <= 3, "ink is covered");
  }
  gst_video_overlay_composition_unref (upstream);
}
GST_END_TEST;

GST_START_TEST (test_feature_already_there)
{
  const Harness harness = make_harness ("numproverlay", kFakeComposed);
  const Buffer out = stamp (harness, fake_frame ().release ());
  fail_unless_equals_int (gst_video_overlay_composition_n_rectangles (composition_of (out)), 1);
  std::unique_ptr<GstPad, Freer<gst_object_unref>> pad (
      gst_element_get_static_pad (overlay_of (harness), "src"));
  Caps caps (gst_pad_get_current_caps (pad.get ()));
  const GstCapsFeatures *features = gst_caps_get_features (caps.get (), 0);
  fail_unless_equals_int (gst_caps_features_get_size (features), 2);
}
GST_END_TEST;

GST_START_TEST (test_system_memory_with_feature)
{
  const std::string caps =
      "video/x-raw(memory:SystemMemory, meta:GstVideoOverlayComposition), "
      "format=RGB, width=320, height=240, framerate=25/1";
  const Harness harness (gst_harness_new ("numproverlay"));
  gst_harness_set_caps_str (harness.get (), caps.c_str (), caps.c_str ());
  const Buffer out = stamp (harness, plain_frame (picture_info ()).release ());
  fail_unless (bytes_of (out.get ()) == drawn ("numproverlay"));
  fail_unless (gst_buffer_get_video_overlay_composition_meta (out.get ()) == nullptr);
}
GST_END_TEST;

GST_START_TEST (test_peer_without_composition)
{
  const Harness harness (gst_harness_new ("numproverlay"));
  gst_harness_set_caps_str (harness.get (), kFake.c_str (), kFake.c_str ());
  fail_unless_equals_int (gst_harness_push (harness.get (), fake_frame ().release ()),
                          GST_FLOW_NOT_NEGOTIATED);
  fail_unless_equals_uint64 (stat (overlay_of (harness), "frames"), 0);
}
GST_END_TEST;

GST_START_TEST (test_silent)
{
  const Harness harness = make_harness ("numproverlay silent=true start=6");
  const Buffer out = stamp (harness, fake_frame ().release ());
  fail_unless (gst_buffer_get_video_overlay_composition_meta (out.get ()) == nullptr);
  fail_unless_equals_uint64 (gst_buffer_get_numpro_meta (out.get ())->number, 6);
  fail_unless_equals_uint64 (stat (overlay_of (harness), "attached-as-meta"), 0);
}
GST_END_TEST;

GST_START_TEST (test_same_number_same_rectangle)
{
  const Harness harness = make_harness ("numproverlay every=2");
  const Buffer frame0 = stamp (harness, fake_frame ().release ());
  const Buffer frame1 = stamp (harness, fake_frame ().release ());
  const Buffer frame2 = stamp (harness, fake_frame ().release ());
  // Sinks recognise a picture that they have on the GPU already by its sequence number.
  const guint seqnum = gst_video_overlay_rectangle_get_seqnum (rectangle_of (frame0));
  fail_unless_equals_int (gst_video_overlay_rectangle_get_seqnum (rectangle_of (frame1)), seqnum);
  fail_if (gst_video_overlay_rectangle_get_seqnum (rectangle_of (frame2)) == seqnum);

  // A new look is a new picture, though the number is the same.
  g_object_set (overlay_of (harness), "color", 0xff0000ffu, nullptr);
  const Buffer frame3 = stamp (harness, fake_frame ().release ());
  fail_if (gst_video_overlay_rectangle_get_seqnum (rectangle_of (frame3)) ==
           gst_video_overlay_rectangle_get_seqnum (rectangle_of (frame2)));
  const int off = difference (blended (composition_of (frame3)),
                              drawn ("numproverlay start=1 color=0xff0000ff"));
  fail_unless (off <= 3, "differs by %d", off);
}
GST_END_TEST;

GST_START_TEST (test_outline)
{
  struct Case {
    const char *look, *same;
    double contrast;
  };
  constexpr Case kCases[] = {
      {"outline=auto", "outline=2", 5.25},
      {"outline=auto color=0xffffffff", "color=0xffffffff outline=2", 21},
      {"outline=auto color=0xff000000", "color=0xff000000 outline=2 outline-color=0xffffffff", 21},
      {"outline=none", "outline=none", 0},
      {"outline=2 outline-color=0x40ffffff", "outline=2 outline-color=0x40ffffff", 0},
  };
  for (const Case &c : kCases) {
    const Harness harness = make_harness (std::string ("numproverlay ") + c.look);
    const Buffer out = stamp (harness, fake_frame ().release ());
    const int off =
        difference (blended (composition_of (out)), drawn (std::string ("numproverlay ") + c.same));
    fail_unless (off <= 3, "%s differs by %d", c.look, off);
    const Structure stats (property<GstStructure *> (overlay_of (harness), "stats"));
    double contrast = -1;
    fail_unless (gst_structure_get_double (stats.get (), "contrast", &contrast));
    fail_unless (std::abs (contrast - c.contrast) < 0.01, "%s: %.2f", c.look, contrast);
  }
}
GST_END_TEST;

GST_START_TEST (test_stats)
{
  const Harness harness = make_harness ();
  for (int i = 0; i < 5; ++i) {
    g_object_set (overlay_of (harness), "silent", i == 2, nullptr);
    stamp (harness, fake_frame ().release ());
  }
  fail_unless_equals_uint64 (stat (overlay_of (harness), "frames"), 5);
  fail_unless_equals_uint64 (stat (overlay_of (harness), "attached-as-meta"), 4);
  fail_unless_equals_uint64 (stat (overlay_of (harness), "stamped"), 0);
}
GST_END_TEST;

static Suite *composition_suite ()
{
  Suite *suite = suite_create ("composition");
  TCase *tcase = tcase_create ("general");
  suite_add_tcase (suite, tcase);
  tcase_add_loop_test (tcase, test_rectangle, 0, G_N_ELEMENTS (kLooks));
  tcase_add_test (tcase, test_premultiplied);
  tcase_add_test (tcase, test_pixels_untouched);
  tcase_add_test (tcase, test_shared_buffer);
  tcase_add_test (tcase, test_upstream_composition);
  tcase_add_test (tcase, test_feature_already_there);
  tcase_add_test (tcase, test_system_memory_with_feature);
  tcase_add_test (tcase, test_peer_without_composition);
  tcase_add_test (tcase, test_silent);
  tcase_add_test (tcase, test_same_number_same_rectangle);
  tcase_add_test (tcase, test_outline);
  tcase_add_test (tcase, test_stats);
  return suite;
}

GST_CHECK_MAIN (composition)
