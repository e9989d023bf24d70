/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "completionjob.h"

#include <algorithm>
#include <random>

#include "faultyreply.h"
#include "restatement.h"
#include "schemafiller.h"

namespace reader {

namespace {

using Kind = Fault::Kind;
using Images = std::vector<RequestImage>;

// As llama.cpp has done with neighbours of one size (llama.cpp 24303).
void drop_every_second (Images &images)
{
  Images kept;
  for (std::size_t i = 0; i < images.size (); i += 2)
    kept.push_back (std::move (images[i]));
  images = std::move (kept);
}

// Three and more, as MLX does in LM Studio (lmstudio-bug-tracker 1663); the same way each time.
void shuffle (Images &images)
{
  if (images.size () < 3)
    return;
  std::mt19937 dice (static_cast<std::uint32_t> (images.size ()));
  std::swap (images.front (), images.back ());
  std::shuffle (images.begin () + 1, images.end (), dice);
}

// What a server does to images and tells nobody.
void lose_images (const Fault &fault, Images &images)
{
  const std::size_t most = std::min (images.size (), static_cast<std::size_t> (fault.argument));
  if (fault.kind == Kind::kImageCut)
    images.resize (most);
  else if (fault.kind == Kind::kCutFront)
    images.erase (images.begin (), images.end () - static_cast<std::ptrdiff_t> (most));
  else if (fault.kind == Kind::kMergeNeighbours)
    drop_every_second (images);
  else if (fault.kind == Kind::kShuffle)
    shuffle (images);
}

}  // namespace

CompletionJob::CompletionJob (CompletionRequest request, const Fault &fault)
    : request_ (std::move (request)),
      fault_ (fault),
      question_ (Question::from (request_)),
      prompt_tokens_ (tokens_of_text (request_.text_size))
{
  lose_images (fault, request_.images);
}

void CompletionJob::start (AnalysisPool &pool, Done done)
{
  if (request_.images.empty ())
    return done (finish ());
  done_ = std::move (done);
  pending_ = request_.images.size ();
  frames_.resize (pending_);
  for (std::size_t i = 0; i < request_.images.size (); ++i) {
    RequestImage &image = request_.images[i];
    AnalysisOptions options;
    options.look = question_.look;
    options.is_sheet = image.is_sheet;
    options.largest_edge = fault_.kind == Fault::Kind::kShrink ? fault_.argument : 0;
    pool.analyze (std::move (image.jpeg), options,
                  [job = shared_from_this (), i] (std::optional<ImageAnalysis> analysis) {
                    job->add (i, std::move (analysis));
                  });
  }
}

void CompletionJob::add (std::size_t image, std::optional<ImageAnalysis> analysis)
{
  {
    const std::lock_guard lock (mutex_);
    if (analysis) {
      frames_[image] = std::move (analysis->frames);
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
  FrameAnalyses frames;
  for (const FrameAnalyses &one : frames_)
    frames.insert (frames.end (), one.begin (), one.end ());
  const std::size_t numbers = frames.size ();
  const Answer answer = Answer::to (question_, std::move (frames));
  Completion completion;
  completion.model = request_.model;
  completion.prompt_tokens = prompt_tokens_;
  completion.content = content_for (answer);
  return {spoil (fault_, completion), numbers, completion.content};
}

std::string CompletionJob::content_for (const Answer &answer) const
{
  if (auto restated = restate (request_, fault_.kind == Fault::Kind::kInvent))
    return *restated;
  switch (fault_.kind) {
    case Fault::Kind::kProse:
      return in_prose (answer);
    case Fault::Kind::kBlind:
      return "I don't see any frames attached to your message.";
    case Fault::Kind::kSchemaIgnored:
      return answer.text;
    default:
      return request_.schema ? fill_schema (*request_.schema, answer) : answer.text;
  }
}

}  // namespace reader
