/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A random walk over caps, properties and buffers of a numproverlay. Whatever comes, a frame is
// stamped or refused with an element error, no byte outside it changes, and GStreamer has nothing
// to complain about. The same seed walks the same way.
//
//   overlay-walk [SEED [STEPS]]

#include <gst/numpro/numpro.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include "randomwalk.h"
#include "tests/support/overlaystream.h"

namespace {

constexpr guint8 kGuard = 0xa5;
constexpr gsize kGuardBytes = 256;

class Walk
{
 public:
  explicit Walk (guint32 seed) : random_ (seed) { start_again (); }

  void step ()
  {
    switch (pick (8)) {
      case 0:
        if (pick (10) == 0)
          start_again ();
        change_caps ();
        break;
      case 1:
      case 2:
        change_property ();
        break;
      case 3:
        if (pick (5) == 0)
          g_signal_emit_by_name (stream_->element (), "reset");
        break;
      default:
        push_frame ();
        break;
    }
  }

  bool report () const
  {
    std::printf ("%d frames, %d refused\n", static_cast<int> (frames_),
                 static_cast<int> (refused_));
    return frames_ > 0;
  }

 private:
  guint32 pick (guint32 below) { return static_cast<guint32> (random_ () % below); }

  void start_again ()
  {
    static const char *const kNumberings[] = {"numbering=count", "numbering=count every=3 wrap=10",
                                              "numbering=time rate=30000/1001",
                                              "numbering=time rate=1/7 start=18446744073709551610"};
    stream_ = std::make_unique<OverlayStream> (kNumberings[pick (G_N_ELEMENTS (kNumberings))]);
    change_caps ();
  }

  void change_caps ()
  {
    guint n = 0;
    const GstVideoFormat *formats = gst_video_formats_raw (&n);
    const GstVideoFormat format = formats[pick (n)];
    const int largest = pick (20) == 0 ? 3000 : 400;
    const int width = 1 + static_cast<int> (pick (static_cast<guint32> (largest)));
    const int height = 1 + static_cast<int> (pick (static_cast<guint32> (largest)));
    const char *colorimetry = "";
    if (GST_VIDEO_FORMAT_INFO_IS_YUV (gst_video_format_get_info (format)) && pick (2) == 0)
      colorimetry = pick (2) ? "bt709" : "1:4:0:0";
    info_ = video_info (
        format, width, height, colorimetry,
        pick (4) ? GST_VIDEO_INTERLACE_MODE_PROGRESSIVE : GST_VIDEO_INTERLACE_MODE_INTERLEAVED);
    if (pick (4) == 0)
      info_.fps_n = 0;
    stream_->set_caps (info_);
  }

  void change_property ()
  {
    guint n = 0;
    GObjectClass *object_class = G_OBJECT_GET_CLASS (stream_->element ());
    GParamSpec **specs = g_object_class_list_properties (object_class, &n);
    const GParamSpec *spec = specs[pick (n)];
    if (spec->flags & GST_PARAM_CONTROLLABLE)
      set_random (spec);
    g_free (specs);
  }

  void set_random (const GParamSpec *spec)
  {
    static const char *const kFonts[] = {
        "DejaVu Sans Bold",     "DejaVu Serif Italic 12", "Sans", "No Such Font", "",
        "monospace,serif Bold", "\xf0\x9f\x98\x80"};
    static const char *const kOutlines[] = {"auto", "auto", "none", "3.5", "-1", "No Outline", ""};
    GObject *element = G_OBJECT (stream_->element ());
    const char *name = spec->name;
    if (G_IS_PARAM_SPEC_BOOLEAN (spec)) {
      g_object_set (element, name, static_cast<gboolean> (pick (2)), nullptr);
    } else if (G_IS_PARAM_SPEC_ENUM (spec)) {
      g_object_set (element, name, static_cast<gint> (pick (3)), nullptr);
    } else if (std::strcmp (name, "outline") == 0) {
      g_object_set (element, name, kOutlines[pick (G_N_ELEMENTS (kOutlines))], nullptr);
    } else if (G_IS_PARAM_SPEC_STRING (spec)) {
      g_object_set (element, name, kFonts[pick (G_N_ELEMENTS (kFonts))], nullptr);
    } else if (G_IS_PARAM_SPEC_DOUBLE (spec)) {
      const GParamSpecDouble *range = G_PARAM_SPEC_DOUBLE (spec);
      const double largest = pick (20) ? std::min (range->maximum, 60.0) : range->maximum;
      g_object_set (element, name, range->minimum + (largest - range->minimum) * pick (1000) / 999,
                    nullptr);
    } else if (G_IS_PARAM_SPEC_INT (spec)) {
      const GParamSpecInt *range = G_PARAM_SPEC_INT (spec);
      const int near = static_cast<int> (pick (400)) - 200;
      g_object_set (element, name,
                    std::clamp (pick (20) ? near : near * 1000, range->minimum, range->maximum),
                    nullptr);
    } else if (G_IS_PARAM_SPEC_UINT (spec)) {
      const GParamSpecUInt *range = G_PARAM_SPEC_UINT (spec);
      const guint any = static_cast<guint> (random_ ());
      g_object_set (element, name,
                    std::clamp (pick (2) ? any : any % 700, range->minimum, range->maximum),
                    nullptr);
    }
  }

