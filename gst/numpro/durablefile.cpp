/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "durablefile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

#include "openfile.h"

namespace fs = std::filesystem;

namespace numpro {

namespace {

// Whether a file is empty or ends with a line's end.
bool ends_line (const OpenFile &file)
{
  const std::uint64_t size = file.size ();
  return size == 0 || file.read (size - 1, 1) == "\n";
}

}  // namespace

fs::path unfinished_beside (const fs::path &path)
{
  return path.parent_path () / (std::string (kUnfinishedPrefix) + path.filename ().string ());
}

void write_file (const fs::path &path, std::string_view contents)
{
  OpenFile file (path, O_WRONLY | O_CREAT | O_EXCL);
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
  OpenFile file (path, O_RDWR | O_CREAT | O_APPEND);
  // What another thread writes is not whole before it is done.
  file.lock ();
  // What a full disk cut off does not take this one with it.
  file.write ((ends_line (file) ? "" : "\n") + std::string (line) + '\n');
  file.sync ();
}

void sync_directory (const fs::path &path)
{
  OpenFile (path, O_RDONLY | O_DIRECTORY).sync ();
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
