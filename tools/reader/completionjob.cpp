/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "completionjob.h"

#include "answer.h"
#include "faultyreply.h"
#include "schemafiller.h"

namespace reader {

CompletionJob::CompletionJob (CompletionRequest request, const Fault &fault)
    : request_ (std::move (request)),
      fault_ (fault),
      question_ (Question::from (request_)),
      prompt_tokens_ (tokens_of_text (request_.text_size))
{
  const auto most = static_cast<std::size_t> (fault.argument);
  if (fault.kind == Fault::Kind::kImageCut && request_.images.size () > most)
    request_.images.resize (most);
}

void CompletionJob::start (AnalysisPool &pool, Done done)
{
  if (request_.images.empty ())
    return done (finish ());
  done_ = std::move (done);
  pending_ = request_.images.size ();
  for (RequestImage &image : request_.images) {
    AnalysisOptions options;
    options.look = question_.look;
    options.is_sheet = image.is_sheet;
    options.largest_edge = fault_.kind == Fault::Kind::kShrink ? fault_.argument : 0;
    pool.analyze (std::move (image.jpeg), options,
                  [job = shared_from_this ()] (std::optional<ImageAnalysis> analysis) {
                    job->add (std::move (analysis));
                  });
  }
}

void CompletionJob::add (std::optional<ImageAnalysis> analysis)
{
  {
    const std::lock_guard lock (mutex_);
    if (analysis) {
      frames_.insert (frames_.end (), analysis->frames.begin (), analysis->frames.end ());
      prompt_tokens_ += tokens_of_image (analysis->width, analysis->height);
    } else {
      has_broken_image_ = true;
    }
    if (--pending_ > 0)
      return;
  }
  done_ (finish ());
}

CompletionJob::Outcome CompletionJob::finish ()
{
  if (has_broken_image_)
    return {Reply::error (400, "An image is no JPEG that can be decoded."), 0, {}};
  const std::size_t numbers = frames_.size ();
  const Answer answer = Answer::to (question_, std::move (frames_));
  Completion completion;
  completion.model = request_.model;
  completion.prompt_tokens = prompt_tokens_;
  const bool fills = request_.schema && fault_.kind != Fault::Kind::kSchemaIgnored;
  completion.content = fills ? fill_schema (*request_.schema, answer) : answer.text;
  return {spoil (fault_, completion), numbers, completion.content};
}

}  // namespace reader
