/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <functional>
#include <set>
#include <string>

#include "askoptions.h"
#include "interruption.h"
#include "subjects.h"
#include "tools/media/clipwriter.h"
#include "tools/media/progressline.h"

namespace numpro::asking {

/** Writes a clip of each event of a recording. */
class EventClips
{
 public:
  using Note = std::function<void (const std::string &)>;

  /** @param note hears what is to be told meanwhile, in sentences without a full stop */
  EventClips (const Subject &subject, const AskOptions &options, Interruption &interruption,
              media::ProgressDisplay &display, Note note);

  /**
   * @param failed hears of each clip that is not there or not whole, in a sentence; others are
   * written all the same
   */
  void write (GstNumproTimeline *timeline, const std::function<void (const std::string &)> &failed);

 private:
  std::string write_clip (const GstNumproSpan &span, const std::string &path);
  std::string obstacle_to (const std::string &path) const;
  void note_once (const std::string &text);

  const Subject &subject_;
  const AskOptions &options_;
  Interruption &interruption_;
  media::ProgressDisplay &display_;
  const Note note_;
  const media::ClipCut cut_;
  std::set<std::string> noted_;
};

}  // namespace numpro::asking
