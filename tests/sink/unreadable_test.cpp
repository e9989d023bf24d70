/* SPDX-License-Identifier: LGPL-2.1-or-later */

// Numbers that a model cannot read, or not on the frames: told once, and the ledger, from which the
// prompt is made, says what the pictures show.
//
// test_drawn_otherwise: frames that show no number, or another thing, taken for frames that do; a
//   warning for each of them; none at all.
// test_on_purpose: a warning about what somebody wants.
// test_lost_on_the_way: a number that was cropped away, covered, recoloured or turned, asked about.
// test_kept_on_the_way: a number that is there taken for lost, because the frames have another
// size,
//   shape or format, or it is on a ground of any colour.
// test_turned, test_turned_upright: a number that lies on its side taken for one that is cropped or
//   covered, or for one that can be read; one that was turned upright taken for one that lies.
// test_cut_off: a number of which a part was cropped away taken for a whole one, at any edge, or a
//   whole one for a part because the frame was cropped elsewhere.
// test_bordered: a number that borders moved taken for a part or for lost.
// test_partly_covered: a number of which a part is covered taken for a whole one.
// test_thin: strokes that are mixed with their outline and with the ground taken for covered, and
//   those that are covered taken for mixed.
// test_colors: a colour told that the pictures do not show.
// test_small, test_large: digits too small to be read that nobody tells, or that are not.
// test_recalled: frames of several looks recalled as if they had that of the first.
// test_damage: a batch that ends at a single frame that was damaged; numbers told as drawn that
// have
//   been covered for long, or as covered when they are back.

#include <gst/video/video.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <set>

#include "tests/support/sinkpipeline.h"

namespace {

constexpr char kFrames[] = "videotestsrc pattern=ball num-buffers=12 ! video/x-raw,format=";
constexpr char kColor[] = "I420,width=640,height=360,framerate=10/1 ! ";

std::string frames (const std::string &rest)
{
  return std::string (kFrames) + kColor + rest;
}

// What is told of a stream, and what its ledgers say.
struct Told {
  std::vector<std::string> warnings;
  std::vector<GstNumproLook> looks;  // of each batch
};

Told play (const std::string &source, const std::string &properties = "batch-size=4",
           const std::function<void (SinkPipeline &)> &prepare = {})
{
  SinkPipeline pipeline (source, properties + " max-batches=20");
  if (prepare)
    prepare (pipeline);
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  Told told;
  while (const Batch batch = pipeline.pull (0))
    told.looks.push_back (*gst_numpro_ledger_get_look (gst_numpro_batch_get_ledger (batch.get ())));
  pipeline.stop ();
  told.warnings = pipeline.warnings ();
  return told;
}

// One warning in all, and every batch with this.
void require (const Told &told, const char *warning, GstNumproStamp stamp, const std::string &what)
{
  const std::string all = told.warnings.empty () ? "none" : told.warnings.back ();
  fail_unless (told.warnings.size () == (warning ? 1 : 0), "%s: %d warnings, %s", what.c_str (),
               static_cast<int> (told.warnings.size ()), all.c_str ());
  fail_unless (!warning || all.find (warning) != std::string::npos, "%s: %s", what.c_str (),
               all.c_str ());
  fail_unless_equals_int (told.looks.size (), 3);
  for (const GstNumproLook &look : told.looks)
    fail_unless (look.stamp == stamp, "%s: stamp %d", what.c_str (), look.stamp);
}

// Paints over the number of I420 frames that are chosen by their count, from 0.
struct Cover {
  std::set<int> frames;
  int count = 0;

  static GstPadProbeReturn paint (GstPad *, GstPadProbeInfo *info, gpointer data)
  {
    auto *self = static_cast<Cover *> (data);
    auto *buffer = gst_buffer_make_writable (static_cast<GstBuffer *> (info->data));
    info->data = buffer;
    GstMapInfo map;
    if (self->frames.contains (self->count++) && gst_buffer_map (buffer, &map, GST_MAP_WRITE)) {
      std::fill (map.data, map.data + map.size, 128);
      gst_buffer_unmap (buffer, &map);
    }
    return GST_PAD_PROBE_OK;
  }

