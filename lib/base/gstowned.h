/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include "gst/numpro/owned.h"

namespace numpro {

/** gst_buffer_unref() and its like are private to each source file, which a type cannot name. */
inline void unref_mini_object (gpointer object)
{
  gst_mini_object_unref (GST_MINI_OBJECT_CAST (object));
}

/** Any kind of GObject. */
template <typename T>
using ObjectPtr = OwnedBy<T, g_object_unref>;

/** Any kind of GstMiniObject. */
template <typename T>
using MiniObjectPtr = OwnedBy<T, unref_mini_object>;

using BufferPtr = MiniObjectPtr<GstBuffer>;
using CapsPtr = MiniObjectPtr<GstCaps>;
using ElementPtr = ObjectPtr<GstElement>;
using OptionContextPtr = OwnedBy<GOptionContext, g_option_context_free>;
using PadPtr = ObjectPtr<GstPad>;

}  // namespace numpro
