/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lateanswers.h"

#include <algorithm>
#include <filesystem>

namespace numpro::media {

namespace {

// Without the images, which a GstNumproBatch has.
LedgerPtr read_ledger (GstNumproBundle *bundle)
{
  const std::string path =
      std::filesystem::path (gst_numpro_bundle_get_path (bundle)) / "ledger.json";
  char *text = nullptr;
  gsize size = 0;
  if (!g_file_get_contents (path.c_str (), &text, &size, nullptr))
    return nullptr;
  const TextPtr owned (text);
  return LedgerPtr (gst_numpro_ledger_new_from_json (text, static_cast<gssize> (size), nullptr));
}

}  // namespace

std::vector<LateEvents> LateAnswers::events_about (guint64 batch)
{
  std::vector<LateEvents> events;
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (directory_.get (), batch));
  const LedgerPtr ledger = read_ledger (bundle.get ());
  if (!ledger)
    return events;
  for (const EarlierFile &earlier : files_.files_of (ledger.get ()))
    events.push_back (events_of (earlier.file, batch));
  return events;
}

// From the batch in both directions, as far as batches are about the file.
LateEvents LateAnswers::events_of (const RecordedFile &file, guint64 batch) const
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (directory_.get (), batch));
  SegmentAnswers answers (gst_numpro_bundle_get_n_questions (bundle.get ()));
  gsize count = 0;
  const OwnedBy<guint64, g_free> batches (gst_numpro_bundle_dir_list (directory_.get (), &count));
  guint64 *const end = batches.get () + count;
  guint64 *const here = std::find (batches.get (), end, batch);
  for (guint64 *at = here; at != end && add (answers, *at, file); ++at) {
  }
  for (guint64 *at = here; at != batches.get () && add (answers, *(at - 1), file); --at) {
  }
  answers.note_closed (file);
  answers.note_end ();
  return {file, answers.events_of (file), answers.take_settled ().has_value ()};
}

// Whether a batch is about a file; what is known of it is added then.
bool LateAnswers::add (SegmentAnswers &answers, guint64 batch, const RecordedFile &file) const
{
  const BundlePtr bundle (gst_numpro_bundle_dir_get_bundle (directory_.get (), batch));
  const LedgerPtr ledger = read_ledger (bundle.get ());
  if (!ledger)
    return false;
  answers.note_batch (ledger.get ());
  if (!answers.is_about (batch, file))
    return false;
  for (guint i = 0; i < gst_numpro_bundle_get_n_questions (bundle.get ()); ++i) {
    const MiniObjectPtr<GstNumproAnswer> answer (
        gst_numpro_bundle_read_answer (bundle.get (), i, nullptr));
    if (answer)
      answers.note_answer (answer.get ());
  }
  return true;
}

}  // namespace numpro::media
