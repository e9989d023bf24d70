/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include "owned.h"

namespace numpro {

/**
 * Makes an object that the last gst_mini_object_unref() deletes.
 *
 * @tparam T derived from GstMiniObject, so that a pointer to one is a pointer to the other
 */
template <typename T>
T *new_mini_object (GType type)
{
  T *object = new T ();
  gst_mini_object_init (object, 0, type, nullptr, nullptr,
                        [] (GstMiniObject *self) { delete static_cast<T *> (self); });
  return object;
}

}  // namespace numpro
