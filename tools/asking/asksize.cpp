/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "asksize.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "edges.h"

namespace numpro::asking {

namespace {

// One token for so many pixels, by rows and columns of so many, and at least so many tokens
// (image processor of Qwen2-VL and Qwen2.5-VL); GLM-4.5V, Kimi and Claude count nearly the same.
constexpr double kTokenEdge = 28;
constexpr guint64 kFewestTokens = 4;

struct Size {
  double width, height;
};

guint64 tokens_of (const Size &image)
{
  const auto steps = [] (double edge) {
    return static_cast<guint64> (std::max (1L, std::lround (edge / kTokenEdge)));
  };
  return std::max (kFewestTokens, steps (image.width) * steps (image.height));
}

bool has_grid (GstElement *sink)
{
  GValue layout = G_VALUE_INIT;
  g_object_get_property (G_OBJECT (sink), "layout", &layout);
  const TextPtr text (gst_value_serialize (&layout));
  g_value_unset (&layout);
  return g_str_equal (text.get (), "grid");
}

/** What the images of a window are. */
class ImagePlan
{
 public:
  explicit ImagePlan (const AskOptions &options)
  {
    const ElementPtr sink (
        GST_ELEMENT (gst_object_ref_sink (gst_element_factory_make ("numprosink", nullptr))));
    options.element.apply_to (sink.get ());
    g_object_get (sink.get (), "batch-size", &frames_, "max-edge", &max_edge_, "grid-columns",
                  &columns_, "grid-rows", &rows_, nullptr);
    if (!has_grid (sink.get ()))
      columns_ = rows_ = 1;
  }

  /** Of a window. */
  guint64 frames () const { return frames_; }

  /** Images of so many frames. */
  guint64 images_of (guint64 frames) const
  {
    const guint64 cells = guint64 (columns_) * rows_;
    return (frames + cells - 1) / cells;
  }

  /** Of one image of a video of this size. */
  guint64 tokens_for (const VideoFacts &facts) const
  {
    const double longer = std::max (facts.width, facts.height);
    const double scale = max_edge_ > 0 ? std::min (1.0, max_edge_ / longer) : 1;
    return tokens_of ({facts.width * scale * columns_, facts.height * scale * rows_});
  }

 private:
  guint frames_ = 0, max_edge_ = 0, columns_ = 1, rows_ = 1;
};

guint64 frames_of (const Subject &subject)
{
  const GstClockTime period = period_of (subject.sampling.rate);
  return (subject.facts.duration + period - 1) / period;
}

guint64 images_in (GstNumproBundle *bundle)
{
  std::error_code ignored;
  const std::filesystem::directory_iterator files (gst_numpro_bundle_get_path (bundle), ignored);
  return static_cast<guint64> (
      std::count_if (begin (files), end (files), [] (const std::filesystem::directory_entry &file) {
        return file.path ().extension () == ".jpg";
      }));
}

// What is still to be asked about windows that are on the disk.
void add_windows_there (AskSize &size, const Subject &subject, const AskOptions &options,
                        const AskSettings &settings)
{
  const BundleDirPtr dir (gst_numpro_bundle_dir_new (subject.directory.c_str ()));
  gsize count = 0;
  const OwnedBy<guint64, g_free> windows (gst_numpro_bundle_dir_list (dir.get (), &count));
  size.windows = count;
  const std::vector<PromptPtr> prompts = window_prompts (settings, options.questions);
  for (gsize i = 0; i < count; ++i) {
    const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir.get (), windows.get ()[i]));
    const guint64 open = count_unanswered (dir.get (), windows.get ()[i], prompts);
    size.requests += open;
    size.images += open * images_in (bundle.get ());
    size.answered += prompts.size () - open;
  }
}

// Those of a recording that are not there yet; one at least where nobody knows.
void add_windows_to_come (AskSize &size, const Subject &subject, const ImagePlan &plan,
                          guint64 questions)
{
  size.is_known = GST_CLOCK_TIME_IS_VALID (subject.facts.duration);
  const guint64 frames = size.is_known ? frames_of (subject) : plan.frames ();
  const guint64 step =
      std::max<guint64> (1, plan.frames () - overlap_of (static_cast<guint> (plan.frames ())));
  const guint64 whole =
      frames <= plan.frames () ? 1 : 1 + (frames - plan.frames () + step - 1) / step;
  const guint64 to_come = whole - std::min (whole, size.windows);
  size.windows += to_come;
  size.requests += to_come * questions;
  size.images += to_come * questions * plan.images_of (std::min (frames, plan.frames ()));
}

// Two digits are enough of what is no more than a rough figure.
guint64 rounded (guint64 count)
{
  guint64 unit = 1;
  while (count / unit >= 100)
    unit *= 10;
  return (count + unit / 2) / unit * unit;
}

std::string counted (guint64 count, const char *name)
{
  return std::to_string (count) + " " + name + (count == 1 ? "" : "s");
}

}  // namespace

AskSize &AskSize::operator+= (const AskSize &other)
{
  windows += other.windows;
  requests += other.requests;
  images += other.images;
  answered += other.answered;
  if (tokens && other.tokens)
    *tokens += *other.tokens;
  else
    tokens.reset ();
  is_known = is_known && other.is_known;
  has_edges = has_edges || other.has_edges;
  return *this;
}

std::string AskSize::text () const
{
  std::string words = counted (windows, "window") + ", " + counted (requests, "request") +
                      " with " + counted (images, "image");
  if (tokens && *tokens > 0)
    words += ", about " + std::to_string (rounded (*tokens)) + " tokens as Qwen2.5-VL counts them";
  if (answered > 0)
    words +=
        "; " + counted (answered, "answer") + (answered == 1 ? " is" : " are") + " there already";
  if (has_edges)
    words += "; then two or more about the edges of each event";
  return is_known ? words : "at least " + words;
}

AskSize size_of (const Subject &subject, const AskOptions &options, const AskSettings &settings)
{
  AskSize size;
  const ImagePlan plan (options);
  add_windows_there (size, subject, options, settings);
  if (!has_all_windows (subject))
    add_windows_to_come (size, subject, plan, options.questions.size ());
  size.has_edges = !options.refined_rate.empty () && !subject.video.empty ();
  size.tokens.reset ();
  if (subject.facts.width > 0)
    size.tokens = size.images * plan.tokens_for (subject.facts);
  return size;
}

}  // namespace numpro::asking
