/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "durablefile.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

namespace fs = std::filesystem;

namespace numpro {

namespace {

class File
{
 public:
  File (const fs::path &path, int flags)
      : path_ (path), fd_ (open (path.c_str (), flags | O_CLOEXEC, 0666))
  {
    if (fd_ < 0)
      throw FileError (path_);
  }
  ~File () { ::close (fd_); }
  File (const File &) = delete;
  File &operator= (const File &) = delete;

  void write (std::string_view contents)
  {
    while (!contents.empty ()) {
      const ssize_t written = ::write (fd_, contents.data (), contents.size ());
      if (written < 0 && errno != EINTR)
        throw FileError (path_);
      contents.remove_prefix (static_cast<std::size_t> (std::max<ssize_t> (written, 0)));
    }
  }

  // Keeps others that call this waiting until the file is closed.
  void lock () { flock (fd_, LOCK_EX); }

  // Whether the file is empty or ends with a line's end.
  bool ends_line () const
  {
    const off_t size = lseek (fd_, 0, SEEK_END);
    char last = '\n';
    return size <= 0 || pread (fd_, &last, 1, size - 1) != 1 || last == '\n';
  }

  void sync ()
  {
    if (fsync (fd_) != 0)
      throw FileError (path_);
  }

 private:
  fs::path path_;
  int fd_;
};

}  // namespace

fs::path unfinished_beside (const fs::path &path)
{
  return path.parent_path () / (std::string (kUnfinishedPrefix) + path.filename ().string ());
}

void write_file (const fs::path &path, std::string_view contents)
{
  File file (path, O_WRONLY | O_CREAT | O_EXCL);
  file.write (contents);
  file.sync ();
}

void write_whole_file (const fs::path &path, std::string_view contents)
{
  const fs::path unfinished = unfinished_beside (path);
  unlink (unfinished.c_str ());
  write_file (unfinished, contents);
  rename_to_disk (unfinished, path);
}

void append_line (const fs::path &path, std::string_view line)
{
  File file (path, O_RDWR | O_CREAT | O_APPEND);
  // What another thread writes is not whole before it is done.
  file.lock ();
  // What a full disk cut off does not take this one with it.
  file.write ((file.ends_line () ? "" : "\n") + std::string (line) + '\n');
  file.sync ();
}

void sync_directory (const fs::path &path)
{
  File (path, O_RDONLY | O_DIRECTORY).sync ();
}

void make_directory (const fs::path &path)
{
  if (mkdir (path.c_str (), 0777) == 0)
    return;
  const auto make_parent = [&] {
    return mkdir (path.parent_path ().c_str (), 0777) == 0 || errno == EEXIST;
  };
  if (errno != ENOENT || !make_parent () || mkdir (path.c_str (), 0777) != 0)
    throw FileError (path);
}

void rename_to_disk (const fs::path &from, const fs::path &to)
{
  if (rename (from.c_str (), to.c_str ()) != 0)
    throw FileError (to);
  try {
    sync_directory (to.parent_path ());
  } catch (const FileError &) {
    // It may be gone after a power cut, and so counts as lost.
    rename (to.c_str (), from.c_str ());
    throw;
  }
}

void remove_quietly (const fs::path &path)
{
  std::error_code ignored;
  fs::remove_all (path, ignored);
}

}  // namespace numpro
