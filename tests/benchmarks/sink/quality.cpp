/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "feed.h"
#include "imageway.h"
#include "measurements.h"
#include "opencvimages.h"
#include "rgbimage.h"
#include "scene.h"
#include "scratchdirectory.h"
#include "stampedring.h"

namespace fs = std::filesystem;

namespace numpro::bench {

namespace {

constexpr FrameKind kKind{GST_VIDEO_FORMAT_I420, 1920, 1080};
constexpr unsigned kScenes = 6;
constexpr const char *kCorrected =
    "videorate ! videoscale ! jpegenc ! multifilesink, read as limited-range video";

// What images are made of, and what they should look like: scenes, and at the end the chart.
struct Material {
  std::vector<BufferPtr> frames;
  std::vector<Area> digits;      // of each scene, in the frame
  std::vector<RgbImage> scenes;  // in full size
};

Area scaled (const Area &area, const FrameKind &image)
{
  return {area.left * image.width / kKind.width, area.top * image.height / kKind.height,
          std::min ((area.right * image.width + kKind.width - 1) / kKind.width, image.width),
          std::min ((area.bottom * image.height + kKind.height - 1) / kKind.height, image.height)};
}

// Where brightness changed.
Area changed (GstBuffer *before, GstBuffer *after)
{
  GstMapInfo a, b;
  gst_buffer_map (before, &a, GST_MAP_READ);
  gst_buffer_map (after, &b, GST_MAP_READ);
  Area area{kKind.width, kKind.height, 0, 0};
  for (int y = 0; y < kKind.height; ++y) {
    for (int x = 0; x < kKind.width; ++x) {
      const std::size_t at = static_cast<std::size_t> (y) * kKind.width + x;
      if (a.data[at] != b.data[at]) {
        area = {std::min (area.left, x), std::min (area.top, y), std::max (area.right, x + 1),
                std::max (area.bottom, y + 1)};
      }
    }
  }
  gst_buffer_unmap (after, &b);
  gst_buffer_unmap (before, &a);
  return area;
}

Material make_material ()
{
  const Scene scene (kKind);
  Material material;
  for (unsigned i = 0; i < kScenes; ++i)
    material.frames.push_back (scene.frame (i));
  material.frames.push_back (make_chart (kKind));
  material.frames = stamp (std::move (material.frames), kKind);
  for (unsigned i = 0; i < kScenes && !material.frames.empty (); ++i) {
    material.digits.push_back (changed (scene.frame (i).get (), material.frames[i].get ()));
    material.scenes.push_back (RgbImage::of_frame (material.frames[i].get (), kKind.info ()));
  }
  return material;
}

std::vector<fs::path> images_in (const std::string &directory)
{
  std::vector<fs::path> images;
  for (const auto &entry : fs::recursive_directory_iterator (directory)) {
    if (entry.path ().extension () == ".jpg")
      images.push_back (entry.path ());
  }
  std::ranges::sort (images);
  return images;
}

bool make_images (const ImageWay &way, const Material &material, int edge,
                  const std::string &directory)
{
  const auto count = static_cast<unsigned> (material.frames.size ());
  Feed feed (way.launch_line ({kKind, edge, directory, "1/1", count}), kKind);
  if (!way.caps_name_colors)
    feed.leave_colors_unnamed ();
  if (!feed.start ())
    return false;
  for (unsigned i = 0; i < count; ++i) {
    GstBuffer *frame = gst_buffer_copy (material.frames[i].get ());
    GST_BUFFER_PTS (frame) = i * GST_SECOND;
    GST_BUFFER_DURATION (frame) = GST_SECOND;
    if (!feed.push (frame))
      return false;
  }
  feed.end ();
  return true;
}

// Mean error in the middle of the stripes, in levels of R, G and B.
double chart_error (const RgbImage &image)
{
  constexpr int kStripes = G_N_ELEMENTS (kChartColors);
  double error = 0;
  for (int stripe = 0; stripe < kStripes; ++stripe) {
    const int x = (2 * stripe + 1) * image.r.width / (2 * kStripes), y = image.r.height / 2;
    const guint32 color = kChartColors[stripe];
    error += std::abs (image.r.at (x, y) - static_cast<float> (color >> 16 & 0xff)) +
             std::abs (image.g.at (x, y) - static_cast<float> (color >> 8 & 0xff)) +
             std::abs (image.b.at (x, y) - static_cast<float> (color & 0xff));
  }
  return error / (kStripes * 3);
}

struct Quality {
  double luma = 0, cr = 0;  // SSIM
  double error = 0;         // of the chart
};

Quality judge (const std::vector<fs::path> &images, const Material &material, int edge,
               const GstVideoColorimetry &colorimetry)
{
  const FrameKind image = image_kind (kKind, edge);
  Quality quality;
  for (unsigned i = 0; i < kScenes; ++i) {
    const RgbImage reference = material.scenes[i].reduced (image.width, image.height);
    const RgbImage seen = RgbImage::of_jpeg (images[i], colorimetry);
    const Area area = scaled (material.digits[i], image);
    quality.luma += ssim (reference.luma (), seen.luma (), area) / kScenes;
    quality.cr += ssim (reference.cr (), seen.cr (), area) / kScenes;
  }
  quality.error = chart_error (RgbImage::of_jpeg (images[kScenes], colorimetry));
  return quality;
}

double mean_kilobytes (const std::vector<fs::path> &images)
{
  const auto bytes = std::accumulate (
      images.begin (), images.begin () + kScenes, std::uintmax_t{0},
      [] (std::uintmax_t sum, const fs::path &path) { return sum + fs::file_size (path); });
  return static_cast<double> (bytes) / 1000 / kScenes;
}

class Jury
{
 public:
  Jury (const Material &material, int edge, Findings &findings)
      : material_ (material),
        edge_ (edge),
        to_ ("to " + std::to_string (edge) + ", "),
        findings_ (findings)
  {
  }

