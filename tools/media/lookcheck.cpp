/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lookcheck.h"

namespace numpro::media {

std::string obstacle_to_look (const OverlayOptions &look)
{
  const ElementPtr overlay (
      GST_ELEMENT (gst_object_ref_sink (gst_element_factory_make ("numproverlay", nullptr))));
  const ObjectPtr<GstBus> bus (gst_bus_new ());
  gst_element_set_bus (overlay.get (), bus.get ());
  look.apply_to (overlay.get ());
  // What it cannot make anything of it says as it starts.
  gst_element_set_state (overlay.get (), GST_STATE_PAUSED);
  GstMessage *warning = gst_bus_pop_filtered (bus.get (), GST_MESSAGE_WARNING);
  gst_element_set_state (overlay.get (), GST_STATE_NULL);
  gst_element_set_bus (overlay.get (), nullptr);
  if (!warning)
    return {};
  GError *error = nullptr;
  gst_message_parse_warning (warning, &error, nullptr);
  gst_message_unref (warning);
  return ErrorPtr (error)->message;
}

}  // namespace numpro::media
