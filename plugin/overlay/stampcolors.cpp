/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stampcolors.h"

#include "ink.h"

namespace numpro {

StampColors::StampColors (const Style &style, const GstVideoFormatInfo *format,
                          const GstVideoColorimetry &colorimetry)
    : shade (style.shade ())
{
  const ColorDecoder decoder (format, colorimetry);
  const auto paint = [&] (guint32 argb) -> Paint {
    const Ink ink (argb, format, colorimetry);
    const auto value = [&] (std::size_t c) { return static_cast<double> (ink.components[c]); };
    return {decoder.decode ({value (0), value (1), value (2)}), ink.opacity};
  };
  fill = paint (style.color);
  for (const guint32 argb : style.outline_colors ())
    outlines.push_back (paint (argb));
}

}  // namespace numpro
