/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "container.h"
#include "picturesize.h"
#include "stampingpipeline.h"

namespace numpro::media {

/**
 * The elements that stamp the video of a file into another file. Streams other than the video are
 * copied as they are where the container takes them.
 */
class StampPipeline : public StampingPipeline
{
 public:
  /** @param look outlives the pipeline */
  StampPipeline (std::string input, std::string output, Container container,
                 const OverlayOptions &look);

  std::string build () override;

 private:
  void add_probes ();

  // On streaming threads
  void on_other_stream (GstPad *stream, const GstCaps *caps) override;
  void add_copied (GstPad *from, const GstCaps *caps);
  void add_encoded_sound (GstPad *from, const GstCaps *caps);
  void add_subtitles (GstPad *from, GstPadTemplate *into);
  GstElement *add_chain (const std::string &description, GstPad *from, GstPadTemplate *into);
  void on_video_tags (GstPadProbeInfo *info);
  void on_event (GstEvent *event);
  GstElement *make_padding ();

  const std::string output_;
  const Container container_;

  PictureSize size_{PictureSize::Depth::kAsItIs};  // belongs to the streaming thread
};

}  // namespace numpro::media
