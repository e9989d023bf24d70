/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

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

}  // namespace numpro
