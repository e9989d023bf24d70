/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <memory>

#include "glyphatlas.h"

namespace numpro {

/** Keeps the atlas that was drawn last: a new colour, place or frame size may have use for it. */
class AtlasCache
{
 public:
  /** @param element that the log names; may be null */
  explicit AtlasCache (GstElement *element) : element_ (element) {}

  /** The atlas of a spec: the last one if it is the same, else a new one. */
  std::shared_ptr<const GlyphAtlas> find (const GlyphSpec &spec);

  /** The atlas that find() gave last; null before. */
  const GlyphAtlas *last () const { return last_.get (); }

 private:
  GstElement *element_;
  std::shared_ptr<const GlyphAtlas> last_;
};

}  // namespace numpro
