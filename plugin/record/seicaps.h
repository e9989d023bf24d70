/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/** Streams whose access units come whole, each in a buffer, and may have SEI messages. */
#define NUMPRO_SEI_CAPS                                                                 \
  "video/x-h264, stream-format = (string) { byte-stream, avc, avc3 }, alignment = au; " \
  "video/x-h265, stream-format = (string) { byte-stream, hvc1, hev1 }, alignment = au"
