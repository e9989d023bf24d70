/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/numpro/numpro.h>

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/gstowned.h"
#include "recordedfiles.h"

namespace numpro::media {

/** Events in a file of a recording, at its own times. */
struct FileEvents {
  MiniObjectPtr<GstNumproTimeline> timeline;
  guint count = 0;
};

/**
 * What is asked about a recording while it is made, and which of its files answers belong to. Knows
 * when all is known about a file.
 */
class SegmentAnswers
{
 public:
  explicit SegmentAnswers (guint n_questions) : n_questions_ (n_questions) {}

  /** A batch is asked about. Its stream times are the running times of files. */
  void note_batch (GstNumproLedger *ledger);

  /** Of an earlier process, too: those are left alone. @return whether it is about this recording
   */
  bool note_answer (GstNumproAnswer *answer);

  /** A question is lost for good. */
  void note_failure (guint64 batch, const std::string &question, const std::string &reason);

  void note_closed (const RecordedFile &file) { closed_.push_back (file); }

  /** There are no more batches. */
  void note_end () { is_over_ = true; }

  /** The events of a file, also of one that is being written, as far as they are known. */
  FileEvents events_of (const RecordedFile &file) const;

  /** A closed file about which all is known. It is given once. */
  std::optional<RecordedFile> take_settled ();

  /** What is known about a settled file is not needed any more. */
  void forget (const RecordedFile &file);

  /** Those that are closed and not settled. */
  const std::deque<RecordedFile> &closed () const { return closed_; }

  /** Whether a batch has to do with a file. */
  bool is_about (guint64 batch, const RecordedFile &file) const;

  /** Questions that are not answered yet, and those that are lost. */
  guint unanswered () const;
  guint lost () const { return lost_; }

  /** Answers that were not understood. */
  guint unread () const { return unread_; }

 private:
  struct Outcome {
    std::string question;
    MiniObjectPtr<GstNumproAnswer> answer;  // null where there is none
    std::string reason;                     // why there is none
  };
  struct Window {
    MiniObjectPtr<GstNumproLedger> ledger;
    GstClockTime start = 0, end = 0;
    std::vector<Outcome> outcomes;
  };

  bool note (guint64 batch, Outcome outcome);
  static bool meet (const Window &window, const RecordedFile &file);
  bool is_settled (const RecordedFile &file) const;

  const guint n_questions_;
  std::map<guint64, Window> windows_;  // by batch
  std::deque<RecordedFile> closed_;
  bool is_over_ = false;
  guint lost_ = 0, unread_ = 0;
};

}  // namespace numpro::media
