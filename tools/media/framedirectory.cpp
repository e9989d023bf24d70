/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framedirectory.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "videopipeline.h"

namespace numpro::media {

namespace {

namespace fs = std::filesystem;

constexpr char kLedger[] = "ledger.json";

// "000012.jpg"
bool is_picture (const fs::path &path)
{
  const std::string stem = path.stem ().string ();
  return path.extension () == ".jpg" && !stem.empty () &&
         stem.find_first_not_of ("0123456789") == std::string::npos;
}

std::string reason (const fs::path &path, int error = errno)
{
  return path.string () + ": " + g_strerror (error) + ".";
}

bool is_same (const GstNumproSample &one, const GstNumproSample &other)
{
  return one.slot == other.slot && one.stream_time == other.stream_time && one.pts == other.pts;
}

}  // namespace

bool FrameDirectory::is_complete (const fs::path &path)
{
  std::error_code error;
  return fs::is_regular_file (path / kLedger, error);
}

void FrameDirectory::remove (const fs::path &path)
{
  std::error_code error;
  // First: without it the directory does not count as complete.
  fs::remove (path / kLedger, error);
  std::vector<fs::path> pictures;
  for (fs::directory_iterator at (path, error), end; !error && at != end; at.increment (error)) {
    if (is_picture (at->path ()))
      pictures.push_back (at->path ());
  }
  for (const fs::path &picture : pictures)
    fs::remove (picture, error);
  fs::remove (path, error);
}

std::string FrameDirectory::make ()
{
  remove (path_);
  std::error_code error;
  if (fs::exists (path_, error))
    return path_.string () + " is in the way and holds other files; move it elsewhere.";
  return g_mkdir_with_parents (path_.c_str (), 0777) == 0 ? "" : reason (path_);
}

std::string FrameDirectory::add (GstNumproBatch *batch)
{
  GstNumproLedger *ledger = gst_numpro_batch_get_ledger (batch);
  if (!look_)
    look_.reset (gst_numpro_ledger_ref (ledger));
  for (guint i = 0; i < gst_numpro_ledger_get_length (ledger); ++i) {
    const GstNumproSample *sample = gst_numpro_ledger_get_sample (ledger, i);
    if (i == 0 && !samples_.empty () && is_same (*samples_.back (), *sample)) {
      samples_.back ()->duration = sample->duration;
      continue;
    }
    if (!names_.insert (sample->image).second) {
      ++repeated_;
      continue;
    }
    gsize size = 0;
    const void *jpeg = g_bytes_get_data (gst_numpro_batch_get_image (batch, sample->image), &size);
    if (const std::string problem = write (sample->image, jpeg, size); !problem.empty ())
      return problem;
    samples_.emplace_back (gst_numpro_sample_copy (sample));
    forget_time_of_reading (*samples_.back ());
  }
  return {};
}

std::string FrameDirectory::complete ()
{
  const LedgerPtr ledger (gst_numpro_ledger_new (0));
  if (look_)
    gst_numpro_ledger_set_look (ledger.get (), gst_numpro_ledger_get_look (look_.get ()));
  for (const SamplePtr &sample : samples_)
    gst_numpro_ledger_append (ledger.get (), sample.get ());
  const TextPtr json (gst_numpro_ledger_to_json (ledger.get ()));
  const std::string text = std::string (json.get ()) + '\n';
  // All of the disk at once, instead of each picture: with the ledger the rest is there.
  const int directory = open (path_.c_str (), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0)
    return reason (path_);
  const std::string problem = write (kLedger, text.data (), text.size ());
  const bool is_synced = syncfs (directory) == 0;
  const int error = errno;
  close (directory);
  return !problem.empty () || is_synced ? problem : reason (path_, error);
}

std::string FrameDirectory::write (const std::string &name, const void *contents,
                                   std::size_t size) const
{
  const fs::path path = path_ / name;
  std::FILE *file = std::fopen (path.c_str (), "wbe");
  if (!file)
    return reason (path);
  const bool is_written = std::fwrite (contents, 1, size, file) == size;
  const int error = errno;
  if (std::fclose (file) != 0 || !is_written)
    return reason (path, is_written ? errno : error);
  return {};
}

}  // namespace numpro::media
