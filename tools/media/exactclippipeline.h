/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clippipeline.h"
#include "pictureencoding.h"

namespace numpro::media {

/**
 * Writes a part of a recording to the frame and to the sample: decoded and encoded again, upright,
 * as Matroska.
 */
class ExactClipPipeline : public ClipPipeline
{
 public:
  explicit ExactClipPipeline (ClipPlan plan);

  std::string build () override;

 private:
  void add_probes ();

  // On streaming threads
  void on_positioned () override;
  void on_sound (GstPad *stream, const GstCaps *caps) override;
  const char *end_of_reading () const override { return "intake"; }
  GstPadProbeReturn choose_picture (GstPad *pad, GstPadProbeInfo *info);

  PictureEncoding encoding_{[this] (const std::string &text) { note (text); }};
};

}  // namespace numpro::media
