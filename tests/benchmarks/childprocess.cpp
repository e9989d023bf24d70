/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "childprocess.h"

#include <glib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

namespace numpro::bench {

namespace {

Microseconds duration_of (const timeval &time)
{
  return std::chrono::seconds (time.tv_sec) + std::chrono::microseconds (time.tv_usec);
}

std::string read_to_end (int fd)
{
  std::string text;
  std::array<char, 4096> piece;
  ssize_t length;
  while ((length = read (fd, piece.data (), piece.size ())) > 0)
    text.append (piece.data (), static_cast<std::size_t> (length));
  close (fd);
  return text;
}

}  // namespace

std::optional<ChildProcess> ChildProcess::run (const std::vector<std::string> &arguments)
{
  std::vector<char *> argv;
  for (const std::string &argument : arguments)
    argv.push_back (const_cast<char *> (argument.c_str ()));
  argv.push_back (nullptr);

  GPid pid = 0;
  int output = -1;
  constexpr auto kFlags = static_cast<GSpawnFlags> (
      G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL);
  if (!g_spawn_async_with_pipes (nullptr, argv.data (), nullptr, kFlags, nullptr, nullptr, &pid,
                                 nullptr, &output, nullptr, nullptr))
    return std::nullopt;

  ChildProcess child;
  child.output = read_to_end (output);
  int status = 0;
  rusage used = {};
  if (wait4 (pid, &status, 0, &used) != pid || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    return std::nullopt;
  child.cpu_time = duration_of (used.ru_utime) + duration_of (used.ru_stime);
  return child;
}

}  // namespace numpro::bench