  bool judge_images (const char *label, const std::string &directory)
  {
    const std::vector<fs::path> images = images_in (directory);
    if (images.size () != material_.frames.size ()) {
      g_printerr ("%s: %zu images of %zu frames\n", label, images.size (),
                  material_.frames.size ());
      return false;
    }
    add (label, judge (images, material_, edge_, jfif_colors ()));
    if (std::string_view (label) == kJpegenc)
      add (kCorrected, judge (images, material_, edge_, kKind.info ().colorimetry));
    findings_.add (label, to_ + "KB", mean_kilobytes (images));
    return true;
  }

  void set_goals (const char *label)
  {
    for (const char *channel : {"SSIM luma", "SSIM red"}) {
      const std::string quantity = to_ + channel;
      const double limit = std::max (findings_.find ("quality", kJpegenc, quantity)->value,
                                     findings_.find ("quality", kCorrected, quantity)->value);
      findings_.aim_at_least (label, quantity, limit);
    }
    findings_.aim_at_most (label, to_ + "colour error", 3);
  }

 private:
  void add (const char *label, const Quality &quality)
  {
    findings_.add (label, to_ + "SSIM luma", quality.luma, 4);
    findings_.add (label, to_ + "SSIM red", quality.cr, 4);
    findings_.add (label, to_ + "colour error", quality.error);
  }

  const Material &material_;
  int edge_;
  std::string to_;
  Findings &findings_;
};

bool judge_size (const Material &material, int edge, Findings &findings)
{
  const ScratchDirectory scratch;
  Jury jury (material, edge, findings);
  for (const ImageWay &way : image_ways ()) {
    const std::string directory = scratch.make (std::to_string (&way - image_ways ().data ()));
    if (!make_images (way, material, edge, directory) || !jury.judge_images (way.label, directory))
      return false;
  }
  jury.set_goals (kNumprosink);
  if (!OpencvImages::installed ())
    return true;
  std::vector<GstBuffer *> frames;
  for (const BufferPtr &frame : material.frames)
    frames.push_back (frame.get ());
  const OpencvImages opencv (frames, kKind, scratch.make ("frames"));
  const std::string directory = scratch.make ("opencv");
  return opencv.run (edge, static_cast<unsigned> (frames.size ()), 1, directory) &&
         jury.judge_images (OpencvImages::kLabel, directory);
}

}  // namespace

bool measure_quality (const SinkPace &, Findings &findings)
{
  findings.begin (
      {"quality",
       "Images of the same stamped 1920x1080 frames (BT.709, limited range), decoded, against the "
       "mean of all that a pixel covers in right colours: SSIM of the digits' area (1 = equal), of "
       "brightness and of red (Cr); mean error of a colour chart in levels of R, G and B; size of "
       "a file in kilobytes. A JPEG's samples are full-range BT.601; jpegenc writes the frame's as "
       "they are, so it is also judged as if a viewer knew."});
  const Material material = make_material ();
  return !material.frames.empty () && judge_size (material, 672, findings) &&
         judge_size (material, 336, findings);
}

}  // namespace numpro::bench
