/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "openfile.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>

#include "durablefile.h"

namespace numpro {

OpenFile::OpenFile (const std::filesystem::path &path, int flags)
    : path_ (path), fd_ (open (path.c_str (), flags | O_CLOEXEC, 0666))
{
  if (fd_ < 0)
    throw FileError (path_);
}

OpenFile::~OpenFile ()
{
  ::close (fd_);
}

void OpenFile::write (std::string_view contents)
{
  while (!contents.empty ()) {
    const ssize_t written = ::write (fd_, contents.data (), contents.size ());
    if (written < 0 && errno != EINTR)
      throw FileError (path_);
    contents.remove_prefix (static_cast<std::size_t> (std::max<ssize_t> (written, 0)));
  }
}

void OpenFile::lock ()
{
  flock (fd_, LOCK_EX);
}

std::uint64_t OpenFile::size () const
{
  const off_t size = lseek (fd_, 0, SEEK_END);
  if (size < 0)
    throw FileError (path_);
  return static_cast<std::uint64_t> (size);
}

std::string OpenFile::read (std::uint64_t offset, std::size_t size) const
{
  std::string contents (size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t count =
        pread (fd_, contents.data () + done, size - done, static_cast<off_t> (offset + done));
    if (count < 0 && errno != EINTR)
      throw FileError (path_);
    if (count == 0)
      break;
    done += static_cast<std::size_t> (std::max<ssize_t> (count, 0));
  }
  contents.resize (done);
  return contents;
}

void OpenFile::truncate (std::uint64_t size)
{
  if (ftruncate (fd_, static_cast<off_t> (size)) != 0)
    throw FileError (path_);
}

void OpenFile::sync ()
{
  if (fsync (fd_) != 0)
    throw FileError (path_);
}

}  // namespace numpro
