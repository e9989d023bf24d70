/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "missingnumbers.h"

#include "lib/base/gstowned.h"

namespace numpro {

namespace {

using Iterator = OwnedBy<GstIterator, gst_iterator_free>;

ObjectPtr<GstObject> top_of (GstElement *element)
{
  ObjectPtr<GstObject> top (GST_OBJECT (gst_object_ref (element)));
  while (GstObject *parent = gst_object_get_parent (top.get ()))
    top.reset (parent);
  return top;
}

// Zero where an element is a numproverlay.
gint compare_with_overlay (gconstpointer item, gconstpointer)
{
  auto *element =
      static_cast<GstElement *> (g_value_get_object (static_cast<const GValue *> (item)));
  GstElementFactory *factory = gst_element_get_factory (element);
  return factory ? g_strcmp0 (GST_OBJECT_NAME (factory), "numproverlay") : -1;
}

// The name of a numproverlay in a bin or in one of its bins; empty without one.
std::string name_of_overlay_in (GstBin *bin)
{
  const Iterator elements (gst_bin_iterate_recurse (bin));
  GValue found = G_VALUE_INIT;
  if (!gst_iterator_find_custom (elements.get (), compare_with_overlay, &found, nullptr))
    return {};
  const TextPtr name (gst_element_get_name (g_value_get_object (&found)));
  g_value_unset (&found);
  return name.get ();
}

}  // namespace

std::string missing_numbers_sentence (GstElement *sink)
{
  const ObjectPtr<GstObject> top = top_of (sink);
  const std::string overlay =
      GST_IS_BIN (top.get ()) ? name_of_overlay_in (GST_BIN (top.get ())) : std::string ();
  if (overlay.empty ())
    return "Frames carry no numbers. Put numproverlay before numprosink.";
  return "Frames carry no numbers. The pipeline has " + overlay +
         ": put it before numprosink, and behind elements that make new frames (deinterlace, "
         "compositor, ...).";
}

}  // namespace numpro
