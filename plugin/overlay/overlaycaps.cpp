/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlaycaps.h"

#include <gst/video/video.h>

namespace numpro {

bool is_system_memory (const GstCapsFeatures *features)
{
  for (guint i = 0; i < gst_caps_features_get_size (features); ++i) {
    const char *feature = gst_caps_features_get_nth (features, i);
    if (g_str_has_prefix (feature, "memory:") &&
        !g_str_equal (feature, GST_CAPS_FEATURE_MEMORY_SYSTEM_MEMORY))
      return false;
  }
  return true;
}

GstCaps *caps_of_other_side (GstPadDirection direction, const GstCaps *caps, GstCaps *filter)
{
  constexpr const char *kComposition = GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION;
  GstCaps *result = gst_caps_new_empty ();
  for (guint i = 0; i < gst_caps_get_size (caps); ++i) {
    GstCapsFeatures *features = gst_caps_features_copy (gst_caps_get_features (caps, i));
    const auto append = [&] {
      gst_caps_append_structure_full (result, gst_structure_copy (gst_caps_get_structure (caps, i)),
                                      gst_caps_features_copy (features));
    };
    if (gst_caps_features_is_any (features) || is_system_memory (features)) {
      append ();
    } else if (direction == GST_PAD_SINK) {
      if (!gst_caps_features_contains (features, kComposition))
        gst_caps_features_add (features, kComposition);
      append ();
    } else if (gst_caps_features_contains (features, kComposition)) {
      append ();
      gst_caps_features_remove (features, kComposition);
      append ();
    }
    gst_caps_features_free (features);
  }

  if (filter) {
    GstCaps *filtered = gst_caps_intersect_full (filter, result, GST_CAPS_INTERSECT_FIRST);
    gst_caps_unref (result);
    result = filtered;
  }
  return result;
}

}  // namespace numpro
