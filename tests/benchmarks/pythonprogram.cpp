/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pythonprogram.h"

#include <sstream>

#include "childprocess.h"

namespace numpro::bench {

namespace {

// Debian's own: its packages are not seen by others that may come first in PATH.
constexpr const char *kPython = "/usr/bin/python3";

}  // namespace

bool python_can (const std::string &code)
{
  return ChildProcess::run ({kPython, "-c", code}).has_value ();
}

std::optional<std::vector<double>> times_by_python (std::vector<std::string> arguments,
                                                    std::size_t count)
{
  arguments.insert (arguments.begin (), kPython);
  const auto child = ChildProcess::run (arguments);
  if (!child)
    return std::nullopt;
  std::istringstream lines (child->output);
  std::vector<double> times;
  for (double time; lines >> time;)
    times.push_back (time);
  return times.size () == count ? std::optional (times) : std::nullopt;
}

}  // namespace numpro::bench
