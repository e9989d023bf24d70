/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "standin.h"

#include <signal.h>
#include <sys/prctl.h>

#include <stdexcept>

namespace {

// Whatever becomes of who started it.
void end_with_parent (gpointer)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

std::string first_line (GSubprocess *process)
{
  GDataInputStream *out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  gchar *line = g_data_input_stream_read_line (out, nullptr, nullptr, nullptr);
  const std::string copy = line ? line : "";
  g_free (line);
  g_object_unref (out);
  return copy;
}

}  // namespace

StandIn::StandIn ()
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, nullptr, nullptr);
  process_ = g_subprocess_launcher_spawn (launcher, nullptr, READER_PROGRAM, nullptr);
  g_object_unref (launcher);
  if (process_)
    properties_ = first_line (process_);
  if (!properties_.starts_with ("endpoint="))
    throw std::runtime_error (READER_PROGRAM " does not start");
}

StandIn::~StandIn ()
{
  g_subprocess_send_signal (process_, SIGTERM);
  g_subprocess_wait (process_, nullptr, nullptr);
  g_object_unref (process_);
}
