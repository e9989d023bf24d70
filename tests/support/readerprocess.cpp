/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "readerprocess.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace {

constexpr std::string_view kEndpoint = "endpoint=";

// Whatever becomes of who started it: a test that fails does not get to stop it.
void end_with_parent (gpointer)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

}  // namespace

ReaderProcess::ReaderProcess (const std::vector<std::string> &options)
{
  std::vector<std::string> line = {READER_PROGRAM};
  line.insert (line.end (), options.begin (), options.end ());
  std::vector<char *> argv;
  for (std::string &argument : line)
    argv.push_back (argument.data ());
  argv.push_back (nullptr);
  int out = -1;
  if (!g_spawn_async_with_pipes (nullptr, argv.data (), nullptr, G_SPAWN_DO_NOT_REAP_CHILD,
                                 end_with_parent, nullptr, &pid_, nullptr, &out, nullptr, nullptr))
    throw std::runtime_error (READER_PROGRAM " does not start");
  out_ = fdopen (out, "r");
  first_line_ = read_line ();
}

ReaderProcess::~ReaderProcess ()
{
  if (pid_ != 0 && stop () != 0)
    std::abort ();
  std::fclose (out_);
}

const std::string &ReaderProcess::properties () const
{
  if (!first_line_.starts_with (kEndpoint))
    throw std::runtime_error (READER_PROGRAM " does not listen: " + first_line_);
  return first_line_;
}

std::string ReaderProcess::endpoint () const
{
  const std::string::size_type end = properties ().find (' ');
  return properties ().substr (kEndpoint.size (), end - kEndpoint.size ());
}

std::string ReaderProcess::read_line ()
{
  std::string line;
  for (int c = std::getc (out_); c != EOF && c != '\n'; c = std::getc (out_))
    line += static_cast<char> (c);
  return line;
}

int ReaderProcess::stop ()
{
  kill (pid_, SIGTERM);
  return wait ();
}

int ReaderProcess::wait ()
{
  int status = 0;
  if (waitpid (std::exchange (pid_, 0), &status, 0) < 0 || !WIFEXITED (status))
    throw std::runtime_error (READER_PROGRAM " is gone, or was killed");
  return WEXITSTATUS (status);
}
