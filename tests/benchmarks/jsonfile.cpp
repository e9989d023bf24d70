/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jsonfile.h"

#include "lib/base/gstowned.h"
#include "machine.h"

namespace numpro::bench {

Json describe_machine ()
{
  const Machine machine = Machine::here ();
  return {{"cpu", machine.cpu},
          {"cores", machine.cores},
          {"gstreamer", machine.gstreamer},
          {"buildtype", machine.buildtype}};
}

bool write_json_file (const std::string &path, const Json &json)
{
  const std::string text = dump_json (json) + "\n";
  GError *error = nullptr;
  if (g_file_set_contents (path.c_str (), text.data (), static_cast<gssize> (text.size ()), &error))
    return true;
  const ErrorPtr reason (error);
  g_printerr ("%s\n", reason->message);
  return false;
}

}  // namespace numpro::bench
