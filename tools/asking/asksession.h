/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vector>

#include "askoptions.h"
#include "asksize.h"
#include "eventtable.h"
#include "interruption.h"
#include "subjects.h"

namespace numpro::asking {

/** All that a call of `numpro ask` asks about, one after the other. */
class AskSession
{
 public:
  /** @param options, settings outlive the session */
  AskSession (const AskOptions &options, const AskSettings &settings);

  /** Looks into what is asked about, and tells how much that is. */
  AskSize prepare ();

  /** Asks, and tells what comes of it. @return the exit status */
  int run ();

  /** Of what was done until now. */
  int exit_status () const;

 private:
  void ask_about (const Subject &subject, Interruption &interruption);
  void refine (GstNumproTimeline *timeline, const Subject &subject, Interruption &interruption);
  void cut_clips (GstNumproTimeline *timeline, const Subject &subject, Interruption &interruption);
  std::string draw (GstNumproTimeline *timeline, const Subject &subject);
  std::string write (GstNumproTimeline *timeline, const Subject &subject, const Coverage &coverage);
  void note (const std::string &text);

  const AskOptions &options_;
  const AskSettings &settings_;
  media::ProgressDisplay display_;
  std::vector<Subject> subjects_;
  int signal_ = 0;  // that ended it
  bool has_results_ = false, is_incomplete_ = false;
};

}  // namespace numpro::asking
