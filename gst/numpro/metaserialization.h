/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "meta.h"

namespace numpro {

/** A number meta as bytes, for other processes; docs/formats.md has the layout. */
gboolean serialize_meta (const GstMeta *meta, GstByteArrayInterface *data, guint8 *version);

/** Attaches what serialize_meta() wrote. @return NULL, with a warning, where it did not */
GstMeta *deserialize_meta (const GstMetaInfo *info, GstBuffer *buffer, const guint8 *data,
                           gsize size, guint8 version);

}  // namespace numpro
