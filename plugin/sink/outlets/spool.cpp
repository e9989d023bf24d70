/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "spool.h"

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

Spool::Spool (BundleStore store, std::shared_ptr<Fate> fate, Reporter &reporter)
    : store_ (std::move (store)), fate_ (std::move (fate)), reporter_ (reporter)
{
  gsize count = 0;
  const OwnedBy<guint64, g_free> batches (gst_numpro_bundle_dir_list (store_.dir (), &count));
  batches_.assign (batches.get (), batches.get () + count);
}

std::optional<guint64> Spool::next ()
{
  std::lock_guard lock (mutex_);
  if (batches_.empty ())
    return std::nullopt;
  const guint64 batch = batches_.front ();
  batches_.pop_front ();
  ++out_;
  return batch;
}

TicketPtr Spool::take ()
{
  while (const std::optional<guint64> batch = next ()) {
    try {
      if (TicketPtr ticket = read (*batch))
        return ticket;
    } catch (const ReadError &failure) {
      reporter_.lost ({"disk", "it cannot be asked about again: " + failure.what, {}, *batch});
    }
    done ();
  }
  return nullptr;
}

// Returns null where nothing is to be asked.
TicketPtr Spool::read (guint64 batch) const
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (store_.dir (), batch));
  std::vector<PromptPtr> prompts = read_open_questions (bundle.get ());
  if (std::none_of (prompts.begin (), prompts.end (), [] (const auto &one) { return !!one; }))
    return nullptr;
  const auto dossier = std::make_shared<Dossier> (read_batch (bundle.get ()), std::move (prompts));
  dossier->set_bundle (gst_numpro_bundle_get_path (bundle.get ()));
  return std::make_unique<Ticket> (fate_, dossier, Stakes (), Duty::kAsk);
}

void Spool::done ()
{
  std::lock_guard lock (mutex_);
  --out_;
  changed_.notify_all ();
}

bool Spool::is_empty () const
{
  std::lock_guard lock (mutex_);
  return batches_.empty ();
}

bool Spool::wait_until_idle (std::chrono::nanoseconds timeout)
{
  std::unique_lock lock (mutex_);
  return changed_.wait_for (lock, timeout, [&] { return batches_.empty () && out_ == 0; });
}

}  // namespace numpro
