/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unansweredbundles.h"

#include <algorithm>
#include <string>

namespace numpro {

namespace {

// Thrown and caught inside this file: what cannot be read, and why.
struct ReadError {
  std::string what;
};

// What was read, where it was; takes the error where it was not.
template <typename Object>
Object *require (Object *object, GError *error)
{
  if (const ErrorPtr owned (error); owned)
    throw ReadError{owned->message};
  return object;
}

PromptPtr read_prompt (GstNumproBundle *bundle, guint index)
{
  GError *error = nullptr;
  auto *prompt = gst_numpro_bundle_read_prompt (bundle, index, &error);
  return PromptPtr (require (prompt, error));
}

BatchPtr read_batch (GstNumproBundle *bundle)
{
  GError *error = nullptr;
  auto *batch = gst_numpro_bundle_read_batch (bundle, &error);
  return BatchPtr (require (batch, error));
}

// The questions about a bundle; null where there is an answer.
std::vector<PromptPtr> read_open_questions (GstNumproBundle *bundle)
{
  std::vector<PromptPtr> prompts;
  const guint count = gst_numpro_bundle_get_n_questions (bundle);
  for (guint i = 0; i < count; ++i)
    prompts.push_back (gst_numpro_bundle_is_answered (bundle, i) ? nullptr
                                                                 : read_prompt (bundle, i));
  return prompts;
}

}  // namespace

UnansweredBundles::UnansweredBundles (BundleStore store, std::shared_ptr<Accounting> accounting,
                                      EventsPtr events)
    : store_ (std::move (store)), accounting_ (std::move (accounting)), events_ (std::move (events))
{
  gsize count = 0;
  const OwnedBy<guint64, g_free> batches (gst_numpro_bundle_dir_list (store_.dir (), &count));
  batches_.assign (batches.get (), batches.get () + count);
}

std::optional<guint64> UnansweredBundles::next ()
{
  std::lock_guard lock (mutex_);
  if (batches_.empty ())
    return std::nullopt;
  const guint64 batch = batches_.front ();
  batches_.pop_front ();
  ++out_;
  return batch;
}

OutgoingBatchPtr UnansweredBundles::take ()
{
  while (const std::optional<guint64> batch = next ()) {
    try {
      if (OutgoingBatchPtr found = read (*batch))
        return found;
    } catch (const ReadError &failure) {
      events_->tell (Lost{GST_NUMPRO_LOSS_REASON_DISK,
                          "it cannot be asked about again: " + failure.what, *batch});
    }
    done ();
  }
  return nullptr;
}

// Returns null where nothing is to be asked.
OutgoingBatchPtr UnansweredBundles::read (guint64 batch) const
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (store_.dir (), batch));
  std::vector<PromptPtr> prompts = read_open_questions (bundle.get ());
  if (std::none_of (prompts.begin (), prompts.end (), [] (const auto &one) { return !!one; }))
    return nullptr;
  auto found = std::make_shared<OutgoingBatch> (accounting_, read_batch (bundle.get ()),
                                                std::move (prompts));
  found->set_location (gst_numpro_bundle_get_path (bundle.get ()));
  return found;
}

void UnansweredBundles::done ()
{
  std::lock_guard lock (mutex_);
  --out_;
  changed_.notify_all ();
}

bool UnansweredBundles::is_empty () const
{
  std::lock_guard lock (mutex_);
  return batches_.empty ();
}

bool UnansweredBundles::wait_until_idle (std::chrono::nanoseconds timeout)
{
  std::unique_lock lock (mutex_);
  return changed_.wait_for (lock, timeout, [&] { return batches_.empty () && out_ == 0; });
}

}  // namespace numpro
