/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <deque>
#include <functional>
#include <string>

#include "lib/base/gstowned.h"
#include "segmentanswers.h"

namespace numpro::media {

/**
 * Puts events into Matroska files as chapters and as a subtitle track, without encoding anything
 * again: by mkvmerge, a program of mkvtoolnix, one file after the other. A file is written under
 * another name and renamed when it is whole.
 *
 * Belongs to the thread of the main loop.
 */
class AnswerEmbedder
{
 public:
  using Note = std::function<void (const std::string &)>;

  /** @param note hears what failed, in sentences without a full stop */
  explicit AnswerEmbedder (Note note);
  ~AnswerEmbedder ();
  AnswerEmbedder (const AnswerEmbedder &) = delete;
  AnswerEmbedder &operator= (const AnswerEmbedder &) = delete;

  /** Whether there is a mkvmerge. */
  bool is_available () const { return program_ != nullptr; }

  /** Events are put into the file as soon as its turn comes. */
  void add (const std::string &location, const FileEvents &events);

  /** Whether nothing is left to do. */
  bool is_idle () const { return !process_ && waiting_.empty (); }

 private:
  struct Job {
    std::string location, chapters, subtitles;
  };

  void begin_next ();
  std::string begin (const Job &job);
  void on_end ();
  void clean_up ();

  const Note note_;
  const TextPtr program_;
  std::deque<Job> waiting_;
  std::string location_, unfinished_, directory_;  // of the job that is under way
  ObjectPtr<GSubprocess> process_;
  ObjectPtr<GCancellable> cancellable_;
};

}  // namespace numpro::media
