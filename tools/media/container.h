/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>
#include <string>

#include "lib/base/gstowned.h"

namespace numpro::media {

/** A kind of file that video is written to. */
struct Container {
  const char *extension; /**< of names of files, with the dot */
  const char *name;      /**< for people */
  const char *muxer;     /**< element */

  /** That of a file name. None where the extension is none that can be written. */
  static std::optional<Container> of (const std::string &path);

  /** The extensions that can be written, for people. */
  static std::string extensions ();

  /**
   * Whether the muxer takes a stream without decoding it.
   * @param muxer an element of this kind
   * @return the template of the pad that takes it, or null
   */
  static GstPadTemplate *template_for (GstElement *muxer, const GstCaps *caps);
};

/** The parser of a kind of stream, which changes its framing to what a muxer takes; null if none.
 */
const char *parser_of (const GstCaps *caps);

/** A kind of stream for people: "sound (MPEG-4 AAC)" */
std::string described (const GstCaps *caps);

/** What waits for another stream is as large as the file at most. */
inline constexpr char kUnlimitedQueue[] =
    "queue max-size-buffers=0 max-size-bytes=0 max-size-time=0";

}  // namespace numpro::media
