/* SPDX-License-Identifier: LGPL-2.1-or-later */

// The command: finds the subcommand and runs it.

#include <fcntl.h>
#include <gst/gst.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <clocale>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "tools/commands/command.h"

using namespace numpro;

namespace {

constexpr std::array<const Command *, 3> kCommands = {&kAskCommand, &kRecordCommand,
                                                      &kStampCommand};

// Where standard streams are closed the next files that are opened would be in their place, and
// what is told would be written into a recording. What is opened here fails when it is used.
void occupy_standard_streams ()
{
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl (descriptor, F_GETFD) < 0)
      open ("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

// What was told and is not there is no success.
int with_output_written (int status)
{
  flush_output ();
  if (output_error == 0)
    return status;
  std::fprintf (stderr, "numpro: Standard output cannot be written: %s.\n",
                g_strerror (output_error));
  return status == kExitDone ? kExitFailed : status;
}

void show_help ()
{
  std::printf (
      "Usage:\n  numpro SUBCOMMAND [OPTION...]\n\n"
      "Numbers on the frames of video, so that a model can say when something happens.\n\n"
      "Subcommands:\n");
  for (const Command *command : kCommands)
    std::printf ("  %-8s %s\n", command->name, command->summary);
  std::printf (
      "\nOptions:\n  --help     Show this, or with a subcommand its options\n"
      "  --version  Show the version\n");
}

}  // namespace

int main (int argc, char **argv)
{
  occupy_standard_streams ();
  // Arguments and names of files may have letters of any language; numbers are written in one way.
  std::setlocale (LC_CTYPE, "");
  const std::string_view name = argc > 1 ? argv[1] : "";
  if (name == "--help" || name == "-h") {
    show_help ();
    return with_output_written (kExitDone);
  }
  if (name == "--version") {
    std::printf ("numpro %s\n", NUMPRO_VERSION);
    return with_output_written (kExitDone);
  }
  const auto *const found = std::find_if (kCommands.begin (), kCommands.end (),
                                          [&] (const Command *one) { return one->name == name; });
  if (found == kCommands.end ()) {
    std::fprintf (stderr, "%s; see numpro --help.\n",
                  name.empty () ? "There is no subcommand"
                                : (std::string (name) + " is no subcommand of numpro").c_str ());
    return kExitUsage;
  }
  gst_init (nullptr, nullptr);
  const std::string program = std::string ("numpro ") + (*found)->name;
  g_set_prgname (program.c_str ());
  std::vector<char *> arguments (argv + 1, argv + argc);
  arguments.push_back (nullptr);
  return with_output_written ((*found)->run (argc - 1, arguments.data ()));
}
