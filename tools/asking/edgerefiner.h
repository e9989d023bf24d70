/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "askoptions.h"
#include "edges.h"
#include "interruption.h"
#include "subjects.h"
#include "tools/media/progressline.h"
#include "windowasker.h"

namespace numpro::asking {

/** Asks about the edges of events again, in windows of more frames around them. */
class EdgeRefiner
{
 public:
  using Note = std::function<void (const std::string &)>;

  /** @param note hears what is to be told meanwhile, in sentences without a full stop */
  EdgeRefiner (const Subject &subject, const AskOptions &options, const AskSettings &settings,
               Interruption &interruption, media::ProgressDisplay &display, Note note);

  /**
   * Adds the windows around edges to what is known, where their answers are understood. Edges where
   * they are not stay as they are, which is told.
   *
   * @return what is wrong, in a sentence, or nothing
   */
  std::string run (GstNumproTimeline *timeline);

 private:
  std::string refine_once (GstNumproTimeline *timeline, GstClockTime step, int round);
  std::string ask_about (const std::vector<Section> &edges, WindowAsker &asker);
  std::string make_window (const Section &edge, guint64 number);
  bool goes_on (GstClockTime at);

  const Subject &subject_;
  const AskOptions &options_;
  const AskSettings &settings_;
  Interruption &interruption_;
  media::ProgressDisplay &display_;
  const Note note_;
  const gint64 begun_;

  // Of one round
  BundleDirPtr dir_;
  std::string rate_;
};

}  // namespace numpro::asking
