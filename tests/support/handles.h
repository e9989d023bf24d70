/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

// The standard library first: gstcheck.h has macros with common names.
#include <memory>
#include <string>

#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/gst.h>

/** Calls a C function to free what a unique_ptr holds. */
template <auto Free>
struct Freer {
  template <typename T>
  void operator() (T *p) const
  {
    Free (p);
  }
};

/** Unrefs mini objects. Their own functions are inline, and make another type in every file. */
struct MiniObjectUnref {
  template <typename T>
  void operator() (T *p) const
  {
    gst_mini_object_unref (GST_MINI_OBJECT_CAST (p));
  }
};

using Element = std::unique_ptr<GstElement, Freer<gst_object_unref>>;
using Bus = std::unique_ptr<GstBus, Freer<gst_object_unref>>;
using Buffer = std::unique_ptr<GstBuffer, MiniObjectUnref>;
using Caps = std::unique_ptr<GstCaps, MiniObjectUnref>;
using Message = std::unique_ptr<GstMessage, MiniObjectUnref>;
using Sample = std::unique_ptr<GstSample, MiniObjectUnref>;
using Structure = std::unique_ptr<GstStructure, Freer<gst_structure_free>>;
using Harness = std::unique_ptr<GstHarness, Freer<gst_harness_teardown>>;
using Error = std::unique_ptr<GError, Freer<g_error_free>>;
using Text = std::unique_ptr<gchar, Freer<g_free>>;

/** A property's value, read as T. */
template <typename T>
T property (gpointer object, const char *name)
{
  T value{};
  g_object_get (object, name, &value, nullptr);
  return value;
}

/** A counter of numproverlay's stats. */
inline guint64 stat (gpointer overlay, const char *name)
{
  Structure stats (property<GstStructure *> (overlay, "stats"));
  guint64 value = 0;
  fail_unless (gst_structure_get_uint64 (stats.get (), name, &value), "no %s in stats", name);
  return value;
}
