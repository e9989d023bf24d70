/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stampreader.h"

#include <omp.h>
#include <tesseract/baseapi.h>

#include <algorithm>
#include <charconv>

namespace reader {

namespace {

constexpr int kInkLevel = 128;

/** How digits are shown to the engine, which is best at strokes less bold than those of stamps. */
struct Presentation {
  int digit_height;  // pixels
  int thinner;       // pixels that strokes lose
  int margin;        // of white
  tesseract::PageSegMode mode;
};

// Two that agree are believed, so that the last ones are seldom asked.
constexpr Presentation kPresentations[] = {{40, 2, 16, tesseract::PSM_SINGLE_LINE},
                                           {40, 1, 16, tesseract::PSM_SINGLE_WORD},
                                           {48, 3, 20, tesseract::PSM_SINGLE_LINE},
                                           {40, 2, 16, tesseract::PSM_SINGLE_WORD},
                                           {40, 1, 16, tesseract::PSM_SINGLE_LINE}};

// How many digits there are by their shapes, or 0 where shapes have run into each other.
std::size_t digits_by_shape (const ShapeRow &row)
{
  const bool apart = std::all_of (row.shapes.begin (), row.shapes.end (),
                                  [] (const Box &shape) { return shape.width < shape.height; });
  return apart ? row.shapes.size () : 0;
}

PixPtr present (Pix *gray, const Presentation &how)
{
  const float scale =
      static_cast<float> (how.digit_height) / static_cast<float> (pixGetHeight (gray));
  const PixPtr large (pixScale (gray, scale, scale));
  const PixPtr black (pixThresholdToBinary (large.get (), kInkLevel));
  const PixPtr thin (pixErodeBrick (nullptr, black.get (), how.thinner + 1, how.thinner + 1));
  return PixPtr (pixAddBorder (thin.get (), how.margin, 0));
}

}  // namespace

StampReader::StampReader () : engine_ (std::make_unique<tesseract::TessBaseAPI> ())
{
  // Several threads for a few digits spend their time waiting for each other.
  omp_set_max_active_levels (0);
  if (engine_->Init (nullptr, "eng", tesseract::OEM_LSTM_ONLY) != 0) {
    problem_ = "Tesseract has no data for English; install tesseract-ocr-eng.";
    return;
  }
  engine_->SetVariable ("tessedit_char_whitelist", "0123456789");
}

StampReader::~StampReader ()
{
  engine_->End ();
}

std::string StampReader::digits_of (Pix *text)
{
  engine_->SetImage (text);
  engine_->SetSourceResolution (300);
  const std::unique_ptr<char[]> read (engine_->GetUTF8Text ());
  std::string digits (read ? read.get () : "");
  std::erase_if (digits, [] (char c) { return !g_ascii_isdigit (c); });
  return digits;
}

std::string StampReader::agreed_digits (const StampFinder &finder, const ShapeRow &row)
{
  const PixPtr gray = finder.cut (row.box);
  const std::size_t expected = digits_by_shape (row);
  std::vector<std::string> readings;
  for (const Presentation &how : kPresentations) {
    const PixPtr text = present (gray.get (), how);
    engine_->SetPageSegMode (how.mode);
    std::string digits = digits_of (text.get ());
    if (digits.empty () || (expected > 0 && digits.size () != expected))
      continue;
    if (std::find (readings.begin (), readings.end (), digits) != readings.end ())
      return digits;
    readings.push_back (std::move (digits));
  }
  return {};
}

std::optional<Stamp> StampReader::read (const Picture &picture, const StampLook &look)
{
  const StampFinder finder (picture, look);
  const std::optional<ShapeRow> row = finder.stamp ();
  if (!row)
    return std::nullopt;
  const std::string digits = agreed_digits (finder, *row);
  Stamp stamp{0, row->box};
  const char *end = digits.data () + digits.size ();
  const auto result = std::from_chars (digits.data (), end, stamp.number);
  if (result.ec != std::errc () || result.ptr != end)
    return std::nullopt;
  return stamp;
}

}  // namespace reader
