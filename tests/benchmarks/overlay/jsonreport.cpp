/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jsonreport.h"

#include "contender.h"
#include "target.h"
#include "tests/benchmarks/framering.h"
#include "tests/benchmarks/jsonfile.h"

namespace numpro::bench {

namespace {

Json describe_method (const Pace &pace)
{
  return {{"rounds", pace.rounds},
          {"batch-us", pace.batch.count ()},
          {"ring-frames-at-least", FrameRing::kMinFrames},
          {"ring-bytes-at-least", FrameRing::kMinBytes},
          {"process-runs", pace.process_runs}};
}

void add_kind (Json &json, const FrameKind &kind)
{
  json["format"] = kind.format_name ();
  json["width"] = kind.width;
  json["height"] = kind.height;
}

Json describe_cell (const Cell &cell, std::optional<double> times_cheaper)
{
  Json json = {{"element", cell.key}};
  add_kind (json, cell.kind);
  json["gross-us"] = cell.gross.median;
  json["gross-deviation-us"] = cell.gross.deviation;
  if (cell.key != kFloor) {
    json["net-us"] = cell.net.median;
    json["net-deviation-us"] = cell.net.deviation;
  }
  if (times_cheaper)
    json["times-cheaper"] = *times_cheaper;
  return json;
}

void add_target (Json &targets, const Target &target, const Results &results)
{
  const Cell *cell = results.find (kReference, target.kind);
  const auto times = cell ? results.times_cheaper (*cell) : std::nullopt;
  if (!times)
    return;
  Json &json = targets.emplace_back ();
  add_kind (json, target.kind);
  json["max-net-us"] = target.max_net;
  json["min-times-cheaper"] = target.min_times;
  json["met"] = target.met_by (cell->net.median, *times);
}

}  // namespace

bool write_json (const std::string &path, const Plan &plan, const Results &results)
{
  Json cells = Json::array (), judged = Json::array ();
  for (const Cell &cell : results.cells ())
    cells.push_back (describe_cell (cell, results.times_cheaper (cell)));
  for (const Target &target : targets ())
    add_target (judged, target, results);
  return write_json_file (path, {{"machine", describe_machine ()},
                                 {"method", describe_method (plan.pace)},
                                 {"cells", cells},
                                 {"targets", judged}});
}

}  // namespace numpro::bench
