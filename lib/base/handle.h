/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <memory>

namespace numpro {

/** Calls a function to let go of what a handle holds. */
template <auto Free>
struct FreeWith {
  template <typename T>
  void operator() (T *owned) const
  {
    Free (owned);
  }
};

/** Owns what a C library hands out: Handle<GDateTime, g_date_time_unref>. */
template <typename T, auto Free>
using Handle = std::unique_ptr<T, FreeWith<Free>>;

/** gst_buffer_unref() and its like are private to each source file, which a type cannot name. */
inline void unref_mini_object (gpointer object)
{
  gst_mini_object_unref (GST_MINI_OBJECT_CAST (object));
}

/** Any kind of GObject. */
template <typename T>
using ObjectPtr = Handle<T, g_object_unref>;

using BufferPtr = Handle<GstBuffer, unref_mini_object>;
using BytesPtr = Handle<GBytes, g_bytes_unref>;
using CapsPtr = Handle<GstCaps, unref_mini_object>;
using ElementPtr = ObjectPtr<GstElement>;
using ErrorPtr = Handle<GError, g_error_free>;
using OptionContextPtr = Handle<GOptionContext, g_option_context_free>;
using PadPtr = ObjectPtr<GstPad>;
using TextPtr = Handle<char, g_free>;

}  // namespace numpro
