/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "atlascache.h"

#include "overlaydebug.h"

namespace numpro {

std::shared_ptr<const GlyphAtlas> AtlasCache::find (const GlyphSpec &spec)
{
  if (!last_ || last_->spec () != spec) {
    const gint64 begin = g_get_monotonic_time ();
    last_ = std::make_shared<const GlyphAtlas> (spec);
    GST_DEBUG_OBJECT (element_,
                      "drew the characters in \"%s\" at %.1f px, cells %d rows high, in %.1f ms",
                      last_->family ().c_str (), spec.pixel_size, last_->height (),
                      static_cast<double> (g_get_monotonic_time () - begin) / 1000);
  }
  return last_;
}

}  // namespace numpro
