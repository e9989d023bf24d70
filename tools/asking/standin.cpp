/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "standin.h"

#include <gio/gunixinputstream.h>
#include <sys/prctl.h>

#include <csignal>
#include <filesystem>

namespace numpro::asking {

namespace {

constexpr gint kPatience = 20000;  // milliseconds

constexpr char kProgram[] = "numpro-reader";

// Beside this program, as it is built, or where programs are.
std::string program ()
{
  std::error_code error;
  const auto self = std::filesystem::read_symlink ("/proc/self/exe", error);
  for (const auto &beside :
       {self.parent_path () / "reader" / kProgram, self.parent_path () / kProgram}) {
    if (std::filesystem::is_regular_file (beside, error))
      return beside;
  }
  const TextPtr found (g_find_program_in_path (kProgram));
  return found ? found.get () : "";
}

void end_with_parent (gpointer)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  // Ctrl-C on the terminal is for the one who asks: what is asked then is still answered.
  setpgid (0, 0);
}

std::string value_of (const std::string &line, const std::string &name)
{
  const std::size_t at = line.find (name + "=");
  if (at == std::string::npos)
    return {};
  const std::size_t begin = at + name.size () + 1;
  return line.substr (begin, line.find (' ', begin) - begin);
}

}  // namespace

StandIn::~StandIn ()
{
  if (!process_)
    return;
  g_subprocess_send_signal (process_.get (), SIGTERM);
  g_subprocess_wait (process_.get (), nullptr, nullptr);
}

std::string StandIn::start ()
{
  const std::string path = program ();
  if (path.empty ())
    return "numpro-reader, the stand-in for a model, is not here: it is built where tests are "
           "(meson setup -Dtests=enabled).";
  const ObjectPtr<GSubprocessLauncher> launcher (
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE));
  g_subprocess_launcher_set_child_setup (launcher.get (), end_with_parent, nullptr, nullptr);
  GError *error = nullptr;
  process_.reset (g_subprocess_launcher_spawn (launcher.get (), &error, path.c_str (), nullptr));
  if (const ErrorPtr why (error); why)
    return path + ": " + why->message + ".";
  GInputStream *lines = g_subprocess_get_stdout_pipe (process_.get ());
  GPollFD said = {g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (lines)), G_IO_IN, 0};
  if (g_poll (&said, 1, kPatience) <= 0)
    return path + " does not start.";
  const ObjectPtr<GDataInputStream> output (g_data_input_stream_new (lines));
  const TextPtr line (g_data_input_stream_read_line (output.get (), nullptr, nullptr, nullptr));
  server_.endpoint = value_of (line ? line.get () : "", "endpoint");
  server_.model = value_of (line ? line.get () : "", "model");
  return server_.endpoint.empty () ? path + " did not start." : "";
}

}  // namespace numpro::asking