  // A frame between guard bytes, with long rows.
  GstBuffer *make_frame ()
  {
    gsize offset[GST_VIDEO_MAX_PLANES] = {};
    gint stride[GST_VIDEO_MAX_PLANES] = {};
    const int padding = static_cast<int> (pick (3)) * 64;
    gsize size = kGuardBytes;
    for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (&info_); ++p) {
      // A tiled plane's stride counts tiles, an index plane's palette has none.
      const bool plain = !GST_VIDEO_FORMAT_INFO_IS_TILED (info_.finfo) &&
                         !GST_VIDEO_FORMAT_INFO_HAS_PALETTE (info_.finfo);
      stride[p] = GST_VIDEO_INFO_PLANE_STRIDE (&info_, p) + (plain ? padding : 0);
      offset[p] = plain ? size : kGuardBytes + GST_VIDEO_INFO_PLANE_OFFSET (&info_, p);
      size = plain ? size + static_cast<gsize> (stride[p]) * GST_VIDEO_INFO_HEIGHT (&info_)
                   : kGuardBytes + info_.size;
    }
    GstBuffer *frame = gst_buffer_new_allocate (nullptr, size + kGuardBytes, nullptr);
    gst_buffer_memset (frame, 0, kGuard, size + kGuardBytes);
    gst_buffer_add_video_meta_full (frame, GST_VIDEO_FRAME_FLAG_NONE,
                                    GST_VIDEO_INFO_FORMAT (&info_),
                                    static_cast<guint> (GST_VIDEO_INFO_WIDTH (&info_)),
                                    static_cast<guint> (GST_VIDEO_INFO_HEIGHT (&info_)),
                                    GST_VIDEO_INFO_N_PLANES (&info_), offset, stride);
    GST_BUFFER_PTS (frame) =
        pick (20) ? static_cast<GstClockTime> (random_ ()) * 1000 : GST_CLOCK_TIME_NONE;
    return frame;
  }

  void push_frame ()
  {
    BufferPtr kept;
    GstBuffer *frame = make_frame ();
    if (pick (4) == 0)
      kept.reset (pick (2) ? gst_buffer_ref (frame) : gst_buffer_copy (frame));
    const std::vector<guint8> before = kept ? bytes_of (kept.get ()) : std::vector<guint8> ();

    const bool has_time = GST_BUFFER_PTS_IS_VALID (frame);
    BufferPtr stamped (stream_->push (frame));
    ++frames_;
    if (kept)
      require (bytes_of (kept.get ()) == before, "a frame that others hold was written to");
    if (!stamped) {
      ++refused_;
      require (!has_time, "a good frame was refused");
      start_again ();
      return;
    }
    require (gst_buffer_get_numpro_meta (stamped.get ()) != nullptr, "a frame has no number");
    if (!kept)
      require_guards (bytes_of (stamped.get ()));
  }

  void require_guards (const std::vector<guint8> &bytes)
  {
    const auto is_guard = [] (guint8 byte) { return byte == kGuard; };
    require (std::all_of (bytes.begin (), bytes.begin () + kGuardBytes, is_guard) &&
                 std::all_of (bytes.end () - kGuardBytes, bytes.end (), is_guard),
             "bytes outside the frame changed");
  }

  void require (bool condition, const char *otherwise)
  {
    if (condition)
      return;
    std::fprintf (stderr, "frame %d, %s %dx%d: %s\n", static_cast<int> (frames_),
                  GST_VIDEO_INFO_NAME (&info_), GST_VIDEO_INFO_WIDTH (&info_),
                  GST_VIDEO_INFO_HEIGHT (&info_), otherwise);
    std::abort ();
  }

  std::minstd_rand random_;
  std::unique_ptr<OverlayStream> stream_;
  GstVideoInfo info_;
  guint64 frames_ = 0, refused_ = 0;
};

}  // namespace

int main (int argc, char **argv)
{
  return run_random_walk<Walk> (argc, argv, 4000);
}
