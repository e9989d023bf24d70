/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "loopcheck.h"

/** The program, run by itself until this goes. */
class ReaderProcess
{
 public:
  explicit ReaderProcess (const std::vector<std::string> &options = {})
  {
    std::vector<std::string> line = {READER_PROGRAM};
    line.insert (line.end (), options.begin (), options.end ());
    std::vector<char *> argv;
    for (std::string &argument : line)
      argv.push_back (argument.data ());
    argv.push_back (nullptr);
    int out = -1;
    GError *error = nullptr;
    fail_unless (
        g_spawn_async_with_pipes (nullptr, argv.data (), nullptr, G_SPAWN_DO_NOT_REAP_CHILD,
                                  end_with_parent, nullptr, &pid_, nullptr, &out, nullptr, &error),
        "%s", error ? error->message : "");
    out_ = fdopen (out, "r");
    first_line_ = read_line ();
  }

  ~ReaderProcess ()
  {
    // Such as for leaks.
    if (pid_ != 0 && stop () != 0)
      std::abort ();
    std::fclose (out_);
  }

  ReaderProcess (const ReaderProcess &) = delete;
  ReaderProcess &operator= (const ReaderProcess &) = delete;

  const std::string &first_line () const { return first_line_; }

  /** The next line that it prints, "" if it has ended. */
  std::string read_line ()
  {
    std::string line;
    for (int c = std::getc (out_); c != EOF && c != '\n'; c = std::getc (out_))
      line += static_cast<char> (c);
    return line;
  }

  /** What follows "endpoint=" on the first line. */
  std::string endpoint () const
  {
    const std::string name = "endpoint=";
    fail_unless (first_line_.starts_with (name), "%s", first_line_.c_str ());
    return first_line_.substr (name.size (), first_line_.find (' ') - name.size ());
  }

  /** Has it end. @return the exit status */
  int stop ()
  {
    kill (pid_, SIGTERM);
    return wait ();
  }

  /** Waits until it ends. @return the exit status */
  int wait ()
  {
    int status = 0;
    const pid_t ended = waitpid (pid_, &status, 0);
    // Not by marks for libcheck: a process that all tests share is let go of after the last of
    // them.
    fail_unless_in_loop (ended == std::exchange (pid_, 0), "it is gone");
    fail_unless_in_loop (WIFEXITED (status), "it was killed");
    return WEXITSTATUS (status);
  }

 private:
  // A test that fails does not get to stop it.
  static void end_with_parent (gpointer) { prctl (PR_SET_PDEATHSIG, SIGKILL); }

  GPid pid_ = 0;
  std::FILE *out_ = nullptr;
  std::string first_line_;
};
