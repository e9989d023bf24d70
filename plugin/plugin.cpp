/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gst/gst.h>
#include <gst/numpro/numpro.h>

#include "plugin/overlay/gstnumproverlay.h"
#include "plugin/record/gstnumproseiextractor.h"
#include "plugin/record/gstnumproseiinserter.h"
#include "plugin/sink/gstnumprosink.h"

static gboolean plugin_init (GstPlugin *plugin)
{
  // Before a number comes from another process.
  const GstMetaInfo *meta = gst_numpro_meta_get_info ();
#if GST_CHECK_VERSION(1, 28, 0)
  // So that GStreamer knows by a number in which plugin it is to look.
  if (!gst_meta_factory_register (plugin, meta))
    return FALSE;
#else
  static_cast<void> (meta);
#endif
  return GST_ELEMENT_REGISTER (numproverlay, plugin) &&
         GST_ELEMENT_REGISTER (numproseiextractor, plugin) &&
         GST_ELEMENT_REGISTER (numproseiinserter, plugin) &&
         GST_ELEMENT_REGISTER (numprosink, plugin);
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, numpro,
                   "Frame numbers for video-language models, after NumPro", plugin_init,
                   PACKAGE_VERSION, "LGPL", "gst-numpro", "https://arxiv.org/abs/2411.10332")
