/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "watchdog.h"

#include <dlfcn.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>
#include <thread>

namespace {

namespace fs = std::filesystem;

std::string text_of (const fs::path &file)
{
  std::ifstream in (file);
  return {std::istreambuf_iterator<char> (in), {}};
}

// By the kernel, which always knows: a name, and the call that it waits in.
void print_threads ()
{
  for (const fs::directory_entry &task : fs::directory_iterator ("/proc/self/task")) {
    std::string line = task.path ().filename ();
    // What only root may read is empty for others.
    for (const char *name : {"comm", "wchan", "syscall", "stack"})
      line += std::string (" ") + name + "=" + text_of (task.path () / name);
    std::erase (line, '\n');
    std::fprintf (stderr, "%s\n", line.c_str ());
  }
}

// By a debugger, where there is one that may look.
void print_backtraces ()
{
  const std::string pid = std::to_string (getpid ());
  prctl (PR_SET_PTRACER, PR_SET_PTRACER_ANY);
  const pid_t debugger = fork ();
  if (debugger == 0) {
    dup2 (STDERR_FILENO, STDOUT_FILENO);
    execlp ("gdb", "gdb", "-nx", "-batch", "-p", pid.c_str (), "-iex", "set debuginfod enabled off",
            "-ex", "set print frame-arguments scalars", "-ex", "thread apply all backtrace 30",
            nullptr);
    _exit (127);
  }
  int status = 0;
  waitpid (debugger, &status, 0);
}

// A thread that waits for the end of a check, or of its time.
class Watchdog
{
 public:
  explicit Watchdog (double seconds) : seconds_ (seconds), thread_ ([this] { wait (); }) {}
  ~Watchdog ()
  {
    {
      std::lock_guard lock (mutex_);
      is_over_ = true;
    }
    changed_.notify_one ();
    thread_.join ();
  }
  Watchdog (const Watchdog &) = delete;
  Watchdog &operator= (const Watchdog &) = delete;

 private:
  void wait ()
  {
    std::unique_lock lock (mutex_);
    if (changed_.wait_for (lock, seconds_, [this] { return is_over_; }))
      return;
    std::fprintf (stderr, "A check takes longer than %g s. Its threads:\n", seconds_.count ());
    print_threads ();
    print_backtraces ();
    std::fflush (nullptr);
    _exit (EXIT_FAILURE);
  }

  const std::chrono::duration<double> seconds_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_over_ = false;
  std::thread thread_;
};

// libcheck's fixtures have no argument. One check runs at a time, and a test case has one bound.
double bound = 0;
Watchdog *watchdog = nullptr;
// Seconds that the rest of a program may take once a check has failed.
constexpr double kAfterFailure = 60;

double on_this_machine (double seconds)
{
  const char *multiplier = g_getenv ("CK_TIMEOUT_MULTIPLIER");
  return seconds * (multiplier ? g_ascii_strtod (multiplier, nullptr) : 1);
}

void arm ()
{
  watchdog = new Watchdog (on_this_machine (bound));
}

void disarm ()
{
  delete watchdog;
}

}  // namespace

// Tells of a failure when it happens. In a program of one process libcheck tells of it at the end,
// which may not come: a failing check jumps over destructors, and what it leaves running is waited
// for, by the next check or at the exit. Where checks have no bound that is one.
void _ck_assert_failed (const char *file, int line, const char *expression, ...)
{
  va_list arguments;
  va_start (arguments, expression);
  const char *format = va_arg (arguments, const char *);
  char *text = format ? g_strdup_vprintf (format, arguments) : g_strdup (expression);
  va_end (arguments);
  std::fprintf (stderr, "%s:%d: %s\n", file, line, text);
  if (bound == 0) [[maybe_unused]]
    static const auto *const rest = new Watchdog (on_this_machine (kAfterFailure));
  const auto libcheck =
      reinterpret_cast<decltype (&_ck_assert_failed)> (dlsym (RTLD_NEXT, "_ck_assert_failed"));
  libcheck (file, line, expression, "%s", text, nullptr);
  std::abort ();
}

void bound_checks (TCase *tcase, double seconds)
{
  // GStreamer waits at the exit for threads that a failing check has left.
  if (bound == 0)
    std::atexit (arm);
  bound = seconds;
  // A process of its own would be ended by libcheck, without a word on where it hung.
  tcase_set_timeout (tcase, 0);
  tcase_add_checked_fixture (tcase, arm, disarm);
}
