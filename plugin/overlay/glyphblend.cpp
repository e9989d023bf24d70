/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "glyphblend.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace numpro {

namespace {

constexpr int kOne = 256;  // keep of a sample that no ink touches

// Shorter runs of pure ink cost less inside blocks than as a copy of their own.
constexpr int kMinFillBytes = 32;

// How much each ink contributes to a pixel, 0..1; what is left is the frame's.
struct Weights {
  double fill = 0, outline = 0, shade = 0;

  Weights &operator+= (const Weights &other)
  {
    fill += other.fill;
    outline += other.outline;
    shade += other.shade;
    return *this;
  }
  Weights operator/ (double n) const { return {fill / n, outline / n, shade / n}; }
};

// Worked out apart from the frame: with nothing aliased, the compiler makes a few vector
// instructions of it.
template <int Count, typename Sample, typename Sum>
inline void blend (Sample *samples, const guint16 *keep, const Sum *add, Sample mask)
{
  Sample block[Count];
  std::memcpy (block, samples, sizeof (block));
  for (int i = 0; i < Count; ++i) {
    const auto sum = static_cast<Sum> (block[i] * keep[i] + add[i]);
    block[i] = static_cast<Sample> (sum >> 8);
    if constexpr (sizeof (Sample) > 1)  // bytes have no unused bits
      block[i] &= mask;
  }
  std::memcpy (samples, block, sizeof (block));
}

}  // namespace

// Shade below, outline on it, the character on top.
class Cell
{
 public:
  Cell (const Glyph &glyph, int height, const StampInks &inks)
      : glyph_ (glyph), height_ (height), inks_ (inks)
  {
  }

  int width () const { return glyph_.width; }

  Weights at (int x, int y) const
  {
    if (y < 0 || y >= height_ || x >= glyph_.width)
      return {};
    const std::size_t i = static_cast<std::size_t> (y) * glyph_.width + x;
    const double fill = inks_.fill.opacity * glyph_.fill[i] / 255;
    const double outline =
        glyph_.outline.empty () ? 0 : inks_.outline.opacity * glyph_.outline[i] / 255;
    return {fill, outline * (1 - fill), inks_.shade.opacity * (1 - outline) * (1 - fill)};
  }

 private:
  const Glyph &glyph_;
  int height_;
  const StampInks &inks_;
};

// keep and add of every sample of the cell in this plane.
template <typename Sample>
class GlyphBlend<Sample>::Coefficients
{
 public:
  Coefficients (int width, int height)
      : width_ (width),
        keep_ (static_cast<std::size_t> (width) * height, kOne),
        add_ (static_cast<std::size_t> (width) * height, 0)
  {
  }

  void set (int x, int y, const Weights &weights, const Samples &inks)
  {
    // Rounded so that the four parts are whole 256ths and make up one.
    const long f = std::lround (kOne * weights.fill);
    const long fo = std::lround (kOne * (weights.fill + weights.outline));
    const long fos = std::lround (kOne * (weights.fill + weights.outline + weights.shade));
    if (fos == 0)
      return;
    const std::size_t i = index (x, y);
    keep_[i] = static_cast<guint16> (kOne - fos);
    add_[i] = static_cast<Sum> (f * inks.fill + (fo - f) * inks.outline + (fos - fo) * inks.shade +
                                kOne / 2);
  }

  int width () const { return width_; }
  guint16 keep (int x, int y) const { return keep_[index (x, y)]; }
  Sum add (int x, int y) const { return add_[index (x, y)]; }
  bool untouched (int x, int y) const { return keep (x, y) == kOne; }

 private:
  std::size_t index (int x, int y) const { return static_cast<std::size_t> (y) * width_ + x; }

  int width_;
  std::vector<guint16> keep_;
  std::vector<Sum> add_;
};

template <typename Sample>
GlyphBlend<Sample>::GlyphBlend (const Glyph &glyph, int cell_height, RowPhase phase,
                                const StampInks &inks, const SampleLayout &layout, guint plane)
{
  const PlaneLayout &group = layout.planes ()[plane];
  const int period = layout.y_step (phase.interlaced);
  const int rows_covered = (phase.offset + cell_height + period - 1) / period * period;
  width_ = (glyph.width >> group.w_sub) * group.bytes / static_cast<int> (sizeof (Sample));
  height_ = rows_covered >> group.h_sub;
  reach_ = std::min (0, width_ - kBlock);
  ink_row_.resize (width_);

  Coefficients coefficients (width_, height_);
  const Cell cell (glyph, cell_height, inks);
  for (std::size_t c = 0; c < layout.components ().size (); ++c) {
    const ComponentLayout &component = layout.components ()[c];
    if (component.plane != plane)
      continue;
    const auto sample = [&] (const Ink &ink) {
      return static_cast<Sample> (ink.components[c] << component.shift);
    };
    mask_ = static_cast<Sample> (((1u << component.depth) - 1) << component.shift);
    add_component (coefficients, cell, phase, rows_covered, component,
                   {sample (inks.fill), sample (inks.outline), sample (inks.shade)});
  }
  if (const std::optional<int> offset = layout.padding_offset ()) {
    ComponentLayout padding = layout.components ()[0];
    padding.offset = *offset;
    add_component (coefficients, cell, phase, rows_covered, padding, {mask_, mask_, mask_});
  }

  for (int y = 0; y < height_; ++y)
    cut (coefficients, y);
}

