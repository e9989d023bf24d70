/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recordedmessage.h"

#include <gst/video/video-sei.h>

#include <algorithm>
#include <vector>

#include "recordednumber.h"

namespace numpro {

std::optional<std::span<const guint8>> recorded_message_of (GstBuffer *buffer)
{
  std::optional<std::span<const guint8>> message;
  gpointer state = nullptr;
  while (const GstMeta *each = gst_buffer_iterate_meta_filtered (
             buffer, &state, GST_VIDEO_SEI_USER_DATA_UNREGISTERED_META_API_TYPE)) {
    const auto &meta = *reinterpret_cast<const GstVideoSEIUserDataUnregisteredMeta *> (each);
    if (std::equal (kRecordedNumberUuid.begin (), kRecordedNumberUuid.end (), meta.uuid))
      message.emplace (meta.data, meta.size);
  }
  return message;
}

void attach_recorded_message (GstBuffer *buffer, std::span<const guint8> message)
{
  // GStreamer takes them as if it changed them.
  Uuid uuid = kRecordedNumberUuid;
  std::vector<guint8> bytes (message.begin (), message.end ());
  gst_buffer_add_video_sei_user_data_unregistered_meta (buffer, uuid.data (), bytes.data (),
                                                        bytes.size ());
}

}  // namespace numpro
