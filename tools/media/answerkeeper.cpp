/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerkeeper.h"

#include <filesystem>
#include <utility>

namespace numpro::media {

namespace {

std::string subtitles_beside (const std::string &location)
{
  return std::filesystem::path (location).replace_extension (".vtt");
}

}  // namespace

AnswerKeeper::AnswerKeeper (guint n_questions, const RecordedFiles &files,
                            const std::string &directory, Note note, Found found)
    : files_ (files),
      note_ (std::move (note)),
      found_ (std::move (found)),
      answers_ (n_questions),
      late_ (directory, files.earlier ()),
      embedder_ (note_)
{
  if (!embedder_.is_available ())
    note_ (
        "there is no mkvmerge here: answers are kept in .vtt files beside the recording, and not put "
        "into it; install mkvtoolnix to have them there too");
}

void AnswerKeeper::note_message (GstMessage *message)
{
  GstNumproLedger *ledger = nullptr;
  GstNumproAnswer *answer = nullptr;
  guint64 batch = 0;
  char *question = nullptr, *reason = nullptr;
  if (gst_message_parse_numpro_batch (message, &ledger, nullptr)) {
    answers_.note_batch (ledger);
    gst_numpro_ledger_unref (ledger);
    settle ();
  } else if (gst_message_parse_numpro_answer (message, &answer, nullptr)) {
    on_answer (answer);
    gst_numpro_answer_unref (answer);
  } else if (gst_message_parse_numpro_failure (message, nullptr, &reason, &batch, &question,
                                               nullptr, nullptr)) {
    const TextPtr owned_question (question), owned_reason (reason);
    if (question) {
      answers_.note_failure (batch, question, reason);
      on_change (batch);
    }
  }
}

void AnswerKeeper::on_answer (GstNumproAnswer *answer)
{
  const guint64 batch = gst_numpro_answer_get_batch (answer);
  if (!answers_.note_answer (answer)) {
    on_late_answer (batch);
    return;
  }
  for (guint i = 0; i < gst_numpro_answer_get_n_spans (answer); ++i)
    found_ (gst_numpro_answer_get_question (answer), *gst_numpro_answer_get_span (answer, i));
  on_change (batch);
}

void AnswerKeeper::note_closed (const RecordedFile &file)
{
  answers_.note_closed (file);
  write (file, answers_.events_of (file));
  settle ();
}

void AnswerKeeper::note_end ()
{
  answers_.note_end ();
  settle ();
}

void AnswerKeeper::on_change (guint64 batch)
{
  for (const RecordedFile &file : files_.open ())
    if (answers_.is_about (batch, file))
      write (file, answers_.events_of (file));
  for (const RecordedFile &file : answers_.closed ())
    if (answers_.is_about (batch, file))
      write (file, answers_.events_of (file));
  settle ();
}

void AnswerKeeper::on_late_answer (guint64 batch)
{
  for (const LateEvents &late : late_.events_about (batch)) {
    write (late.file, late.events);
    if (late.is_settled)
      keep_inside (late.file, late.events);
  }
}

// Replaced at once, so that it is valid whenever it is read.
void AnswerKeeper::write (const RecordedFile &file, const FileEvents &events)
{
  const TextPtr text (gst_numpro_timeline_to_text (
      events.timeline.get (), GST_NUMPRO_TIMELINE_FORMAT_WEBVTT, 0, 0, nullptr));
  GError *error = nullptr;
  g_file_set_contents (subtitles_beside (file.location).c_str (), text.get (), -1, &error);
  if (const ErrorPtr why (error); why && !std::exchange (is_told_of_disk_, true))
    note_ (why->message);
}

void AnswerKeeper::settle ()
{
  while (const std::optional<RecordedFile> file = answers_.take_settled ()) {
    keep_inside (*file, answers_.events_of (*file));
    answers_.forget (*file);
  }
}

void AnswerKeeper::keep_inside (const RecordedFile &file, const FileEvents &events)
{
  if (events.count > 0 && embedder_.is_available ())
    embedder_.add (file.location, events);
}

std::string AnswerKeeper::shortfall () const
{
  std::string text;
  const auto tell = [&text] (const char *what, guint count) {
    if (count > 0)
      text += (text.empty () ? "" : " ") + std::string (what) + ": " + std::to_string (count) + ".";
  };
  tell ("Questions that have no answer", answers_.lost ());
  tell ("Answers that were not understood", answers_.unread ());
  tell ("Questions that wait, and are asked when the same output is recorded to again",
        answers_.unanswered ());
  return text;
}

}  // namespace numpro::media
