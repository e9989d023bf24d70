/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <optional>
#include <string>

#include "lib/base/owned.h"
#include "tools/media/elementoptions.h"
#include "tools/media/videopipeline.h"

namespace numpro::asking {

/** Which numbers frames get, and which of the frames are in windows. */
struct Sampling {
  bool is_recorded = false; /**< the recording's own numbers, in place of these */
  std::string numbers;      /**< a second: "1/1" */
  std::string rate; /**< frames a second that are in windows, each with a number of its own */
};

/** A part of a recording, in stream time. */
struct Section {
  GstClockTime start, end;
};

/** Makes windows of a recording: batches of numbered frames that overlap by half. */
class WindowPipeline : public media::VideoPipeline
{
 public:
  /** @return why that cannot be, in a sentence, or nothing */
  std::string build (const std::string &input, const Sampling &sampling,
                     const media::ElementOptions &window_options);

  /**
   * Has the pipeline make one window of a part of the recording, with the numbers that it has in
   * the whole. Before it runs.
   */
  void limit_to (const Section &section);

  /**
   * Has no more frames decoded than windows need. Key frames are in windows whatever the rate of
   * the sampling is. Before it runs.
   */
  void decode_few (media::CodedFrameFilter::Choice choice);

  /** Has the frames that were decoded become the last window, as no more can be decoded. */
  void end_windows () { send_end_to ("intake"); }

  /** The next window; null where there is none within some time, or none any more. */
  BatchPtr next (GstClockTime patience);

 private:
  void begin_to_seek ();
  void seek ();

  gulong wait_ = 0;  // for the section
  Section section_{0, GST_CLOCK_TIME_NONE};
  bool has_begun_to_seek_ = false;
};

/** How many frames windows of these options have in common. */
guint overlap_of (guint batch_size);

}  // namespace numpro::asking
