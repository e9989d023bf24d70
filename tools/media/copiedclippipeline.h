/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "clippipeline.h"
#include "codedclip.h"

namespace numpro::media {

/** Writes a part of a recording as it is coded: from a key frame on, until after its end. */
class CopiedClipPipeline : public ClipPipeline
{
 public:
  CopiedClipPipeline (ClipPlan plan, Container container);

  std::string build () override;
  const char *emptiness () const override
  {
    return "there is no key frame to begin with; leave out --clips-copy.";
  }

 private:
  // On streaming threads
  void on_video (const GstCaps *caps) override;
  void on_positioned () override {}
  void on_sound (GstPad *stream, const GstCaps *caps) override;
  const char *end_of_reading () const override { return "copied"; }
  GstPadProbeReturn drop_behind_end (GstPad *pad, GstPadProbeInfo *info);
  GstPadProbeReturn choose_frame (GstPad *pad, GstPadProbeInfo *info);
  CodedPicture described_frame (GstPad *pad, GstBuffer *buffer);
  void push (GstPad *pad, std::vector<CodedPicture> frames);

  // Of the streaming thread.
  CodedClip clip_;
  bool is_pushing_ = false;
};

}  // namespace numpro::media