  void begin (SinkPipeline &pipeline)
  {
    GstPad *pad = gst_element_get_static_pad (pipeline.sink (), "sink");
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, paint, this, nullptr);
    gst_object_unref (pad);
  }
};

}  // namespace

GST_START_TEST (test_drawn_otherwise)
{
  const struct {
    const char *overlay, *warning;
    GstNumproStamp stamp;
  } kCases[] = {
      {"silent=true", "No numbers are drawn on the frames", GST_NUMPRO_STAMP_NONE},
      {"color=0", "No numbers are drawn on the frames", GST_NUMPRO_STAMP_NONE},
      {"stamp=seconds", "Set stamp=number", GST_NUMPRO_STAMP_SECONDS},
      {"stamp=clock", "Set stamp=number", GST_NUMPRO_STAMP_CLOCK},
      {"start=1234567 font-size=150", "reaches over the edge", GST_NUMPRO_STAMP_NONE},
      {"deltay=60", "reaches over the edge", GST_NUMPRO_STAMP_NONE},
      {"deltax=2000", "reaches over the edge", GST_NUMPRO_STAMP_NONE},
  };
  for (const auto &row : kCases)
    require (play (frames (std::string ("numproverlay ") + row.overlay)), row.warning, row.stamp,
             row.overlay);
}
GST_END_TEST

GST_START_TEST (test_on_purpose)
{
  for (const auto &[overlay, stamp] :
       {std::pair{"silent=true", GST_NUMPRO_STAMP_NONE}, {"stamp=clock", GST_NUMPRO_STAMP_CLOCK}})
    require (
        play (frames (std::string ("numproverlay ") + overlay), "batch-size=4 image-label=number"),
        nullptr, stamp, overlay);
}
GST_END_TEST

GST_START_TEST (test_lost_on_the_way)
{
  const struct {
    const char *elements, *warning;
  } kCases[] = {
      {"videocrop right=200", "640x360, and on those of 440x360"},
      {"videocrop bottom=60", "640x360, and on those of 640x300"},
      {"videocrop top=20 bottom=100 left=10 right=10", "640x360, and on those of 620x240"},
      {"videocrop right=320 ! videoscale ! video/x-raw,width=480,height=540",
       "and on those of 480x540"},
      // In the shape that it had.
      {"videocrop left=64 right=64 top=36 bottom=36", "crops or turns"},
      // In another shape, of as many pixels.
      {"videocrop right=320 ! videoscale add-borders=false ! video/x-raw,width=640,height=360",
       "crops or turns"},
      {"videobalance saturation=0", "recolours"},
  };
  for (const auto &row : kCases)
    require (play (frames (std::string ("numproverlay ! ") + row.elements)), row.warning,
             GST_NUMPRO_STAMP_NONE, row.elements);
  Cover all{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}};
  require (play (frames ("numproverlay"), "batch-size=4",
                 [&all] (SinkPipeline &pipeline) { all.begin (pipeline); }),
           "covers", GST_NUMPRO_STAMP_NONE, "covered");
}
GST_END_TEST

