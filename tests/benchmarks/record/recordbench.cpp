/* SPDX-License-Identifier: LGPL-2.1-or-later */

// What numproseiinserter costs a recording. See ../README.md.

#include <cstdlib>
#include <iostream>
#include <optional>

#include "passage.h"
#include "tests/benchmarks/commandline.h"
#include "tests/benchmarks/figuretext.h"
#include "tests/benchmarks/jsonfile.h"
#include "tests/benchmarks/machine.h"
#include "tests/benchmarks/markdowntable.h"

using namespace numpro;
using namespace numpro::bench;

namespace {

struct Pace {
  unsigned frames = 300, rounds = 40, laps = 20;
};

constexpr Pace kQuick = {12, 2, 1};
constexpr double kMostMicroseconds = 3;

struct Format {
  const char *name;
  const char *encoder;
};

// Nothing depends on how well it is encoded.
constexpr Format kFormats[] = {
    {"H.264", "x264enc speed-preset=ultrafast"},
    {"H.265", "x265enc speed-preset=ultrafast log-level=none"},
};

struct Row {
  std::string format;
  Summary identity, inserter, net;
  double bytes = 0;  // of a message
};

// Both take turns, so that what disturbs the machine disturbs both.
std::optional<Row> measure (const Format &format, const Pace &pace)
{
  const EncodedVideo video = EncodedVideo::of (format.encoder, pace.frames);
  if (video.units.size () != pace.frames)
    return std::nullopt;
  Passage identity ("identity", video), inserter ("numproseiinserter", video);
  if (!identity.start () || !inserter.start ())
    return std::nullopt;
  std::vector<double> floor, whole, net;
  identity.lap (1);
  inserter.lap (1);
  const double units = static_cast<double> (pace.frames) * pace.laps;
  for (unsigned i = 0; i < pace.rounds; ++i) {
    floor.push_back (identity.lap (pace.laps).count () / units);
    whole.push_back (inserter.lap (pace.laps).count () / units);
    net.push_back (whole.back () - floor.back ());
  }
  const auto inserted = inserter.stat ("inserted");
  if (inserted != inserter.stat ("frames") || inserted == 0)
    return std::nullopt;
  return Row{format.name, Summary::of (floor), Summary::of (whole), Summary::of (net),
             static_cast<double> (inserter.stat ("bytes")) / static_cast<double> (inserted)};
}

void print (const std::vector<Row> &rows, const Pace &pace)
{
  const Machine machine = Machine::here ();
  std::cout << machine.cpu << ", " << machine.cores << " cores, " << machine.gstreamer
            << ", build type " << machine.buildtype
            << ".\n\nCPU time of an access unit of 1920x1080, "
            << "median ± median absolute deviation of " << pace.rounds << " rounds of "
            << pace.frames * pace.laps << " in turn. \"net\" is without what identity takes.\n\n";
  MarkdownTable table;
  table.add ({"access unit", "identity, µs", "numproseiinserter, µs", "net, µs", "target",
              "verdict", "bytes of a message"});
  for (const Row &row : rows)
    table.add ({row.format, figure_text (row.identity), figure_text (row.inserter),
                figure_text (row.net), "<= " + fixed_text (kMostMicroseconds, 0),
                row.net.median <= kMostMicroseconds ? "PASS" : "FAIL", fixed_text (row.bytes, 1)});
  table.print (std::cout);
}

bool write (const char *path, const std::vector<Row> &rows)
{
  Json json = {{"machine", describe_machine ()}, {"rows", Json::array ()}};
  for (const Row &row : rows)
    json["rows"].push_back ({{"format", row.format},
                             {"identity-us", row.identity.median},
                             {"numproseiinserter-us", row.inserter.median},
                             {"net-us", row.net.median},
                             {"net-deviation-us", row.net.deviation},
                             {"bytes-per-message", row.bytes}});
  return write_json_file (path, json);
}

}  // namespace

int main (int argc, char **argv)
{
  gboolean quick = FALSE;
  char *path = nullptr;
  const GOptionEntry entries[] = {
      {"quick", 0, 0, G_OPTION_ARG_NONE, &quick, "Only see that everything works", nullptr},
      {"json", 0, 0, G_OPTION_ARG_FILENAME, &path, "Also write the results to a file", "FILE"},
      {}};
  const bool is_read =
      read_command_line (argc, argv, "Measures what numproseiinserter costs.", entries);
  const TextPtr owned (path);
  if (!is_read)
    return 2;
  const Pace pace = quick ? kQuick : Pace{};
  std::vector<Row> rows;
  for (const Format &format : kFormats) {
    const auto row = measure (format, pace);
    if (!row) {
      g_printerr ("%s: no message was inserted\n", format.name);
      return EXIT_FAILURE;
    }
    rows.push_back (*row);
  }
  print (rows, pace);
  return !path || write (path, rows) ? EXIT_SUCCESS : EXIT_FAILURE;
}
