/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <array>
#include <bit>
#include <cmath>

#include "picture.h"
#include "primaries.h"

namespace numpro {

/** All that a ToneMapper looks up, for pictures of one kind. */
struct ToneTables {
  /** Tables of signals and codes have as many steps: 12 bits. */
  static constexpr int kSteps = 4096;

  /** Luma of grey has 6 bits after the point, and room for twice its range. */
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
      for (int i = 0; i < static_cast<int> (values_.size ()); ++i)
        values_[static_cast<std::size_t> (i)] = static_cast<float> (function (middle_of (i)));
    }

    /** Of the light that is next to it in the table. */
    static gint32 index_of (float light)
    {
      return (std::bit_cast<gint32> (light < kLeast ? kLeast : light) >> kDropped) - kFirst;
    }

    const float *values () const { return values_.data (); }

   private:
    // Exponent and the upper bits of the mantissa: a logarithm, as good as it has to be.
    static constexpr int kDropped = 16;
    static constexpr float kLeast = 1.0F / (1 << 16), kMost = 1 << 15;
    static constexpr gint32 kFirst = std::bit_cast<gint32> (kLeast) >> kDropped;

    static double middle_of (gint32 index)
    {
      const gint32 begin = (index + kFirst) << kDropped;
      return std::bit_cast<float> (begin + (1 << (kDropped - 1)));
    }

    std::array<float, (std::bit_cast<gint32> (kMost) >> kDropped) - kFirst> values_;
  };

  explicit ToneTables (const Kind &picture_kind);

  Kind kind;

  // From samples of 10 bits to steps of a signal: R' = y (Y - y_offset) + r_v (Cr - 512) + 0.5 ...
  float y_offset, y, r_v, g_u, g_v, b_u;

  std::array<float, kSteps> light; /**< of a signal, cd/m2; with HLG of the scene, 0..1 */
  std::array<float, 3> luminance;  /**< shares of red, green and blue in it */
  bool is_of_scene;                /**< what light is of */
  LightTable ootf;                 /**< cd/m2 for light of a scene, by its luminance */
  std::array<std::array<float, 3>, 3> to_bt709;
  LightTable gain;                 /**< steps of a code for light, by the most of R, G and B */
  std::array<float, kSteps> code;  /**< sRGB, 0..255, of light in steps up to white */
  std::array<gint16, kSteps> grey; /**< luma that grey becomes, by that of a frame */

 private:
  void set_signal ();
  void set_light ();
  void set_codes ();
};

}  // namespace numpro
