/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <optional>
#include <string>

#include "input.h"

namespace numpro::media {

/** What to record. */
struct RecordingPlan {
  Input input;
  std::string location;              /**< of the Matroska file */
  std::string bundles;               /**< directory for bundles of the numbered frames */
  std::optional<GstClockTime> limit; /**< GST_CLOCK_TIME_NONE: none; not set: the input decides */
  std::string rate = "1/1";          /**< numbers per second */
};

/** Bundles that were written: what numprosink's messages tell of them. */
struct Bundles {
  guint count = 0;
  guint64 images = 0;
  GstClockTime start = GST_CLOCK_TIME_NONE; /**< stream time of the first number */
  std::string last;                         /**< directory of the last one */
};

/** What came of it. */
struct Recording {
  enum class End {
    kWhole,        /**< the input ended, or was to be stopped here */
    kSourceFailed, /**< the file is in order, but the input broke off */
    kNone,         /**< there is no file, or one that cannot be used */
  };

  End end = End::kNone;
  std::string problem; /**< a sentence, unless end is kWhole */
  GstClockTime duration = 0;
  guint64 frames = 0;
  guint64 first_number = 0, last_number = 0;
  Bundles bundles;
};

}  // namespace numpro::media
