/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "slowdisk.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <mutex>
#include <string_view>
#include <thread>

namespace numpro::bench {

namespace {

std::mutex mutex;
std::string slow_directory;
std::atomic<unsigned long> delays = 0;

bool is_slow (int fd)
{
  std::array<char, 4096> path;
  const std::string link = "/proc/self/fd/" + std::to_string (fd);
  const ssize_t length = readlink (link.c_str (), path.data (), path.size ());
  std::lock_guard lock (mutex);
  return length > 0 && !slow_directory.empty () &&
         std::string_view (path.data (), static_cast<std::size_t> (length))
             .starts_with (slow_directory);
}

}  // namespace

void SlowDisk::slow_down (const std::string &directory)
{
  std::lock_guard lock (mutex);
  slow_directory = directory;
}

unsigned long SlowDisk::delayed ()
{
  return delays;
}

}  // namespace numpro::bench

extern "C" int fsync (int fd)
{
  if (numpro::bench::is_slow (fd)) {
    ++numpro::bench::delays;
    std::this_thread::sleep_for (numpro::bench::SlowDisk::kDelay);
  }
  return static_cast<int> (syscall (SYS_fsync, fd));
}
