/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <vector>

#include "picture.h"
#include "tonetables.h"

namespace numpro {

/** Makes pictures of high dynamic range (PQ, HLG) ready for JPEG files, which have none. */
class ToneMapper
{
 public:
  /**
   * Converts to what JFIF files hold: light of ToneCurve in BT.709 primaries, coded as sRGB.
   * Colours that BT.709 does not reach lose what it has no room for. A picture of standard range
   * stays as it is.
   */
  void map (Picture &picture);

 private:
  /** Values of the pairs of a chroma row, or of those of its luma rows. */
  struct Rows {
    explicit Rows (std::size_t pairs);

    std::vector<guint16> luma[2], u, v;  // samples of 8 bits, with two more
    std::vector<guint16> mean;           // luma of four pixels
    std::vector<guint16> signal[3];      // of R, G and B, in steps of the table of light
    std::vector<float> light[3];         // of R, G and B
    std::vector<guint16> index[3];       // into tables, by light
    std::vector<float> shown, gain;      // what light is multiplied by
    std::vector<gint16> code[3];         // of R, G and B
    std::vector<gint16> grey, change;    // luma of grey; by how much that of a colour differs
  };

  template <typename Sample>
  void map_planes (const Sample *from, Picture &picture);
  void find_signals (int pairs, const guint16 *above, const guint16 *below, const guint16 *u,
                     const guint16 *v);
  void find_light (int pairs);
  void index_scene (int pairs);
  void find_codes (int pairs);
  void convert_light (int pairs);
  void index_codes (int pairs);
  void write_chroma (int pairs, guint8 *u, guint8 *v);
  void write_luma (int width, const guint16 *luma, guint8 *y);

  std::optional<ToneTables> tables_;
  Rows rows_{0};
};

}  // namespace numpro
