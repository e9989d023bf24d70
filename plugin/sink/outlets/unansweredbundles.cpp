/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unansweredbundles.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace numpro {

UnansweredBundles::UnansweredBundles (GstNumproBundleDir *dir,
                                      std::shared_ptr<Accounting> accounting, EventsPtr events)
    : dir_ (dir), accounting_ (std::move (accounting)), events_ (std::move (events))
{
  gsize count = 0;
  const OwnedBy<guint64, g_free> batches (gst_numpro_bundle_dir_list (dir_, &count));
  for (gsize i = 0; i < count; ++i)
    open_[batches.get ()[i]];
}

bool UnansweredBundles::is_empty () const
{
  std::lock_guard lock (mutex_);
  return open_.empty ();
}

guint64 UnansweredBundles::postponed () const
{
  std::lock_guard lock (mutex_);
  return std::accumulate (
      open_.begin (), open_.end (), guint64 (0),
      [] (guint64 sum, const auto &one) { return sum + one.second.questions.size (); });
}

void UnansweredBundles::postpone (guint64 batch, std::vector<guint64> numbers,
                                  std::vector<PendingQuestion> questions, guint failures,
                                  const OutgoingBatchPtr &unasked)
{
  std::lock_guard lock (mutex_);
  Open &open = open_[batch];
  std::move (questions.begin (), questions.end (), std::back_inserter (open.questions));
  open.numbers = std::move (numbers);
  open.failures = std::max (open.failures, failures);
  open.unasked = unasked;
}

UnansweredBundles::Taken UnansweredBundles::take ()
{
  Taken taken;
  while (true) {
    std::unique_lock lock (mutex_);
    if (open_.empty ())
      return taken;
    auto [batch, open] = std::move (*open_.begin ());
    open_.erase (open_.begin ());
    lock.unlock ();
    GError *error = nullptr;
    taken.failures = open.failures;
    if ((taken.batch = read (batch, open, &error)))
      return taken;
    const ErrorPtr owned (error);
    if (!owned)
      continue;
    taken.lost += open.questions.size ();
    const bool is_expected = is_removed (batch) && std::exchange (has_told_removed_, true);
    lose (batch, std::move (open),
          {.reason = GST_NUMPRO_LOSS_REASON_DISK,
           .sentence = std::string ("it cannot be asked about again: ") + error->message,
           .is_expected = is_expected});
  }
}

void UnansweredBundles::give_up ()
{
  std::unique_lock lock (mutex_);
  std::map<guint64, Open> left = std::exchange (open_, {});
  lock.unlock ();
  for (auto &[batch, open] : left) {
    if (!open.questions.empty ())
      lose (batch, std::move (open),
            {.reason = GST_NUMPRO_LOSS_REASON_FLUSH, .sentence = kFlushed});
  }
}

// Several questions about a batch are lost for the same: one of them is enough for people.
void UnansweredBundles::lose (guint64 batch, Open open, Lost lost)
{
  lost.batch = batch;
  if (open.questions.empty ())
    events_->tell (lost);
  lost.numbers = std::move (open.numbers);
  for (PendingQuestion &question : open.questions) {
    question.lose (*events_, lost);
    lost.is_expected = true;
  }
}

bool UnansweredBundles::is_removed (guint64 batch) const
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir_, batch));
  return !g_file_test (gst_numpro_bundle_get_path (bundle.get ()), G_FILE_TEST_EXISTS);
}

// Returns null, without an error, where nothing is to be asked. The questions go along.
OutgoingBatchPtr UnansweredBundles::read (guint64 batch, Open &open, GError **error) const
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir_, batch));
  OutgoingBatchPtr found;
  if (open.questions.empty ()) {
    found = read_found (bundle.get (), error);
  } else if (OutgoingBatchPtr unasked = open.unasked.lock ()) {
    // What becomes of its bundle is known when it is answered.
    unasked->questions () = std::move (open.questions);
    return unasked;
  } else if (BatchPtr read = BatchPtr (gst_numpro_bundle_read_batch (bundle.get (), error)); read) {
    found =
        std::make_shared<OutgoingBatch> (accounting_, std::move (read), std::vector<PromptPtr> ());
    found->questions () = std::move (open.questions);
  }
  if (found)
    found->set_location (gst_numpro_bundle_get_path (bundle.get ()));
  return found;
}

// What an earlier process has left, in the words of its questions.
OutgoingBatchPtr UnansweredBundles::read_found (GstNumproBundle *bundle, GError **error) const
{
  std::vector<PromptPtr> prompts (gst_numpro_bundle_get_n_questions (bundle));
  bool is_open = false;
  for (guint i = 0; i < prompts.size (); ++i) {
    if (gst_numpro_bundle_is_answered (bundle, i))
      continue;
    prompts[i].reset (gst_numpro_bundle_read_prompt (bundle, i, error));
    if (!prompts[i])
      return nullptr;
    is_open = true;
  }
  BatchPtr asked (is_open ? gst_numpro_bundle_read_batch (bundle, error) : nullptr);
  return asked
             ? std::make_shared<OutgoingBatch> (accounting_, std::move (asked), std::move (prompts))
             : nullptr;
}

}  // namespace numpro