GST_START_TEST (test_kept_on_the_way)
{
  const struct {
    const char *source, *properties;
  } kCases[] = {
      {"I420,width=640,height=360,framerate=10/1 ! numproverlay", ""},
      {"I420,width=640,height=360,framerate=10/1 ! numproverlay ! videoscale ! "
       "video/x-raw,width=427,height=240",
       ""},
      {"I420,width=640,height=360,framerate=10/1 ! numproverlay ! videoscale ! "
       "video/x-raw,width=336,height=336",  // pixels that are not square
       ""},
      {"I420,width=640,height=360,framerate=10/1 ! numproverlay ! videoscale ! "
       "video/x-raw,width=640,height=640,pixel-aspect-ratio=1/1",  // between borders
       ""},
      {"I420,width=720,height=576,framerate=10/1,pixel-aspect-ratio=16/15 ! numproverlay ! "
       "videoscale ! video/x-raw,width=768,height=576,pixel-aspect-ratio=1/1",
       ""},
      {"I420,width=640,height=360,framerate=10/1 ! numproverlay ! videocrop left=100 top=40", ""},
      {"I420,width=640,height=360,framerate=10/1 ! numproverlay ! videobox top=-20 left=-10", ""},
      {"NV12,width=641,height=361,framerate=10/1 ! numproverlay ! videoconvert ! "
       "video/x-raw,format=RGB",
       ""},
      {"I420,width=640,height=360,framerate=10/1,colorimetry=bt709 ! numproverlay", "max-edge=320"},
      {"I420,width=640,height=360,framerate=10/1 ! numproverlay color=0xa00000ff", ""},
      {"I420,width=640,height=360,framerate=10/1 ! numproverlay color=0 outline-width=2", ""},
      {"I420,width=640,height=360,framerate=10/1 ! numproverlay start=11111 color=0xff0000ff", ""},
      {"I420,width=640,height=360,framerate=10/1 ! numproverlay ! jpegenc quality=20 ! jpegdec",
       ""},
      {"v210,width=640,height=360,framerate=10/1 ! numproverlay", "max-edge=0"},
      {"GRAY8,width=640,height=360,framerate=10/1 ! numproverlay ! videoconvert ! "
       "video/x-raw,format=I420",
       ""},
      {"GRAY8,width=640,height=360,framerate=10/1 ! numproverlay color=0xff00ff00", ""},
      {"RGB,width=640,height=360,framerate=10/1 ! numproverlay ! videoconvert ! "
       "video/x-raw,format=GRAY16_LE",
       ""},
  };
  for (const auto &row : kCases) {
    for (const char *pattern : {"smpte", "zone-plate kx2=12 ky2=12 kt=3", "white"})
      require (play ("videotestsrc num-buffers=12 pattern=" + std::string (pattern) +
                         " ! video/x-raw,format=" + row.source,
                     std::string ("batch-size=4 ") + row.properties),
               nullptr, GST_NUMPRO_STAMP_NUMBER, row.source);
  }
}
GST_END_TEST

GST_START_TEST (test_colors)
{
  constexpr char kSize[] = ",width=640,height=360,framerate=10/1 ! ";
  const struct {
    const char *format, *elements;
    guint32 color;
  } kCases[] = {
      {"I420", "numproverlay", 0xffff0000},
      {"GRAY8", "numproverlay", 0xffffffff},
      {"GRAY8", "numproverlay color=0xffff0000", 0xff4c4c4c},
      {"GRAY8", "numproverlay color=0xffff0000 ! videoconvert ! video/x-raw,format=RGB",
       0xff4c4c4c},
      {"RGB", "numproverlay ! videoconvert ! video/x-raw,format=GRAY8", 0xff4c4c4c},
  };
  for (const auto &row : kCases) {
    const Told told = play (std::string (kFrames) + row.format + kSize + row.elements);
    require (told, nullptr, GST_NUMPRO_STAMP_NUMBER, row.elements);
    for (const GstNumproLook &look : told.looks)
      fail_unless (look.color == row.color, "%s: %08x", row.elements, look.color);
  }
}
GST_END_TEST

