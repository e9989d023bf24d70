/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <memory>

namespace numpro {

/** Frees what a function of C hands out with that function's counterpart. */
template <auto Free>
struct FreeWith {
  template <typename T>
  void operator() (T *pointer) const
  {
    Free (pointer);
  }
};

/** The only owner of something that a function of C frees: OwnedBy<GstBuffer, gst_buffer_unref>. */
template <typename T, auto Free>
using OwnedBy = std::unique_ptr<T, FreeWith<Free>>;

using BytesPtr = OwnedBy<GBytes, g_bytes_unref>;
using ErrorPtr = OwnedBy<GError, g_error_free>;
using TextPtr = OwnedBy<gchar, g_free>;

}  // namespace numpro
