/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report.h"

#include "contender.h"
#include "outsider.h"
#include "target.h"
#include "tests/benchmarks/figuretext.h"
#include "tests/benchmarks/framering.h"
#include "tests/benchmarks/machine.h"
#include "tests/benchmarks/markdowntable.h"

namespace numpro::bench {

namespace {

constexpr const char *kNothing = "-";

// Far above this it is noise that is divided by.
constexpr double kMostTimes = 1000;

std::string figure_of_times (double times)
{
  if (times <= 0)
    return kNothing;
  return times > kMostTimes ? "> " + fixed_text (kMostTimes, 0) : figure_text (times);
}

struct TableRow {
  const char *key, *label;
};

std::vector<TableRow> table_rows ()
{
  std::vector<TableRow> rows;
  for (const Contender &contender : contenders ())
    rows.push_back ({contender.key, contender.label});
  for (const Outsider &outsider : outsiders ())
    rows.push_back ({outsider.key, outsider.label});
  return rows;
}

}  // namespace

void Report::print (std::ostream &out) const
{
  print_method (out);
  for (const GstVideoFormat format : plan.formats)
    print_format (out, format);
  print_targets (out);
  for (const std::string &remark : remarks)
    out << '\n' << remark << '\n';
  out.flush ();
}

void Report::print_method (std::ostream &out) const
{
  const Machine machine = Machine::here ();
  out << machine.cpu << ", " << machine.cores << " cores, " << machine.gstreamer << ", build type "
      << machine.buildtype << ".\n\n"
      << "Cost of a frame in microseconds of CPU time, median ± median absolute deviation. \"net\" "
         "is "
      << "without what identity takes, \"times\" how many times cheaper than timeoverlay.\n"
      << "Elements took turns in " << plan.pace.rounds << " rounds, "
      << plan.pace.batch.count () / 1000
      << " ms or more each, on frames that go round in a ring of at least " << FrameRing::kMinFrames
      << " frames and " << FrameRing::kMinBytes / 1024 / 1024 << " MiB.\n"
      << "Programs that are processes of their own ran " << plan.pace.process_runs
      << " times: ffmpeg is net of itself with drawtext switched off, Python is in full.\n";
}

void Report::print_format (std::ostream &out, GstVideoFormat format) const
{
  MarkdownTable table;
  MarkdownTable::Row heading{gst_video_format_to_string (format)};
  for (const Plan::Size &size : plan.sizes) {
    heading.push_back (FrameKind{format, size.width, size.height}.size_name () + ", net µs");
    heading.push_back ("times");
  }
  table.add (std::move (heading));

  for (const TableRow &row : table_rows ()) {
    MarkdownTable::Row cells{row.label};
    for (const Plan::Size &size : plan.sizes) {
      const Cell *cell = results.find (row.key, {format, size.width, size.height});
      const double times = cell ? results.times_cheaper (*cell).value_or (0) : 0;
      const bool in_full = row.key == kFloor;
      cells.push_back (cell ? figure_text (in_full ? cell->gross : cell->net) : kNothing);
      cells.push_back (figure_of_times (times));
    }
    table.add (std::move (cells));
  }
  out << '\n';
  table.print (out);
}

void Report::print_targets (std::ostream &out) const
{
  MarkdownTable table;
  table.add ({"numproverlay, 3 digits", "net µs", "target", "times", "target", "verdict"});
  for (const Target &target : targets ()) {
    const Cell *cell = results.find (kReference, target.kind);
    if (!cell)
      continue;
    const double times = results.times_cheaper (*cell).value_or (0);
    table.add ({target.kind.format_name () + " " + target.kind.size_name (),
                figure_text (cell->net), "<= " + fixed_text (target.max_net, 0),
                figure_of_times (times), ">= " + fixed_text (target.min_times, 0),
                target.met_by (cell->net.median, times) ? "PASS" : "MISS"});
  }
  if (table.size () == 1)
    return;
  out << '\n';
  table.print (out);
}

}  // namespace numpro::bench
