/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A stand-in for a model, behind the API of one.

#include <glib-unix.h>

#include <cstdio>

#include "options.h"

using namespace reader;

namespace {

gboolean quit (gpointer loop)
{
  g_main_loop_quit (static_cast<GMainLoop *> (loop));
  return G_SOURCE_CONTINUE;
}

}  // namespace

int main (int argc, char **argv)
{
  std::optional<ServerSettings> settings = parse_options (argc, argv);
  if (!settings)
    return 2;
  Server server (std::move (*settings));
  if (const std::string problem = server.start (); !problem.empty ()) {
    std::fprintf (stderr, "%s\n", problem.c_str ());
    return 1;
  }
  const OwnedBy<GMainLoop, g_main_loop_unref> loop (g_main_loop_new (nullptr, FALSE));
  g_unix_signal_add (SIGINT, quit, loop.get ());
  g_unix_signal_add (SIGTERM, quit, loop.get ());
  std::printf ("endpoint=%s model=%s\n", server.endpoint ().c_str (), kModel);
  std::fflush (stdout);
  g_main_loop_run (loop.get ());
  return 0;
}
