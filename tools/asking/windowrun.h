/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "askoptions.h"
#include "interruption.h"
#include "tools/media/progressline.h"
#include "videofacts.h"
#include "windowasker.h"
#include "windowreader.h"

namespace numpro::asking {

/** What is asked about: a recording, or windows that are on the disk. */
struct Subject {
  std::string name;      /**< as the user called it */
  std::string video;     /**< empty where there are windows only */
  std::string directory; /**< of windows and answers */
  Sampling sampling;
  VideoFacts facts;
};

/** Makes the windows of a subject that are not on the disk, and has all of them asked about. */
class WindowRun
{
 public:
  using Note = std::function<void (const std::string &)>;

  /** @param note hears what is to be told meanwhile, in sentences without a full stop */
  WindowRun (const Subject &subject, const AskOptions &options, WindowAsker &asker,
             GstNumproBundleDir *dir, Interruption &interruption, media::ProgressDisplay &display,
             Note note);

  /** @return what is wrong, in a sentence, or nothing; what was made until then is asked about */
  std::string run ();

 private:
  void ask_about_what_is_there ();
  std::string make_windows ();
  std::string keep (BatchPtr batch);
  void ask (guint64 window);
  bool goes_on ();

  const Subject &subject_;
  const AskOptions &options_;
  WindowAsker &asker_;
  GstNumproBundleDir *const dir_;
  Interruption &interruption_;
  media::ProgressDisplay &display_;
  const Note note_;
  const gint64 begun_;
};

/** Whether all windows of a subject are on the disk. */
bool has_all_windows (const Subject &subject);

/** Until when there are pictures, as far as that is known: sound may be longer. */
GstClockTime length_of_pictures (const Subject &subject);

}  // namespace numpro::asking