// A component's sample gets the average of the weights of the pixels that it stands for.
template <typename Sample>
void GlyphBlend<Sample>::add_component (Coefficients &coefficients, const Cell &cell,
                                        RowPhase phase, int rows_covered,
                                        const ComponentLayout &component, const Samples &inks)
{
  const int across = 1 << component.w_sub, down = 1 << component.h_sub;
  const bool by_field = phase.interlaced && component.h_sub > 0;
  for (int sy = 0; sy < rows_covered >> component.h_sub; ++sy) {
    for (int sx = 0; sx < cell.width () >> component.w_sub; ++sx) {
      Weights sum;
      for (int j = 0; j < down; ++j) {
        const int row = by_field ? (sy / 2 * down + j) * 2 + sy % 2 : sy * down + j;
        for (int i = 0; i < across; ++i)
          sum += cell.at (sx * across + i, row - phase.offset);
      }
      const int x = (sx * component.step + component.offset) / static_cast<int> (sizeof (Sample));
      coefficients.set (x, sy, sum / (across * down), inks);
      ink_row_[x] = inks.fill;
    }
  }
}

template <typename Sample>
void GlyphBlend<Sample>::cut (const Coefficients &coefficients, int y)
{
  const auto is_ink = [&] (int x) {
    return coefficients.keep (x, y) == 0 && (coefficients.add (x, y) >> 8) == ink_row_[x];
  };

  for (int x = 0; x < width_;) {
    if (coefficients.untouched (x, y)) {
      ++x;
      continue;
    }
    int end = x;
    while (end < width_ && is_ink (end))
      ++end;
    if ((end - x) * static_cast<int> (sizeof (Sample)) >= kMinFillBytes) {
      fills_.push_back ({y, x, end - x});
    } else {
      end = std::min (x + kBlock, width_);
      add_block (coefficients, y, x, end);
    }
    x = end;
  }
}

// A block for the samples from..to. It ends inside the cell and starts there too where the cell is
// wide enough: it then reaches back over samples that are not its own, and leaves them alone.
template <typename Sample>
void GlyphBlend<Sample>::add_block (const Coefficients &coefficients, int y, int from, int to)
{
  const int begin = std::max (to - kBlock, reach_);
  blocks_.push_back ({y, begin, kBlock});
  for (int x = begin; x < begin + kBlock; ++x) {
    const bool covered = x >= from && x < to;
    keep_.push_back (covered ? coefficients.keep (x, y) : kOne);
    add_.push_back (covered ? coefficients.add (x, y) : 0);
  }
}

template <typename Sample>
void GlyphBlend<Sample>::paint (const Plane &plane, int x, int y) const
{
  const int left = x + reach_ * static_cast<int> (sizeof (Sample));
  const bool inside =
      left >= 0 && y >= 0 && x + width () <= plane.width && y + height_ <= plane.height;
  // A block that reaches out of the cell must not clear bits there that the format leaves unused.
  const bool exact = reach_ == 0 || mask_ == std::numeric_limits<Sample>::max ();
  if (inside && exact)
    paint_inside (plane.data + static_cast<std::ptrdiff_t> (y) * plane.stride + x, plane.stride);
  else
    paint_clipped (plane, x, y);
}

template <typename Sample>
void GlyphBlend<Sample>::paint_inside (guint8 *origin, int stride) const
{
  const auto at = [&] (const Piece &piece) {
    return reinterpret_cast<Sample *> (origin + static_cast<std::ptrdiff_t> (piece.y) * stride) +
           piece.x;
  };

  for (const Piece &fill : fills_)
    std::memcpy (at (fill), ink_row_.data () + fill.x, fill.count * sizeof (Sample));

  const guint16 *keep = keep_.data ();
  const Sum *add = add_.data ();
  for (const Piece &block : blocks_) {
    blend<kBlock> (at (block), keep, add, mask_);
    keep += kBlock;
    add += kBlock;
  }
}

template <typename Sample>
void GlyphBlend<Sample>::paint_clipped (const Plane &plane, int x, int y) const
{
  const int plane_width = plane.width / static_cast<int> (sizeof (Sample));
  const int left = x / static_cast<int> (sizeof (Sample));
  const auto sample_at = [&] (const Piece &piece, int i) -> Sample * {
    const int row = y + piece.y, column = left + piece.x + i;
    if (row < 0 || row >= plane.height || column < 0 || column >= plane_width)
      return nullptr;
    return reinterpret_cast<Sample *> (plane.data +
                                       static_cast<std::ptrdiff_t> (row) * plane.stride) +
           column;
  };

  for (const Piece &fill : fills_) {
    for (int i = 0; i < fill.count; ++i) {
      if (Sample *sample = sample_at (fill, i))
        *sample = ink_row_[fill.x + i];
    }
  }
  std::size_t at = 0;
  for (const Piece &block : blocks_) {
    for (int i = 0; i < kBlock; ++i, ++at) {
      Sample *sample = keep_[at] == kOne ? nullptr : sample_at (block, i);
      if (sample)
        blend<1> (sample, &keep_[at], &add_[at], mask_);
    }
  }
}

template class GlyphBlend<guint8>;
template class GlyphBlend<guint16>;

}  // namespace numpro
