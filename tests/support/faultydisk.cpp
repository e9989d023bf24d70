/* SPDX-License-Identifier: LGPL-2.1-or-later */
// Under which open() is inline, and could not be defined here.
#undef _FORTIFY_SOURCE

#include "faultydisk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <limits>
#include <mutex>
#include <string>

namespace {

struct Disk {
  std::string directory;
  long room = std::numeric_limits<long>::max ();
  bool read_only = false, directory_fails = false, without_locks = false, stuck = false;
  int delay = 0;
  int syncs = 0, syncs_under_way = 0;
};

std::mutex mutex;
std::condition_variable changed;
Disk disk;  // without a directory: there is none

template <typename Function>
Function *next (Function *, const char *name)
{
  return reinterpret_cast<Function *> (dlsym (RTLD_NEXT, name));
}

bool is_below (const std::string &path)
{
  return !disk.directory.empty () && path.starts_with (disk.directory);
}

std::string path_of (int fd)
{
  char path[4096];
  const std::string link = "/proc/self/fd/" + std::to_string (fd);
  const ssize_t length = readlink (link.c_str (), path, sizeof (path));
  return length > 0 ? std::string (path, static_cast<std::size_t> (length)) : std::string ();
}

int fail_with (int error)
{
  errno = error;
  return -1;
}

template <typename Change>
void change (Change what)
{
  std::lock_guard lock (mutex);
  what ();
  changed.notify_all ();
}

}  // namespace

extern "C" ssize_t write (int fd, const void *data, size_t size)
{
  static const auto real = next (write, "write");
  {
    std::lock_guard lock (mutex);
    if (!disk.directory.empty () && is_below (path_of (fd))) {
      if (disk.room <= 0)
        return fail_with (ENOSPC);
      // What fits, as real disks do.
      size = std::min (size, static_cast<size_t> (disk.room));
      disk.room -= static_cast<long> (size);
    }
  }
  return real (fd, data, size);
}

extern "C" int fsync (int fd)
{
  static const auto real = next (fsync, "fsync");
  std::unique_lock lock (mutex);
  const std::string path = disk.directory.empty () ? std::string () : path_of (fd);
  if (is_below (path)) {
    ++disk.syncs;
    if (disk.directory_fails && path == disk.directory)
      return fail_with (EIO);
    ++disk.syncs_under_way;
    changed.notify_all ();
    changed.wait (lock, [] { return !disk.stuck; });
    changed.wait_for (lock, std::chrono::milliseconds (disk.delay), [] { return disk.delay == 0; });
    --disk.syncs_under_way;
  }
  lock.unlock ();
  return real (fd);
}

extern "C" int flock (int fd, int operation)
{
  static const auto real = next (flock, "flock");
  {
    std::lock_guard lock (mutex);
    if (disk.without_locks && is_below (path_of (fd)))
      return fail_with (ENOLCK);
  }
  return real (fd, operation);
}

extern "C" int mkdir (const char *path, mode_t mode)
{
  static const auto real = next (mkdir, "mkdir");
  {
    std::lock_guard lock (mutex);
    if (disk.read_only && is_below (path))
      return fail_with (EROFS);
  }
  return real (path, mode);
}

extern "C" int open (const char *path, int flags, ...)
{
  using Open = int (const char *, int, ...);
  static const auto real = reinterpret_cast<Open *> (dlsym (RTLD_NEXT, "open"));
  va_list arguments;
  va_start (arguments, flags);
  const mode_t mode = flags & O_CREAT ? va_arg (arguments, mode_t) : 0;
  va_end (arguments);
  {
    std::lock_guard lock (mutex);
    if (flags & O_CREAT && disk.read_only && is_below (path))
      return fail_with (EROFS);
  }
  return real (path, flags, mode);
}

FaultyDisk::FaultyDisk (const std::filesystem::path &directory)
{
  change ([&] { disk = {.directory = directory.string ()}; });
}

FaultyDisk::~FaultyDisk ()
{
  change ([] { disk = {}; });
}

void FaultyDisk::set_room (long bytes)
{
  change ([&] { disk.room = bytes; });
}

void FaultyDisk::set_read_only (bool read_only)
{
  change ([&] { disk.read_only = read_only; });
}

void FaultyDisk::set_directory_fails (bool fail)
{
  change ([&] { disk.directory_fails = fail; });
}

void FaultyDisk::set_without_locks (bool without_locks)
{
  change ([&] { disk.without_locks = without_locks; });
}

void FaultyDisk::set_stuck (bool stuck)
{
  change ([&] { disk.stuck = stuck; });
}

void FaultyDisk::set_delay (int milliseconds)
{
  change ([&] { disk.delay = milliseconds; });
}

void FaultyDisk::wait_for_sync ()
{
  std::unique_lock lock (mutex);
  changed.wait (lock, [] { return disk.syncs_under_way > 0; });
}

int FaultyDisk::syncs ()
{
  std::lock_guard lock (mutex);
  return disk.syncs;
}
