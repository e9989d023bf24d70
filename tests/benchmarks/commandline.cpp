/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "commandline.h"

#include "lib/base/gstowned.h"

namespace numpro::bench {

bool read_command_line (int argc, char **argv, const char *summary, const GOptionEntry *entries)
{
  const OptionContextPtr context (g_option_context_new (nullptr));
  g_option_context_set_summary (context.get (), summary);
  g_option_context_add_main_entries (context.get (), entries, nullptr);
  g_option_context_add_group (context.get (), gst_init_get_option_group ());

  GError *error = nullptr;
  const bool read = g_option_context_parse (context.get (), &argc, &argv, &error);
  const ErrorPtr reason (error);
  if (!read)
    g_printerr ("%s\n", reason->message);
  return read;
}

}  // namespace numpro::bench
