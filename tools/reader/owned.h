/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <leptonica/allheaders.h>

#include "lib/base/gstowned.h"

namespace reader {

using numpro::BytesPtr;
using numpro::ErrorPtr;
using numpro::ObjectPtr;
using numpro::OwnedBy;
using numpro::TextPtr;

inline void destroy_pix (Pix *pix)
{
  pixDestroy (&pix);
}

inline void destroy_box (::Box *box)
{
  boxDestroy (&box);
}

inline void destroy_boxes (Boxa *boxes)
{
  boxaDestroy (&boxes);
}

inline void stop_source (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

using DateTimePtr = OwnedBy<GDateTime, g_date_time_unref>;
using SourcePtr = OwnedBy<GSource, stop_source>;
using PixPtr = OwnedBy<Pix, destroy_pix>;
using BoxPtr = OwnedBy<::Box, destroy_box>;
using BoxesPtr = OwnedBy<Boxa, destroy_boxes>;

}  // namespace reader
