/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <memory>

namespace numpro::bench {

struct Release {
  void operator() (GstBuffer *buffer) const { gst_buffer_unref (buffer); }
  void operator() (GstCaps *caps) const { gst_caps_unref (caps); }
  void operator() (GstElement *element) const { gst_object_unref (element); }
  void operator() (GstPad *pad) const { gst_object_unref (pad); }
  void operator() (GstPadTemplate *pad_template) const { gst_object_unref (pad_template); }
  void operator() (GError *error) const { g_error_free (error); }
  void operator() (char *text) const { g_free (text); }
};

/** A reference or piece of memory that this pointer gives up at its end. */
template <typename T>
using Owned = std::unique_ptr<T, Release>;

}  // namespace numpro::bench
