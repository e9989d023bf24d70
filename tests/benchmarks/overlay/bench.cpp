/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What it costs to have a number on every frame, for numproverlay and for what a user would take
// instead. See README.md.

#include <cstdlib>
#include <iostream>

#include "contender.h"
#include "jsonreport.h"
#include "onecell.h"
#include "options.h"
#include "outsider.h"
#include "plan.h"
#include "race.h"
#include "report.h"

using namespace numpro::bench;

namespace {

std::vector<std::string> remarks_on_missing ()
{
  std::vector<std::string> remarks;
  for (const Contender &contender : contenders ()) {
    if (!contender.make_element ({GST_VIDEO_FORMAT_I420, 336, 336}))
      remarks.push_back (std::string (contender.key) + ": not measured, it is not installed.");
  }
  for (const Outsider &outsider : outsiders ()) {
    if (!outsider.installed ())
      remarks.push_back (std::string (outsider.key) + ": not measured, it needs " + outsider.needs +
                         ".");
  }
  return remarks;
}

bool measure_outsiders (const FrameKind &kind, const Pace &pace, Results &results)
{
  for (const Outsider &outsider : outsiders ()) {
    if (!outsider.takes (kind) || !outsider.installed ())
      continue;
    std::optional<Cell> cell = outsider.measure (outsider, kind, pace);
    if (!cell) {
      g_printerr ("%s failed\n", outsider.key);
      return false;
    }
    results.add (std::move (*cell));
  }
  return true;
}

bool run_plan (const Plan &plan, const std::string &json)
{
  Results results;
  for (const GstVideoFormat format : plan.formats) {
    for (const Plan::Size &size : plan.sizes) {
      const FrameKind kind{format, size.width, size.height};
      g_printerr ("%s %s ...\n", kind.format_name ().c_str (), kind.size_name ().c_str ());
      if (!Race (kind, plan.pace).run (results) || !measure_outsiders (kind, plan.pace, results))
        return false;
    }
  }
  Report{plan, results, remarks_on_missing ()}.print (std::cout);
  return json.empty () || write_json (json, plan, results);
}

}  // namespace

int main (int argc, char **argv)
{
  const std::optional<Options> options = Options::parse (argc, argv);
  if (!options)
    return 2;
  if (options->contender) {
    return run_one_cell (*options->contender, options->kind, options->frames) ? EXIT_SUCCESS
                                                                              : EXIT_FAILURE;
  }
  return run_plan (options->plan, options->json) ? EXIT_SUCCESS : EXIT_FAILURE;
}
