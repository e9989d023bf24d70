/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <string>

#include "answerembedder.h"
#include "lateanswers.h"
#include "recordedfiles.h"
#include "segmentanswers.h"

namespace numpro::media {

/**
 * Keeps answers with the files that they are about: as subtitles beside each ("out-00003.vtt"),
 * written again with every answer, and inside once all is known about it. So it does with answers
 * about files of earlier runs, which had to wait.
 *
 * Belongs to the thread of the main loop.
 */
class AnswerKeeper
{
 public:
  using Note = std::function<void (const std::string &)>;
  using Found = std::function<void (const std::string &question, GstNumproSpan)>;

  /**
   * @param files that are being written; outlives this
   * @param directory of what is asked and answered
   * @param note hears what failed, in sentences without a full stop
   * @param found hears of what answers about this run's files say is to be seen
   */
  AnswerKeeper (guint n_questions, const RecordedFiles &files, const std::string &directory,
                Note note, Found found);

  /** A message of numprosink; others are left alone. */
  void note_message (GstMessage *message);

  /** A file is complete. */
  void note_closed (const RecordedFile &file);

  /** Nothing more is asked. */
  void note_end ();

  /** Whether nothing is under way. */
  bool is_idle () const { return embedder_.is_idle (); }

  /** What became of questions that have no answer, in a sentence, or nothing. */
  std::string shortfall () const;

 private:
  void on_answer (GstNumproAnswer *answer);
  void on_change (guint64 batch);
  void on_late_answer (guint64 batch);
  void write (const RecordedFile &file, const FileEvents &events);
  void keep_inside (const RecordedFile &file, const FileEvents &events);
  void settle ();

  const RecordedFiles &files_;
  const Note note_;
  const Found found_;
  SegmentAnswers answers_;
  LateAnswers late_;
  AnswerEmbedder embedder_;
  bool is_told_of_disk_ = false;
};

}  // namespace numpro::media
