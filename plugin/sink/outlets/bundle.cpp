/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bundle.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <system_error>

namespace fs = std::filesystem;

namespace numpro {

namespace {

constexpr std::string_view kUnfinishedPrefix = ".unfinished-";
constexpr const char *kAnswersName = "answers.jsonl";

// Thrown and caught inside this file: what cannot be written, and why.
struct WriteError {
  std::string what;
};

[[noreturn]] void fail (const fs::path &path)
{
  throw WriteError{path.string () + ": " + std::strerror (errno)};
}

class File
{
 public:
  File (const fs::path &path, int flags)
      : path_ (path), fd_ (open (path.c_str (), flags | O_CLOEXEC, 0666))
  {
    if (fd_ < 0)
      fail (path_);
  }
  ~File () { ::close (fd_); }
  File (const File &) = delete;
  File &operator= (const File &) = delete;

  void write (const void *data, std::size_t size)
  {
    const char *at = static_cast<const char *> (data);
    while (size > 0) {
      const ssize_t written = ::write (fd_, at, size);
      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        fail (path_);
      at += written;
      size -= static_cast<std::size_t> (written);
    }
  }

  /** Keeps others that call this waiting until the file is closed. */
  void lock () { flock (fd_, LOCK_EX); }

  /** Whether the file is empty or ends with a line's end. */
  bool ends_line () const
  {
    const off_t size = lseek (fd_, 0, SEEK_END);
    char last = '\n';
    return size <= 0 || pread (fd_, &last, 1, size - 1) != 1 || last == '\n';
  }

  void sync ()
  {
    if (fsync (fd_) != 0)
      fail (path_);
  }