GST_START_TEST (test_small)
{
  const struct {
    const char *caps, *overlay, *properties;
    std::vector<const char *> said;
  } kCases[] = {
      // A thermal camera, and a panorama.
      {"GRAY8,width=160,height=120", "", "", {"Digits are 10 pixels", "1.6 times", "font-size"}},
      {"I420,width=7680,height=1920", "", "", {"Digits are 15 pixels", "max-edge", "font-size"}},
      {"I420,width=640,height=360",
       "",
       "max-edge=240",
       {"Digits are 12 pixels", "1.4 times", "max-edge", "reference-height"}},
      {"I420,width=640,height=360", "", "max-edge=240 layout=grid", {"Digits are 12 pixels"}},
      {"I420,width=640,height=360",
       "reference-height=0 font-size=15",
       "",
       {"Digits are 11 pixels"}},
      // Too small to look for.
      {"I420,width=64,height=48", "", "", {"Digits are 6 pixels"}},
  };
  for (const auto &row : kCases) {
    const Told told =
        play (std::string (kFrames) + row.caps + ",framerate=10/1 ! numproverlay " + row.overlay,
              std::string ("batch-size=4 ") + row.properties);
    for (const char *words : row.said)
      require (told, words, GST_NUMPRO_STAMP_NUMBER, row.caps);
    const bool is_scaled = std::string (row.properties).find ("max-edge") != std::string::npos ||
                           std::string (row.caps).find ("7680") != std::string::npos;
    fail_unless ((told.warnings[0].find ("max-edge") != std::string::npos) == is_scaled, "%s",
                 told.warnings[0].c_str ());
  }
}
GST_END_TEST

GST_START_TEST (test_large)
{
  for (const char *caps : {"I420,width=320,height=240", "NV12,width=1920,height=1080",
                           "I420,width=336,height=336", "I420,width=1080,height=1920"})
    require (play (std::string (kFrames) + caps + ",framerate=10/1 ! numproverlay"), nullptr,
             GST_NUMPRO_STAMP_NUMBER, caps);
  require (play (frames ("numproverlay"), "batch-size=4 max-edge=320"), nullptr,
           GST_NUMPRO_STAMP_NUMBER, "as small as may be");
}
GST_END_TEST

GST_START_TEST (test_damage)
{
  Cover few{{2, 3, 7}};
  require (play (frames ("numproverlay"), "batch-size=4",
                 [&few] (SinkPipeline &pipeline) { few.begin (pipeline); }),
           nullptr, GST_NUMPRO_STAMP_NUMBER, "damaged");

  Cover many{{2, 3, 4, 5, 6}};
  const Told told = play (frames ("numproverlay"), "batch-size=12",
                          [&many] (SinkPipeline &pipeline) { many.begin (pipeline); });
  fail_unless_equals_int (told.warnings.size (), 1);
  fail_unless_equals_int (told.looks.size (), 3);
  fail_unless (told.looks[0].stamp == GST_NUMPRO_STAMP_NUMBER);
  fail_unless (told.looks[1].stamp == GST_NUMPRO_STAMP_NONE);
  fail_unless (told.looks[2].stamp == GST_NUMPRO_STAMP_NUMBER);
}
GST_END_TEST

GST_START_TEST (test_recalled)
{
  SinkPipeline pipeline (frames ("numproverlay name=overlay"), "batch-size=12 max-batches=20");
  Cover late{{6, 7, 8, 9, 10, 11}};
  late.begin (pipeline);
  pipeline.play ();
  pipeline.wait_for (GST_MESSAGE_EOS);
  const auto stamp_between = [&pipeline] (GstClockTime from, GstClockTime to) {
    GstNumproBatch *recalled = nullptr;
    g_signal_emit_by_name (pipeline.sink (), "pull-history", from, to, &recalled);
    const Batch batch (recalled);
    fail_unless (batch != nullptr);
    return gst_numpro_ledger_get_look (gst_numpro_batch_get_ledger (batch.get ()))->stamp;
  };
  fail_unless (stamp_between (0, GST_SECOND / 2) == GST_NUMPRO_STAMP_NUMBER);
  fail_unless (stamp_between (GST_SECOND / 2, GST_SECOND * 6 / 5) == GST_NUMPRO_STAMP_NONE);
  fail_unless (stamp_between (0, GST_SECOND * 6 / 5) == GST_NUMPRO_STAMP_NONE);
  pipeline.stop ();
}
GST_END_TEST

