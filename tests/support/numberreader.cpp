/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "numberreader.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <memory>

#include <gst/check/gstcheck.h>

namespace {

struct Destroy {
  void operator() (Pix *pix) const { pixDestroy (&pix); }
};
using Image = std::unique_ptr<Pix, Destroy>;

// The corner where a number of up to five digits has room, dark where it is red. Text some 40
// pixels high with a margin around it is what the engine is best at.
Image corner (const RgbPicture &picture)
{
  constexpr float kTextHeight = 48;
  constexpr int kMargin = 20;
  // Half of what encoders leave of the ink's redness.
  constexpr int kThreshold = 100;
  const int side = std::min (picture.width, picture.height);
  const int width = side * 45 / 100, height = side * 13 / 100;

  Image gray (pixCreate (width, height, 8));
  for (int y = 0; y < height; ++y) {
    const guint8 *row =
        picture.data + (picture.height - height + y) * picture.stride + (picture.width - width) * 3;
    for (int x = 0; x < width; ++x) {
      const int redness = row[3 * x] - std::max (row[3 * x + 1], row[3 * x + 2]);
      pixSetPixel (gray.get (), x, y, static_cast<l_uint32> (255 - std::clamp (redness, 0, 255)));
    }
  }

  const float scale = kTextHeight / static_cast<float> (height);
  Image scaled (pixScale (gray.get (), scale, scale));
  Image black_on_white (pixThresholdToBinary (scaled.get (), 255 - kThreshold));
  // Specks of noise are no strokes.
  Image clean (pixSelectBySize (black_on_white.get (), 4, 12, 8, L_SELECT_IF_BOTH, L_SELECT_IF_GTE,
                                nullptr));
  return Image (pixAddBorder (clean ? clean.get () : black_on_white.get (), kMargin, 0));
}

}  // namespace

NumberReader::NumberReader ()
{
  fail_unless (engine_.Init (nullptr, "eng", tesseract::OEM_LSTM_ONLY) == 0,
               "no data for tesseract");
  engine_.SetPageSegMode (tesseract::PSM_SINGLE_LINE);
  engine_.SetVariable ("tessedit_char_whitelist", "0123456789");
}

NumberReader::~NumberReader ()
{
  engine_.End ();
}

std::string NumberReader::read (const RgbPicture &picture)
{
  const Image image = corner (picture);
  engine_.SetImage (image.get ());
  std::unique_ptr<char[]> text (engine_.GetUTF8Text ());
  std::string digits (text ? text.get () : "");
  std::erase_if (digits, [] (char c) { return !g_ascii_isdigit (c); });
  return digits;
}
