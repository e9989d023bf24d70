/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerembedder.h"

#include <filesystem>

namespace numpro::media {

namespace {

namespace fs = std::filesystem;

TextPtr text_of (const FileEvents &events, GstNumproTimelineFormat format)
{
  return TextPtr (gst_numpro_timeline_to_text (events.timeline.get (), format, 0, 0, nullptr));
}

std::string write (const std::string &location, const std::string &text)
{
  GError *error = nullptr;
  g_file_set_contents (location.c_str (), text.data (), static_cast<gssize> (text.size ()), &error);
  const ErrorPtr why (error);
  return why ? why->message : "";
}

}  // namespace

AnswerEmbedder::AnswerEmbedder (Note note)
    : note_ (std::move (note)),
      program_ (g_find_program_in_path ("mkvmerge")),
      cancellable_ (g_cancellable_new ())
{
}

AnswerEmbedder::~AnswerEmbedder ()
{
  g_cancellable_cancel (cancellable_.get ());
  if (!process_)
    return;
  g_subprocess_force_exit (process_.get ());
  g_subprocess_wait (process_.get (), nullptr, nullptr);
  clean_up ();
}

void AnswerEmbedder::add (const std::string &location, const FileEvents &events)
{
  const TextPtr chapters = text_of (events, GST_NUMPRO_TIMELINE_FORMAT_MATROSKA_CHAPTERS);
  const TextPtr subtitles = text_of (events, GST_NUMPRO_TIMELINE_FORMAT_SRT);
  if (!chapters || !subtitles)
    return;
  waiting_.push_back ({location, chapters.get (), subtitles.get ()});
  begin_next ();
}

void AnswerEmbedder::begin_next ()
{
  while (!process_ && !waiting_.empty ()) {
    const Job job = std::move (waiting_.front ());
    waiting_.pop_front ();
    if (const std::string problem = begin (job); !problem.empty ()) {
      note_ ("the answers were not put into " + job.location + ": " + problem);
      clean_up ();
    }
  }
}

std::string AnswerEmbedder::begin (const Job &job)
{
  GError *error = nullptr;
  const TextPtr directory (g_dir_make_tmp ("numpro-XXXXXX", &error));
  if (const ErrorPtr why (error); why)
    return why->message;
  location_ = job.location;
  unfinished_ = job.location + ".part";
  directory_ = directory.get ();
  const std::string chapters = directory_ + "/chapters.xml",
                    subtitles = directory_ + "/answers.srt";
  std::string problem = write (chapters, job.chapters);
  if (problem.empty ())
    problem = write (subtitles, job.subtitles);
  if (!problem.empty ())
    return problem;
  process_.reset (
      g_subprocess_new (static_cast<GSubprocessFlags> (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                                       G_SUBPROCESS_FLAGS_STDERR_SILENCE),
                        &error, program_.get (), "--quiet", "--flush-on-close", "--output",
                        unfinished_.c_str (), "--chapters", chapters.c_str (), location_.c_str (),
                        "--track-name", "0:Answers", subtitles.c_str (), nullptr));
  if (const ErrorPtr why (error); why)
    return why->message;
  g_subprocess_wait_async (
      process_.get (), cancellable_.get (),
      [] (GObject *process, GAsyncResult *result, gpointer self) {
        GError *cancelled = nullptr;
        g_subprocess_wait_finish (G_SUBPROCESS (process), result, &cancelled);
        if (const ErrorPtr why (cancelled); !why)
          static_cast<AnswerEmbedder *> (self)->on_end ();
      },
      this);
  return {};
}

void AnswerEmbedder::on_end ()
{
  // It ends with 1 after warnings, which leave a whole file.
  const bool is_whole = g_subprocess_get_if_exited (process_.get ()) &&
                        g_subprocess_get_exit_status (process_.get ()) <= 1;
  process_.reset ();
  std::error_code error;
  if (is_whole)
    fs::rename (unfinished_, location_, error);
  if (!is_whole || error)
    note_ ("the answers were not put into " + location_ +
           ", which stays as it is: " + (error ? error.message () : "mkvmerge failed"));
  clean_up ();
  begin_next ();
}

void AnswerEmbedder::clean_up ()
{
  std::error_code ignored;
  if (!unfinished_.empty ())
    fs::remove (unfinished_, ignored);
  if (!directory_.empty ())
    fs::remove_all (directory_, ignored);
  unfinished_.clear ();
  directory_.clear ();
}

}  // namespace numpro::media
