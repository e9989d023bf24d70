/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "standin.h"

#include <sys/prctl.h>

#include <csignal>

namespace examples {

namespace {

// The value in "name=value name=value".
std::string value_in (const std::string &line, const std::string &name)
{
  const std::size_t found = line.find (name + "=");
  if (found == std::string::npos)
    return {};
  const std::size_t from = found + name.size () + 1;
  return line.substr (from, line.find (' ', from) - from);
}

}  // namespace

StandIn::StandIn (const std::string &program)
{
  const std::unique_ptr<GSubprocessLauncher, Unref> launcher (
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE));
  // It is not to go on where this process is killed.
  g_subprocess_launcher_set_child_setup (
      launcher.get (), [] (gpointer) { prctl (PR_SET_PDEATHSIG, SIGTERM); }, nullptr, nullptr);
  GError *error = nullptr;
  process_.reset (g_subprocess_launcher_spawn (launcher.get (), &error, program.c_str (), nullptr));
  if (process_) {
    read_address ();
  } else {
    problem_ = program + ": " + error->message;
    g_error_free (error);
  }
}

StandIn::~StandIn ()
{
  if (!process_)
    return;
  g_subprocess_send_signal (process_.get (), SIGTERM);
  g_subprocess_wait (process_.get (), nullptr, nullptr);
}

// It says on its first line where it listens, in the words of numprosink's properties.
void StandIn::read_address ()
{
  const std::unique_ptr<GDataInputStream, Unref> output (
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process_.get ())));
  char *line = g_data_input_stream_read_line (output.get (), nullptr, nullptr, nullptr);
  if (line) {
    endpoint_ = value_in (line, "endpoint");
    model_ = value_in (line, "model");
    g_free (line);
  }
  if (endpoint_.empty () || model_.empty ())
    problem_ = "The stand-in for a model did not start.";
}

}  // namespace examples
