/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>
#include <span>

namespace numpro {

/**
 * The message of a frame's number that is attached to a buffer, encoded or decoded, as a
 * GstVideoSEIUserDataUnregisteredMeta; of several the last one.
 *
 * @return what follows the UUID, owned by the buffer; none where there is no such message
 */
std::optional<std::span<const guint8>> recorded_message_of (GstBuffer *buffer);

/** Attaches one to a writable buffer. @param message what follows the UUID */
void attach_recorded_message (GstBuffer *buffer, std::span<const guint8> message);

}  // namespace numpro