GST_START_TEST (test_turned)
{
  const struct {
    const char *direction, *how;
  } kTurns[] = {{"90r", "lie on their side"},   {"90l", "lie on their side"},
                {"ul-lr", "lie on their side"}, {"ur-ll", "lie on their side"},
                {"180", "are upside down"},     {"horiz", "are mirrored"},
                {"vert", "are mirrored"}};
  for (const auto &turn : kTurns) {
    for (const char *corner : {"right valignment=bottom", "left valignment=top"}) {
      for (const char *then : {"", " ! videoscale ! video/x-raw,width=300,height=300"}) {
        const std::string elements = std::string ("numproverlay start=10 halignment=") + corner +
                                     " ! videoflip video-direction=" + turn.direction + then;
        require (play (frames (elements)), turn.how, GST_NUMPRO_STAMP_NONE, elements);
      }
    }
  }
  // In the same place, but longer than it was wide.
  require (play (frames ("numproverlay start=10 halignment=center valignment=center ! "
                         "videoflip video-direction=90r")),
           "lie on their side", GST_NUMPRO_STAMP_NONE, "center");
  // Only players turn it.
  require (play (frames ("numproverlay ! taginject tags=image-orientation=rotate-90")),
           "lie on their side", GST_NUMPRO_STAMP_NONE, "a tag");
}
GST_END_TEST

GST_START_TEST (test_turned_upright)
{
  for (const char *tag : {"rotate-90", "rotate-180", "rotate-270", "flip-rotate-0",
                          "flip-rotate-90", "flip-rotate-180", "flip-rotate-270"}) {
    for (const char *corner : {"right valignment=bottom", "left valignment=center"}) {
      const std::string stamped = std::string ("taginject tags=image-orientation=") + tag +
                                  " ! numproverlay start=10 halignment=" + corner;
      for (const char *then : {"", " ! videoflip video-direction=auto",
                               " ! videoflip video-direction=auto ! videoscale add-borders=true ! "
                               "video/x-raw,width=500,height=400,pixel-aspect-ratio=1/1"})
        require (play (frames (stamped + then)), nullptr, GST_NUMPRO_STAMP_NUMBER, stamped + then);
    }
  }
}
GST_END_TEST

// A half of its height or width where that is the edge that it stands at, and nothing elsewhere.
GST_START_TEST (test_cut_off)
{
  for (const char *halign : {"left", "right"}) {
    for (const char *valign : {"top", "bottom"}) {
      for (const char *crop : {"left=32", "right=32", "top=20", "bottom=20"}) {
        const std::string stamped = std::string ("numproverlay start=10 halignment=") + halign +
                                    " valignment=" + valign + " ! videocrop " + crop;
        const std::string edge (crop, std::strcspn (crop, "="));
        const bool is_cut = edge == halign || edge == valign;
        // Into the shape that it had, and with a border in place of what is gone.
        for (const std::string &then : {std::string (),
                                        std::string (" ! videoscale add-borders=false ! "
                                                     "video/x-raw,width=640,height=360"),
                                        " ! videobox " + edge + "=-" + (crop + edge.size () + 1)})
          require (play (frames (stamped + then)),
                   is_cut ? "A part of the digits is missing" : nullptr,
                   is_cut ? GST_NUMPRO_STAMP_NONE : GST_NUMPRO_STAMP_NUMBER, stamped + then);
      }
    }
  }
  // Of its margin alone.
  require (play (frames ("numproverlay ! videocrop bottom=3 right=2")), nullptr,
           GST_NUMPRO_STAMP_NUMBER, "margin");
  require (play (frames ("numproverlay start=10 halignment=center ! "
                         "aspectratiocrop aspect-ratio=4/3")),
           nullptr, GST_NUMPRO_STAMP_NUMBER, "aspect ratio");
  const Told told = play (frames ("numproverlay start=10 ! videocrop bottom=20"));
  require (told, "from 640x360 to 640x340", GST_NUMPRO_STAMP_NONE, "sizes");
}
GST_END_TEST

