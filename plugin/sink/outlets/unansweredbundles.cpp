/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unansweredbundles.h"

#include <algorithm>
#include <filesystem>
#include <string>

namespace fs = std::filesystem;

namespace numpro {

namespace {

// Thrown and caught inside this file: what cannot be read, and why.
struct ReadError {
  std::string what;
};

struct Contents {
  TextPtr bytes;
  gsize size = 0;
};

// Takes the error.
[[noreturn]] void fail (const fs::path &path, GError *error)
{
  const std::string why = error->message;
  g_error_free (error);
  throw ReadError{path.string () + ": " + why};
}

Contents read_file (const fs::path &path)
{
  Contents contents;
  gchar *bytes = nullptr;
  GError *error = nullptr;
  if (!g_file_get_contents (path.c_str (), &bytes, &contents.size, &error))
    fail (path, error);
  contents.bytes.reset (bytes);
  return contents;
}

PromptPtr read_prompt (const fs::path &path)
{
  const Contents json = read_file (path);
  GError *error = nullptr;
  PromptPtr prompt (
      gst_numpro_prompt_new_from_json (json.bytes.get (), static_cast<gssize> (json.size), &error));
  if (!prompt)
    fail (path, error);
  return prompt;
}

LedgerPtr read_ledger (const fs::path &path)
{
  const Contents json = read_file (path);
  GError *error = nullptr;
  LedgerPtr ledger (
      gst_numpro_ledger_new_from_json (json.bytes.get (), static_cast<gssize> (json.size), &error));
  if (!ledger)
    fail (path, error);
  return ledger;
}

BatchPtr read_batch (const fs::path &bundle)
{
  const fs::path path = bundle / kLedgerName;
  const LedgerPtr ledger = read_ledger (path);
  BatchPtr batch (gst_numpro_batch_new (ledger.get ()));
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger.get ()); ++i) {
    const gchar *name = gst_numpro_ledger_get_sample (ledger.get (), i)->image;
    // What leaves the machine is in the bundle.
    if (!name || fs::path (name).filename () != name)
      throw ReadError{path.string () + ": names an image that is not in the bundle"};
    // Samples of a sheet share it.
    if (gst_numpro_batch_get_image (batch.get (), name))
      continue;
    Contents jpeg = read_file (bundle / name);
    const BytesPtr image (g_bytes_new_take (jpeg.bytes.release (), jpeg.size));
    gst_numpro_batch_add_image (batch.get (), name, image.get ());
  }
  return batch;
}

bool is_there (const fs::path &path)
{
  std::error_code ignored;
  return fs::exists (path, ignored);
}

// The questions about a bundle; null where there is an answer.
std::vector<PromptPtr> read_open_questions (const fs::path &bundle)
{
  std::vector<PromptPtr> prompts;
  for (std::size_t i = 1; is_there (bundle / question_name (i)); ++i)
    prompts.push_back (
        is_there (bundle / answer_name (i)) ? nullptr : read_prompt (bundle / question_name (i)));
  return prompts;
}

}  // namespace

UnansweredBundles::UnansweredBundles (BundleStore store, std::shared_ptr<Accounting> accounting,
                                      EventsPtr events)
    : store_ (std::move (store)), accounting_ (std::move (accounting)), events_ (std::move (events))
{
  const std::vector<guint64> batches = store_.batches ();
  batches_.assign (batches.begin (), batches.end ());
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
      events_->tell (
          Lost{LossReason::kDisk, "it cannot be asked about again: " + failure.what, *batch});
    }
    done ();
  }
  return nullptr;
}

// Returns null where nothing is to be asked.
OutgoingBatchPtr UnansweredBundles::read (guint64 batch) const
{
  const fs::path bundle = store_.path_of (batch);
  std::vector<PromptPtr> prompts = read_open_questions (bundle);
  if (std::none_of (prompts.begin (), prompts.end (), [] (const auto &one) { return !!one; }))
    return nullptr;
  auto found =
      std::make_shared<OutgoingBatch> (accounting_, read_batch (bundle), std::move (prompts));
  found->set_location (bundle.string ());
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
