/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

#include <memory>
#include <string>
#include <vector>

#include "framerhythm.h"
#include "framerun.h"
#include "lib/picture/scaler.h"
#include "lookcheck.h"
#include "picturepool.h"
#include "sampledframe.h"
#include "sampler.h"
#include "sampletimes.h"

namespace numpro {

/** Makes samples of frames that stand for a number, each with a small picture. */
class FrameSampler
{
 public:
  /**
   * @param sampler chooses the frames
   * @param max_edge longer edge of pictures in pixels; 0 = as the frames
   * @param has_labels as for LookCheck
   * @param pictures outlives the sampler
   */
  FrameSampler (const Sampler &sampler, guint max_edge, bool has_labels, PicturePool &pictures)
      : sampler_ (sampler), max_edge_ (max_edge), pictures_ (pictures), look_check_ (has_labels)
  {
  }

  /**
   * The frames that come have this format.
   *
   * @param peak as content_peak()
   */
  void set_info (const GstVideoInfo &info, double peak);

  /** The frames that come lie like this. */
  void set_orientation (const Orientation &orientation) { orientation_ = orientation; }

  /** The frames that come are from the stream with this id. */
  void set_source (const std::string &id) { source_ = id; }

  /** What comes does not follow what was: the next frame is a sample. */
  void reset ();

  /** Nothing of the stream was to be seen after this, if it ends here. */
  StreamEnd stream_end () const;

  /** Size of upright pictures in pixels, once the format is known. */
  int picture_width () const
  {
    return orientation_.swaps_axes ? scaler_->height () : scaler_->width ();
  }
  int picture_height () const
  {
    return orientation_.swaps_axes ? scaler_->width () : scaler_->height ();
  }

  /** Whether the next frame is a sample. To be called for every frame, in order. */
  bool wants (GstBuffer *buffer, const GstNumproMeta &meta, const GstSegment &segment);

  /** The sample of a frame. @return null where the frame cannot be mapped */
  std::unique_ptr<SampledFrame> take (GstBuffer *buffer, const GstNumproMeta &meta,
                                      const GstSegment &segment, const PipelineTime &now);

  /** What keeps models from reading numbers, as far as it is not told yet. */
  std::vector<Unreadable> take_news () { return look_check_.take_news (); }

 private:
  Sampler sampler_;
  FrameRhythm frames_, samples_;
  FrameRun run_;                                       // since the last sample
  ShownStretch shown_before_;                          // the sample that is taken now
  GstClockTime frame_interval_ = GST_CLOCK_TIME_NONE;  // in ns of stream time
  GstClockTime frame_end_ = GST_CLOCK_TIME_NONE;
  const guint max_edge_;
  PicturePool &pictures_;
  LookCheck look_check_;
  GstVideoInfo info_{};
  double peak_ = 0;
  Orientation orientation_;
  std::unique_ptr<Scaler> scaler_;
  std::string source_;
};

}  // namespace numpro