 private:
  fs::path path_;
  int fd_;
};

void write_file (const fs::path &path, const void *data, std::size_t size)
{
  File file (path, O_WRONLY | O_CREAT | O_EXCL);
  file.write (data, size);
  file.sync ();
}

// A directory's entries are on the disk only once it is synced itself.
void sync_directory (const fs::path &path)
{
  File (path, O_RDONLY | O_DIRECTORY).sync ();
}

void write_json (const fs::path &path, const gchar *json)
{
  const std::string text = std::string (json) + '\n';
  write_file (path, text.data (), text.size ());
}

void write_contents (const fs::path &directory, GstNumproBatch *batch,
                     const std::vector<PromptPtr> &prompts, const std::function<bool ()> &cancelled)
{
  for (guint i = 0; i < gst_numpro_batch_get_n_images (batch); ++i) {
    if (cancelled ())
      throw WriteError{directory.string () + ": stopped while it was written"};
    const char *name = gst_numpro_batch_get_image_name (batch, i);
    gsize size = 0;
    const void *data = g_bytes_get_data (gst_numpro_batch_get_image (batch, name), &size);
    write_file (directory / name, data, size);
  }
  for (std::size_t i = 0; i < prompts.size (); ++i) {
    const TextPtr question (gst_numpro_prompt_to_json (prompts[i].get ()));
    write_json (directory / question_name (i + 1), question.get ());
  }
  const TextPtr ledger (gst_numpro_ledger_to_json (gst_numpro_batch_get_ledger (batch)));
  write_json (directory / kLedgerName, ledger.get ());
  sync_directory (directory);
}

// There is the whole file under its name, or none.
void write_whole (const fs::path &path, const std::string &text)
{
  const fs::path unfinished =
      path.parent_path () / (std::string (kUnfinishedPrefix) + path.filename ().string ());
  unlink (unfinished.c_str ());
  write_file (unfinished, text.data (), text.size ());
  if (rename (unfinished.c_str (), path.c_str ()) != 0)
    fail (path);
  sync_directory (path.parent_path ());
}

// JSON strings have no line ends of their own.
std::string as_line (const std::string &json)
{
  std::string line;
  for (std::size_t at = 0; at < json.size ();) {
    const std::size_t end = std::min (json.find ('\n', at), json.size ());
    line.append (json, at, end - at);
    at = std::min (json.find_first_not_of (" \n", end), json.size ());
  }
  return line + '\n';
}

// Also the one that it is to be in, if that is gone.
void make_directory (const fs::path &path)
{
  if (mkdir (path.c_str (), 0777) == 0)
    return;
  const auto make_parent = [&] {
    return mkdir (path.parent_path ().c_str (), 0777) == 0 || errno == EEXIST;
  };
  if (errno != ENOENT || !make_parent () || mkdir (path.c_str (), 0777) != 0)
    fail (path);
}

void rename_bundle (const fs::path &unfinished, const fs::path &final_path)
{
  if (rename (unfinished.c_str (), final_path.c_str ()) != 0)
    fail (final_path);
  try {
    sync_directory (final_path.parent_path ());
  } catch (const WriteError &) {
    // It may be gone after a power cut, and so counts as lost.
    rename (final_path.c_str (), unfinished.c_str ());
    throw;
  }
}

void remove_quietly (const fs::path &path)
{
  std::error_code ignored;
  fs::remove_all (path, ignored);
}

std::string file_name (const char *kind, std::size_t index)
{
  return std::string (kind) + "-" + std::to_string (index) + ".json";
}

}  // namespace

std::string question_name (std::size_t index)
{
  return file_name ("question", index);
}

std::string answer_name (std::size_t index)
{
  return file_name ("answer", index);
}

fs::path BundleStore::path_of (guint64 batch) const
{
  char name[24];
  g_snprintf (name, sizeof (name), "%06" G_GUINT64_FORMAT, batch);
  return location_ / name;
}

std::string BundleStore::open ()
{
  std::error_code error;
  fs::create_directories (location_, error);
  if (error)
    return location_.string () + ": " + error.message ();
  try {
    const fs::path trial = location_ / (std::string (kUnfinishedPrefix) + "trial");
    remove_quietly (trial);
    write_file (trial, "", 0);
  } catch (const WriteError &failure) {
    return failure.what;
  }
  for (fs::directory_iterator at (location_, error), end; !error && at != end;
       at.increment (error)) {
    if (at->path ().filename ().string ().starts_with (kUnfinishedPrefix))
      remove_quietly (at->path ());
  }
  return error ? location_.string () + ": " + error.message () : std::string ();
}

std::vector<guint64> BundleStore::batches () const
{
  std::vector<guint64> found;
  std::error_code error;
  // Not a range for, whose increment throws where a disk fails.
  for (fs::directory_iterator at (location_, error), end; !error && at != end;
       at.increment (error)) {
    const std::string name = at->path ().filename ().string ();
    guint64 batch = 0;
    std::from_chars (name.data (), name.data () + name.size (), batch);
    // Not what the user calls 7, or 2026.
    if (path_of (batch).filename () == name)
      found.push_back (batch);
  }
  std::sort (found.begin (), found.end ());
  return found;
}

guint64 BundleStore::next_batch () const
{
  const std::vector<guint64> found = batches ();
  return found.empty () ? 0 : found.back () + 1;
}

std::string BundleStore::write (GstNumproBatch *batch, const std::vector<PromptPtr> &prompts,
                                const std::function<bool ()> &cancelled) const
{
  const guint64 number = gst_numpro_ledger_get_batch (gst_numpro_batch_get_ledger (batch));
  const fs::path final_path = path_of (number);
  const fs::path unfinished =
      location_ / (std::string (kUnfinishedPrefix) + final_path.filename ().string ());
  try {
    make_directory (unfinished);
    write_contents (unfinished, batch, prompts, cancelled);
    rename_bundle (unfinished, final_path);
  } catch (const WriteError &failure) {
    remove_quietly (unfinished);
    return failure.what;
  }
  return {};
}

std::string BundleStore::write_answer (const fs::path &bundle, guint index,
                                       const std::string &request, const std::string &answer) const
{
  try {
    if (!bundle.empty ())
      write_whole (bundle / file_name ("request", index), request + '\n');
    append_answer (answer);
    // Last: a bundle without it is one that was not answered.
    if (!bundle.empty ())
      write_whole (bundle / answer_name (index), answer + '\n');
  } catch (const WriteError &failure) {
    return failure.what;
  }
  return {};
}

void BundleStore::append_answer (const std::string &answer) const
{
  File lines (location_ / kAnswersName, O_RDWR | O_CREAT | O_APPEND);
  // What another thread writes is not whole before it is done.
  lines.lock ();
  // What a full disk cut off does not take this one with it.
  if (!lines.ends_line ())
    lines.write ("\n", 1);
  const std::string line = as_line (answer);
  lines.write (line.data (), line.size ());
  lines.sync ();
}

void BundleStore::keep (guint bundles) const
{
  const std::vector<guint64> found = batches ();
  for (std::size_t i = 0; i + bundles < found.size (); ++i) {
    // Renamed first: whoever reads meanwhile sees a whole bundle, or none.
    const fs::path old = path_of (found[i]);
    const fs::path unfinished =
        location_ / (std::string (kUnfinishedPrefix) + old.filename ().string ());
    std::error_code error;
    fs::rename (old, unfinished, error);
    if (!error)
      remove_quietly (unfinished);
  }
}

}  // namespace numpro
