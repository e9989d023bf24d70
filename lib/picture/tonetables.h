/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <array>
#include <bit>

#include "picture.h"
#include "primaries.h"

namespace numpro {

/** All that a ToneMapper looks up, for pictures of one kind. */
class ToneTables
{
 public:
  /** Signals, codes and luma are looked up in as many steps, of 12 bits. */
  static constexpr int kSteps = 4096;

  /** What samples may stand for beyond 0..1: blue of -1.2 to 2.2, in steps. */
  static constexpr int kBelow = 5 * kSteps / 4, kAbove = 5 * kSteps / 4;

  /** By how many steps light may come out above white, as gain has steps itself. */
  static constexpr int kAboveWhite = kSteps / 64;

  /** Luma of grey has 6 bits after the point, so that differences of it have 16. */
  static constexpr int kGreyBits = 6;

  /** What tables depend on. */
  struct Kind {
    GstVideoColorimetry colorimetry;
    double peak;
    bool is_deep;

    explicit Kind (const Picture &picture);
    bool operator== (const Kind &other) const;
  };

  /** A function of light in steps that are the smaller the less light there is: 128 an octave. */
  class LightTable
  {
   public:
    template <typename Function>
    void fill (Function function)
    {
      for (std::size_t i = 0; i < values_.size (); ++i)
        values_[i] = static_cast<float> (function (middle_of (static_cast<gint32> (i))));
    }

    /** Of the light that is next to it in the table. */
    static gint32 index_of (float light)
    {
      return (std::bit_cast<gint32> (light > kLeast ? light : kLeast) >> kDropped) - kFirst;
    }

    const float *values () const { return values_.data (); }

   private:
    // Exponent and the upper bits of the mantissa: a logarithm, as good as it has to be. PQ in the
    // primaries of BT.709 goes up to 17000 cd/m2, and to twice that from primaries that are no
    // light.
    static constexpr int kDropped = 16;
    static constexpr float kLeast = 1.0F / (1 << 16), kMost = 1 << 16;
    static constexpr gint32 kFirst = std::bit_cast<gint32> (kLeast) >> kDropped;

    static double middle_of (gint32 index)
    {
      return std::bit_cast<float> (((index + kFirst) << kDropped) + (1 << (kDropped - 1)));
    }

    std::array<float, (std::bit_cast<gint32> (kMost) >> kDropped) - kFirst> values_;
  };

  explicit ToneTables (const Kind &picture_kind);

  Kind kind;
  bool is_of_scene; /**< whether light is */

  /**
   * From the luma of four pixels, summed, and from chroma, both of 10 bits, to steps of signals,
   * with half a step for rounding:
   *
   * R' = y Y + r_v Cr + r_0, G' = y Y + g_u Cb + g_v Cr + g_0, B' = y Y + b_u Cb + b_0
   */
  struct Signal {
    float y, r_v, g_u, g_v, b_u, r_0, g_0, b_0;
  } signal;

  std::array<float, kBelow + kSteps + kAbove> light; /**< of signals: cd/m2, or 0..1 of the scene */
  std::array<float, 3> luminance; /**< shares of red, green and blue light in it */
  LightTable ootf;                /**< cd/m2 of a display for light of a scene, by its luminance */
  RgbMatrix to_bt709;
  LightTable gain; /**< steps of a code for light, by the most of red, green and blue */
  std::array<float, kSteps + kAboveWhite> code; /**< sRGB, 0..255, of light in steps up to white */
  std::array<gint16, kSteps> grey;              /**< what grey becomes, by its luma summed */

 private:
  void set_signal ();
  void set_light ();
  void set_codes ();

  double black_ = 0;  // luma of black, in steps of a signal
};

}  // namespace numpro
