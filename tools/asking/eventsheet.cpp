/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "eventsheet.h"

#include <turbojpeg.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <utility>
#include <vector>

#include "contactsheet.h"
#include "eventfiles.h"
#include "eventtable.h"
#include "lib/base/owned.h"
#include "outputs.h"

namespace numpro::asking {

namespace {

using Decompressor = OwnedBy<void, tjDestroy>;

constexpr std::size_t kMostFrames = 16;
constexpr GstClockTime kStepsAround = 2;  // before and behind the event

/** A frame that a model was shown. */
struct ShownFrame {
  SamplePtr sample;
  std::string image;  // path
};

void add_frames_in (const std::string &windows, std::map<GstClockTime, ShownFrame> &frames)
{
  const BundleDirPtr dir (gst_numpro_bundle_dir_new (windows.c_str ()));
  gsize count = 0;
  const OwnedBy<guint64, g_free> batches (gst_numpro_bundle_dir_list (dir.get (), &count));
  for (gsize i = 0; i < count; ++i) {
    const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir.get (), batches.get ()[i]));
    const std::filesystem::path path = gst_numpro_bundle_get_path (bundle.get ());
    char *json = nullptr;
    gsize length = 0;
    g_file_get_contents ((path / "ledger.json").c_str (), &json, &length, nullptr);
    const TextPtr owned (json);
    const LedgerPtr ledger (
        json ? gst_numpro_ledger_new_from_json (json, static_cast<gssize> (length), nullptr)
             : nullptr);
    for (guint j = 0; ledger && j < gst_numpro_ledger_get_length (ledger.get ()); ++j) {
      const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger.get (), j);
      if (GST_CLOCK_TIME_IS_VALID (sample->stream_time) && sample->image)
        frames.insert_or_assign (
            sample->stream_time,
            ShownFrame{SamplePtr (gst_numpro_sample_copy (sample)), path / sample->image});
    }
  }
}

// Those around edges are in directories of their own, edges-1 and so on.
std::map<GstClockTime, ShownFrame> frames_in (const std::string &windows)
{
  std::map<GstClockTime, ShownFrame> frames;
  add_frames_in (windows, frames);
  std::error_code ignored;
  for (int round = 1;; ++round) {
    const auto edges = std::filesystem::path (windows) / ("edges-" + std::to_string (round));
    if (!std::filesystem::is_directory (edges, ignored))
      return frames;
    add_frames_in (edges, frames);
  }
}

SurfacePtr decode (const std::string &path)
{
  char *data = nullptr;
  gsize size = 0;
  if (!g_file_get_contents (path.c_str (), &data, &size, nullptr))
    return nullptr;
  const TextPtr owned (data);
  const auto *jpeg = reinterpret_cast<const unsigned char *> (data);
  const Decompressor decompressor (tjInitDecompress ());
  int width = 0, height = 0, subsampling = 0, colorspace = 0;
  if (tjDecompressHeader3 (decompressor.get (), jpeg, size, &width, &height, &subsampling,
                           &colorspace) != 0)
    return nullptr;
  SurfacePtr surface (cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height));
  const int stride = cairo_image_surface_get_stride (surface.get ());
  // BGRX is what cairo calls RGB24 where the lowest byte comes first.
  static_assert (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  if (tjDecompress2 (decompressor.get (), jpeg, size, cairo_image_surface_get_data (surface.get ()),
                     width, stride, height, TJPF_BGRX, 0) != 0)
    return nullptr;
  cairo_surface_mark_dirty (surface.get ());
  return surface;
}

// The frame alone, where an image shows several.
SurfacePtr picture_of (const ShownFrame &frame)
{
  SurfacePtr image = decode (frame.image);
  const int width = static_cast<int> (frame.sample->width),
            height = static_cast<int> (frame.sample->height);
  if (!image || frame.sample->cell == GST_NUMPRO_NO_CELL || width == 0)
    return image;
  // Cells begin at even pixels.
  const int cell_width = (width + 1) / 2 * 2, cell_height = (height + 1) / 2 * 2;
  const int columns = std::max (1, cairo_image_surface_get_width (image.get ()) / cell_width);
  SurfacePtr cell (cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height));
  const OwnedBy<cairo_t, cairo_destroy> context (cairo_create (cell.get ()));
  cairo_set_source_surface (context.get (), image.get (),
                            -(frame.sample->cell % columns) * cell_width,
                            -(frame.sample->cell / columns) * cell_height);
  cairo_paint (context.get ());
  return cell;
}

bool is_in (const GstNumproSpan &span, const ShownFrame &frame)
{
  const GstClockTime time = frame.sample->stream_time;
  return time >= span.start && time < span.end;
}

// Not more than there is room for, evenly; of a short event one at least.
std::vector<const ShownFrame *> frames_around (const std::map<GstClockTime, ShownFrame> &frames,
                                               const GstNumproSpan &span, GstClockTime step)
{
  const GstClockTime around = kStepsAround * step;
  const auto first = frames.lower_bound (span.start > around ? span.start - around : 0),
             end = frames.lower_bound (span.end + around);
  std::vector<const ShownFrame *> all, chosen;
  for (auto at = first; at != end; ++at)
    all.push_back (&at->second);
  const std::size_t count = std::min (all.size (), kMostFrames);
  const auto shows_event = [&span] (const ShownFrame *frame) { return is_in (span, *frame); };
  bool has_event = false;
  for (std::size_t i = 0; i < count; ++i) {
    const ShownFrame *frame = all[count > 1 ? i * (all.size () - 1) / (count - 1) : 0];
    if (!has_event && frame->sample->stream_time >= span.start) {
      // The first of them, be there others or not.
      const auto event = std::find_if (all.begin (), all.end (), shows_event);
      if (event != all.end () && *event != frame)
        chosen.push_back (*event);
      has_event = true;
    }
    chosen.push_back (frame);
  }
  return chosen;
}

bool draw (const std::map<GstClockTime, ShownFrame> &frames, const std::string &question,
           const GstNumproEvent &event, GstClockTime step, const std::string &path)
{
  ContactSheet sheet (question, span_text (event.span, event.has_numbers));
  for (const ShownFrame *frame : frames_around (frames, event.span, step)) {
    const GstClockTime time = frame->sample->stream_time;
    if (SurfacePtr picture = picture_of (*frame))
      sheet.add (std::move (picture),
                 time_text (time) + "   " + std::to_string (frame->sample->number),
                 is_in (event.span, *frame));
  }
  return sheet.write (path);
}

}  // namespace

std::string draw_event_sheets (GstNumproTimeline *timeline, const std::string &windows,
                               GstClockTime step, const std::string &prefix)
{
  const std::map<GstClockTime, ShownFrame> frames = frames_in (windows);
  for (guint question = 0; question < gst_numpro_timeline_get_n_questions (timeline); ++question) {
    for (guint i = 0; i < gst_numpro_timeline_get_n_events (timeline, question); ++i) {
      const GstNumproEvent &event = *gst_numpro_timeline_get_event (timeline, question, i);
      const GstNumproSpan &span = event.span;
      const std::string path = event_file (prefix, question, i, ".png");
      if (GST_CLOCK_TIME_IS_VALID (span.start) && GST_CLOCK_TIME_IS_VALID (span.end) &&
          !draw (frames, gst_numpro_timeline_get_question (timeline, question), event, step,
                 path)) {
        const int cause = errno;
        std::error_code ignored;
        std::filesystem::remove (path, ignored);
        return cannot_be_written (path, cause);
      }
    }
  }
  return {};
}

}  // namespace numpro::asking
