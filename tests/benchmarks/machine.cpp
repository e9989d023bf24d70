/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "machine.h"

#include <gst/gst.h>

#include <fstream>

#include "lib/base/gstowned.h"

namespace numpro::bench {

namespace {

std::string cpu_model ()
{
  std::ifstream cpuinfo ("/proc/cpuinfo");
  for (std::string line; std::getline (cpuinfo, line);) {
    const std::size_t colon = line.find (": ");
    if (line.starts_with ("model name") && colon != std::string::npos)
      return line.substr (colon + 2);
  }
  return "unknown CPU";
}

}  // namespace

Machine Machine::here ()
{
  const TextPtr gstreamer (gst_version_string ());
  return {cpu_model (), g_get_num_processors (), gstreamer.get (), BUILDTYPE};
}

}  // namespace numpro::bench
