/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <fcntl.h>
#include <glib.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "loopcheck.h"

extern char **environ;

/** A process of this program's that is to be killed. */
class Victim
{
 public:
  /** Starts it, and waits until it says that it is ready. @param arguments of its main() */
  explicit Victim (std::vector<std::string> arguments)
  {
    int ends[2];
    fail_unless_in_loop (pipe2 (ends, O_CLOEXEC) == 0, "no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init (&actions);
    posix_spawn_file_actions_adddup2 (&actions, ends[1], kReady);
    std::string program = "/proc/self/exe";
    std::vector<char *> argv = {program.data ()};
    for (std::string &argument : arguments)
      argv.push_back (argument.data ());
    argv.push_back (nullptr);
    fail_unless_in_loop (
        posix_spawn (&process_, program.c_str (), &actions, nullptr, argv.data (), environ) == 0,
        "it does not start");
    posix_spawn_file_actions_destroy (&actions);
    close (ends[1]);
    char byte;
    const bool is_ready = read (ends[0], &byte, 1) == 1;
    close (ends[0]);
    fail_unless_in_loop (is_ready, "it ended by itself");
  }

  pid_t id () const { return process_; }

  void kill_it ()
  {
    int status = 0;
    kill (process_, SIGKILL);
    waitpid (process_, &status, 0);
    fail_unless_in_loop (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL,
                         "it ended by itself");
  }

  /** In the process: it is ready. Does not return, unless nobody hears. */
  static int wait_for_death ()
  {
    while (write (kReady, "", 1) == 1)
      pause ();
    return 1;
  }

 private:
  static constexpr int kReady = 3;  // its end of a pipe

  pid_t process_ = 0;
};
