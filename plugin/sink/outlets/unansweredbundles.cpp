/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unansweredbundles.h"

namespace numpro {

UnansweredBundles::UnansweredBundles (GstNumproBundleDir *dir,
                                      std::shared_ptr<Accounting> accounting, EventsPtr events)
    : dir_ (dir), accounting_ (std::move (accounting)), events_ (std::move (events))
{
  gsize count = 0;
  const OwnedBy<guint64, g_free> batches (gst_numpro_bundle_dir_list (dir_, &count));
  batches_.assign (batches.get (), batches.get () + count);
}

OutgoingBatchPtr UnansweredBundles::take ()
{
  while (!batches_.empty ()) {
    const guint64 batch = batches_.front ();
    batches_.pop_front ();
    GError *error = nullptr;
    if (OutgoingBatchPtr found = read (batch, &error))
      return found;
    if (const ErrorPtr owned (error); owned)
      events_->tell (Lost{GST_NUMPRO_LOSS_REASON_DISK,
                          std::string ("it cannot be asked about again: ") + error->message,
                          batch});
  }
  return nullptr;
}

// Returns null, without an error, where nothing is to be asked.
OutgoingBatchPtr UnansweredBundles::read (guint64 batch, GError **error) const
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (dir_, batch));
  std::vector<PromptPtr> prompts (gst_numpro_bundle_get_n_questions (bundle.get ()));
  bool is_open = false;
  for (guint i = 0; i < prompts.size (); ++i) {
    if (gst_numpro_bundle_is_answered (bundle.get (), i))
      continue;
    prompts[i].reset (gst_numpro_bundle_read_prompt (bundle.get (), i, error));
    if (!prompts[i])
      return nullptr;
    is_open = true;
  }
  BatchPtr asked (is_open ? gst_numpro_bundle_read_batch (bundle.get (), error) : nullptr);
  if (!asked)
    return nullptr;
  auto found =
      std::make_shared<OutgoingBatch> (accounting_, std::move (asked), std::move (prompts));
  found->set_location (gst_numpro_bundle_get_path (bundle.get ()));
  return found;
}

}  // namespace numpro
