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

  /** Codes and luma that are looked up have 6 bits after the point: their differences have 16. */
  static constexpr int kCodeBits = 6;

  /** By how many bits samples grow before they are multiplied, so that they have 16. */
  static constexpr int kLumaShift = 3, kChromaShift = 6;

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
    static guint16 index_of (float light)
    {
      return static_cast<guint16> (
          (std::bit_cast<gint32> (light > kLeast ? light : kLeast) >> kDropped) - kFirst);
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
   * From the luma of four pixels, summed, and from chroma, both of 10 bits, to steps of signals:
   *
   * R' = y (Y - black) + r_v (Cr - grey), G' = y (Y - black) + g_u (Cb - grey) + g_v (Cr - grey)
   * ...
   */
  struct Signal {
    gint16 black, y, grey, r_v, g_u, g_v, b_u;
  } signal;

  /** From R', G' and B' to luma and chroma of JFIF: shares, and halves of chroma's factors. */
  struct Jfif {
    gint16 kr, kb, to_u, to_v;
  } jfif;

  std::array<float, kBelow + kSteps + kAbove> light; /**< of signals: cd/m2, or 0..1 of the scene */
  std::array<float, 3> luminance; /**< shares of red, green and blue light in it */
  LightTable ootf;                /**< cd/m2 of a display for light of a scene, by its luminance */
  std::array<std::array<float, 3>, 3> to_bt709;
  LightTable gain; /**< steps of a code for light, by the most of red, green and blue */
  std::array<gint16, kSteps + kAboveWhite> code; /**< sRGB of light in steps up to white */
  std::array<gint16, 1024> grey;                 /**< luma of JFIF for luma of grey, of 10 bits */

 private:
  void set_signal ();
  void set_light ();
  void set_codes ();
};

}  // namespace numpro
