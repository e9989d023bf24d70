/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "jsonreport.h"

#include "contender.h"
#include "framering.h"
#include "jsonwriter.h"
#include "target.h"

namespace numpro::bench {

namespace {

void write_method (JsonWriter &writer, const Pace &pace)
{
  writer.object ([&] {
    writer.member ("rounds").integer (pace.rounds);
    writer.member ("batch-us").real (pace.batch.count ());
    writer.member ("ring-frames-at-least").integer (FrameRing::kMinFrames);
    writer.member ("ring-bytes-at-least").integer (FrameRing::kMinBytes);
    writer.member ("process-runs").integer (pace.process_runs);
  });
}

void write_kind (JsonWriter &writer, const FrameKind &kind)
{
  writer.member ("format").text (kind.format_name ());
  writer.member ("width").integer (kind.width);
  writer.member ("height").integer (kind.height);
}

void write_cell (JsonWriter &writer, const Cell &cell, std::optional<double> times_cheaper)
{
  writer.object ([&] {
    writer.member ("element").text (cell.key);
    write_kind (writer, cell.kind);
    writer.member ("gross-us").real (cell.gross.median);
    writer.member ("gross-deviation-us").real (cell.gross.deviation);
    if (cell.key != kFloor) {
      writer.member ("net-us").real (cell.net.median);
      writer.member ("net-deviation-us").real (cell.net.deviation);
    }
    if (times_cheaper)
      writer.member ("times-cheaper").real (*times_cheaper);
  });
}

void write_target (JsonWriter &writer, const Target &target, const Results &results)
{
  const Cell *cell = results.find (kReference, target.kind);
  const auto times = cell ? results.times_cheaper (*cell) : std::nullopt;
  if (!times)
    return;
  writer.object ([&] {
    write_kind (writer, target.kind);
    writer.member ("max-net-us").real (target.max_net);
    writer.member ("min-times-cheaper").real (target.min_times);
    writer.member ("met").boolean (target.met_by (cell->net.median, *times));
  });
}

}  // namespace

bool write_json (const std::string &path, const Plan &plan, const Results &results)
{
  JsonWriter writer;
  writer.object ([&] {
    write_machine (writer.member ("machine"));
    write_method (writer.member ("method"), plan.pace);
    writer.member ("cells").array ([&] {
      for (const Cell &cell : results.cells ())
        write_cell (writer, cell, results.times_cheaper (cell));
    });
    writer.member ("targets").array ([&] {
      for (const Target &target : targets ())
        write_target (writer, target, results);
    });
  });
  return writer.save (path);
}

}  // namespace numpro::bench
