/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/numpro/numpro.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "lib/base/owned.h"
#include "lib/model/asksettings.h"
#include "lib/model/modelclient.h"

namespace numpro::asking {

using TimelinePtr = OwnedBy<GstNumproTimeline, gst_numpro_timeline_unref>;

/** How many questions about windows there are. */
struct AskCounts {
  guint64 answered = 0; /**< with an answer that is understood */
  guint64 unread = 0;   /**< with one that is not */
  guint64 failed = 0;   /**< without one */
};

/**
 * Asks about windows that are on the disk whatever is not answered there yet, and writes the
 * answers beside them, so that nothing is asked twice.
 */
class WindowAsker
{
 public:
  /** @param dir of bundles, to which nobody else writes */
  WindowAsker (const AskSettings &settings, BundleDirPtr dir,
               const std::vector<std::string> &questions);
  ~WindowAsker ();
  WindowAsker (const WindowAsker &) = delete;
  WindowAsker &operator= (const WindowAsker &) = delete;

  /** Waits until there is room for another window's questions. @return whether there is */
  bool wait_for_room (std::chrono::milliseconds patience);

  /** Asks all questions about a window. */
  void ask (guint64 window);

  /** Waits until all that was asked is settled. @return whether it is */
  bool wait_until_settled (std::chrono::milliseconds patience);

  /** Has the questions that are under way end without an answer. */
  void cancel ();

  // From any thread.
  AskCounts counts () const;
  /** Until which stream time windows have been answered; 0 where none is. */
  GstClockTime answered_until () const;
  /** Why the server is not asked any more, or nothing. */
  std::string absence () const;
  /** What is asked otherwise because of the server, for people; each is given once. */
  std::vector<std::string> take_news ();

  /** What is known. Windows are in their order in it. */
  TimelinePtr timeline () const;

  /** Adds the windows of which the answer is understood. @return how many questions that are */
  std::size_t add_answered_to (GstNumproTimeline *timeline) const;

 private:
  struct Outcome {
    LedgerPtr ledger;
    AnswerPtr answer;     // null where there is none
    std::string failure;  // why
  };
  struct Asked {
    guint64 window;
    std::size_t question;
    guint place;  // of the question in the bundle
  };

  void ask_question (const Asked &asked, GstNumproBundle *bundle, GstNumproLedger *ledger,
                     BatchPtr &batch);
  bool take_answer_on_disk (const Asked &asked, GstNumproBundle *bundle, GstNumproLedger *ledger);
  void finish (const Asked &asked, GstNumproLedger *ledger, AskResult result);
  void settle (const Asked &asked, Outcome outcome);
  void fail (const Asked &asked, GstNumproLedger *ledger, const std::string &why);

  const guint max_in_flight_;
  const BundleDirPtr dir_;
  const std::vector<PromptPtr> prompts_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  guint in_flight_ = 0;
  std::map<std::pair<guint64, std::size_t>, Outcome> outcomes_;  // by window and question
  std::string absence_;
  std::vector<std::string> news_;

  ModelClient client_;  // first to go: its thread uses all of the above
};

/** How many of the questions about a window are not answered on the disk. */
guint count_unanswered (GstNumproBundleDir *dir, guint64 window,
                        const std::vector<PromptPtr> &prompts);

/** The prompts of questions about windows. */
std::vector<PromptPtr> window_prompts (const AskSettings &settings,
                                       const std::vector<std::string> &questions);

}  // namespace numpro::asking
