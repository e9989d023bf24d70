/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include "owned.h"

/** Defines the functions PREFIX_get_type(), PREFIX_ref() and PREFIX_unref(). */
#define NUMPRO_DEFINE_MINI_OBJECT(Type, prefix) \
  GST_DEFINE_MINI_OBJECT_TYPE (Type, prefix)    \
  Type *prefix##_ref (Type *object)             \
  {                                             \
    gst_mini_object_ref (object);               \
    return object;                              \
  }                                             \
  void prefix##_unref (Type *object)            \
  {                                             \
    gst_mini_object_unref (object);             \
  }

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
