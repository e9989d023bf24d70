/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "onecell.h"

#include <algorithm>

#include "tests/benchmarks/circuit.h"
#include "tests/benchmarks/framering.h"

namespace numpro::bench {

namespace {

bool fail (const Contender &contender, const char *what)
{
  g_printerr ("%s %s\n", contender.key, what);
  return false;
}

}  // namespace

bool run_one_cell (const Contender &contender, const FrameKind &kind, std::size_t frames)
{
  ElementPtr element = contender.make_element (kind);
  if (!element)
    return fail (contender, "is not installed");
  if (!Circuit::takes (element.get (), kind))
    return fail (contender, "does not take this format");

  FrameRing ring (kind);
  Circuit circuit (std::move (element), kind, contender.handling);
  if (!circuit.start ())
    return fail (contender, "did not start");
  if (!circuit.warm_up (ring))
    return fail (contender, "failed on its first frames");
  Microseconds sum{0};
  for (std::size_t left = frames; left > 0;) {
    const std::size_t part = std::min (left, ring.size ());
    const std::optional<Microseconds> time = circuit.lap (ring, part);
    if (!time)
      return fail (contender, "failed");
    sum += *time;
    left -= part;
  }
  g_print ("%s, %s %s: %zu frames, %.3f microseconds each (what identity takes included)\n",
           contender.key, kind.format_name ().c_str (), kind.size_name ().c_str (), frames,
           sum.count () / static_cast<double> (frames));
  return true;
}

}  // namespace numpro::bench
