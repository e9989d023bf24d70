/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "container.h"
#include "pictureencoding.h"
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
  // On streaming threads
  void on_other_stream (GstPad *stream, const GstCaps *caps) override;
  void add_copied (GstPad *from, const GstCaps *caps);
  void add_encoded_sound (GstPad *from, const GstCaps *caps);
  void add_subtitles (GstPad *from, GstPadTemplate *into);

  const std::string output_;
  const Container container_;
  PictureEncoding encoding_{[this] (const std::string &text) { note (text); }};
};

}  // namespace numpro::media
