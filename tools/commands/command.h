/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cerrno>
#include <cstdio>

namespace numpro {

/** What a command says with its exit status. After a signal it is 128 and the signal's number. */
enum ExitStatus {
  kExitDone = 0,
  kExitFailed = 1,
  kExitUsage = 2,
  kExitPartly = 3, /**< some of what was asked for is there */
};

/** A subcommand of numpro. */
struct Command {
  const char *name;
  const char *summary;                /**< of a few words, for the help */
  int (*run) (int argc, char **argv); /**< argv[0] is "numpro NAME"; gives the exit status */
};

extern const Command kAskCommand;
extern const Command kRecordCommand;
extern const Command kStampCommand;

/** Why standard output could not be written, as of errno; 0 where it could. */
inline int output_error = 0;

/** Right after printing: writes it. What is wrong is told when the command ends. */
inline void flush_output ()
{
  const bool is_flushed = std::fflush (stdout) == 0;
  if ((!is_flushed || std::ferror (stdout) != 0) && output_error == 0)
    output_error = errno;
}

}  // namespace numpro
