/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <string>

#include "lib/base/owned.h"
#include "tools/media/elementoptions.h"
#include "tools/media/videopipeline.h"

namespace numpro::asking {

/** Which numbers frames get, and which of the frames are in windows. */
struct Sampling {
  bool is_recorded = false; /**< the recording's own numbers */
  std::string rate;         /**< numbers a second, or of recorded ones so many at most: "1/1" */
};

/** Makes windows of a recording: batches of numbered frames that overlap by half. */
class WindowPipeline : public media::VideoPipeline
{
 public:
  /** @return why that cannot be, in a sentence, or nothing */
  std::string build (const std::string &input, const Sampling &sampling,
                     const media::ElementOptions &window_options);

  /** Has the frames that were decoded become the last window, as no more can be decoded. */
  void end_windows () { send_end_to ("intake"); }

  /** The next window; null where there is none within some time, or none any more. */
  BatchPtr next (GstClockTime patience);

  bool is_from_input (GstMessage *message) const
  {
    return VideoPipeline::is_from_input (message, "decoder");
  }

 private:
  void on_decoded_pad (GstPad *decoded);
};

/** How many frames windows of these options have in common. */
guint overlap_of (guint batch_size);

}  // namespace numpro::asking