GST_START_TEST (test_bordered)
{
  for (const char *border : {"bottom=-40 right=-40", "top=-40", "left=-70 right=-10", "top=-200",
                             "top=20 bottom=-20 left=10", "left=-40 right=40 top=-90 bottom=90"}) {
    const std::string stamped =
        std::string ("numproverlay start=10 halignment=left ! videobox ") + border;
    const bool is_lost = std::string (border).ends_with ("bottom=90");
    require (play (frames (stamped)), is_lost ? "crops or turns" : nullptr,
             is_lost ? GST_NUMPRO_STAMP_NONE : GST_NUMPRO_STAMP_NUMBER, stamped);
  }
}
GST_END_TEST

GST_START_TEST (test_partly_covered)
{
  // A ticker over the lower half of the digits.
  require (play (frames ("numproverlay start=10 ! videocrop bottom=20 ! "
                         "videobox fill=green bottom=-20")),
           "something covers the rest", GST_NUMPRO_STAMP_NONE, "ticker");
}
GST_END_TEST

GST_START_TEST (test_thin)
{
  for (const char *font : {"DejaVu Sans ExtraLight", "DejaVu Sans", "DejaVu Sans Bold"}) {
    for (const char *look :
         {"font-size=14", "font-size=16 outline-width=4", "font-size=20 outline-width=8",
          "font-size=40 outline-width=4", "font-size=16 outline-width=4 outline-color=0xffffffff",
          "font-size=16 outline-width=4 color=0xff00ff00",
          "font-size=16 outline-width=4 color=0xffffffff"}) {
      const std::string stamped =
          std::string ("numproverlay start=10 font-desc=\"") + font + "\" " + look;
      const auto require_sight = [&] (const Told &told, bool is_covered) {
        const bool is_told =
            std::any_of (told.warnings.begin (), told.warnings.end (), [] (const auto &warning) {
              return warning.find ("something covers") != std::string::npos;
            });
        fail_unless (is_told == is_covered, "%s: %d", stamped.c_str (), is_told);
        for (const GstNumproLook &seen : told.looks)
          fail_unless ((seen.stamp == GST_NUMPRO_STAMP_NONE) == is_covered, "%s", stamped.c_str ());
      };
      require_sight (play (frames (stamped)), false);
      Cover all{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}};
      require_sight (play (frames (stamped), "batch-size=4",
                           [&all] (SinkPipeline &pipeline) { all.begin (pipeline); }),
                     true);
    }
  }
}
GST_END_TEST

static Suite *unreadable_suite ()
{
  Suite *suite = suite_create ("unreadable");
  TCase *tcase = tcase_create ("unreadable");
  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_drawn_otherwise);
  tcase_add_test (tcase, test_on_purpose);
  tcase_add_test (tcase, test_lost_on_the_way);
  tcase_add_test (tcase, test_kept_on_the_way);
  tcase_add_test (tcase, test_turned);
  tcase_add_test (tcase, test_turned_upright);
  tcase_add_test (tcase, test_cut_off);
  tcase_add_test (tcase, test_bordered);
  tcase_add_test (tcase, test_partly_covered);
  tcase_add_test (tcase, test_thin);
  tcase_add_test (tcase, test_colors);
  tcase_add_test (tcase, test_small);
  tcase_add_test (tcase, test_large);
  tcase_add_test (tcase, test_recalled);
  tcase_add_test (tcase, test_damage);
  return suite;
}

GST_CHECK_MAIN (unreadable)
