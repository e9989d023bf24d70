/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "findings.h"

#include <algorithm>

#include "tests/benchmarks/figuretext.h"
#include "tests/benchmarks/jsonfile.h"
#include "tests/benchmarks/machine.h"
#include "tests/benchmarks/markdowntable.h"

namespace numpro::bench {

namespace {

void add_once (std::vector<std::string> &names, const std::string &name)
{
  if (std::ranges::find (names, name) == names.end ())
    names.push_back (name);
}

std::string text_of (const Figure &figure, double value)
{
  return figure.decimals ? fixed_text (value, *figure.decimals) : figure_text (value);
}

std::string text_of (const Figure &figure)
{
  return figure.deviation ? figure_text (Summary{figure.value, *figure.deviation})
                          : text_of (figure, figure.value);
}

}  // namespace

void Findings::add (std::string_view subject, std::string_view quantity, double value,
                    std::optional<int> decimals)
{
  figures_.push_back (
      {sections_.back ().key, std::string (subject), std::string (quantity), value, {}, decimals});
}

void Findings::add (std::string_view subject, std::string_view quantity, const Summary &summary)
{
  figures_.push_back ({sections_.back ().key,
                       std::string (subject),
                       std::string (quantity),
                       summary.median,
                       summary.deviation,
                       {}});
}

void Findings::aim_at_most (std::string_view subject, std::string_view quantity, double limit)
{
  goals_.push_back (
      {sections_.back ().key, std::string (subject), std::string (quantity), limit, false});
}

void Findings::aim_at_least (std::string_view subject, std::string_view quantity, double limit)
{
  goals_.push_back (
      {sections_.back ().key, std::string (subject), std::string (quantity), limit, true});
}

const Figure *Findings::find (std::string_view section, std::string_view subject,
                              std::string_view quantity) const
{
  const auto found = std::ranges::find_if (figures_, [&] (const Figure &figure) {
    return figure.section == section && figure.subject == subject && figure.quantity == quantity;
  });
  return found == figures_.end () ? nullptr : &*found;
}

void Findings::print (std::ostream &out) const
{
  const Machine machine = Machine::here ();
  out << machine.cpu << ", " << machine.cores << " cores, " << machine.gstreamer << ", build type "
      << machine.buildtype << ".\n";
  for (const Section &section : sections_)
    print_section (out, section);
  print_goals (out);
  for (const std::string &remark : remarks_)
    out << '\n' << remark << '\n';
  out.flush ();
}

void Findings::print_section (std::ostream &out, const Section &section) const
{
  std::vector<std::string> subjects, quantities;
  for (const Figure &figure : figures_) {
    if (figure.section == section.key) {
      add_once (subjects, figure.subject);
      add_once (quantities, figure.quantity);
    }
  }
  MarkdownTable table;
  MarkdownTable::Row heading{section.key};
  heading.insert (heading.end (), quantities.begin (), quantities.end ());
  table.add (std::move (heading));
  for (const std::string &subject : subjects) {
    MarkdownTable::Row row{subject};
    for (const std::string &quantity : quantities) {
      const Figure *figure = find (section.key, subject, quantity);
      row.push_back (figure ? text_of (*figure) : "-");
    }
    table.add (std::move (row));
  }
  out << '\n' << section.method << "\n\n";
  table.print (out);
}

void Findings::print_goals (std::ostream &out) const
{
  MarkdownTable table;
  table.add ({"target", "measured", "limit", "verdict"});
  for (const Goal &goal : goals_) {
    const Figure *figure = find (goal.section, goal.subject, goal.quantity);
    if (figure) {
      table.add ({goal.section + ": " + goal.subject + ", " + goal.quantity, text_of (*figure),
                  (goal.at_least ? ">= " : "<= ") + text_of (*figure, goal.limit),
                  goal.met_by (figure->value) ? "PASS" : "MISS"});
    }
  }
  if (table.size () == 1)
    return;
  out << '\n';
  table.print (out);
}

bool Findings::write_json (const std::string &path) const
{
  const auto describe_place = [] (const auto &item) {
    return Json{{"section", item.section}, {"subject", item.subject}, {"quantity", item.quantity}};
  };
  Json figures = Json::array (), targets = Json::array ();
  for (const Figure &figure : figures_) {
    Json &json = figures.emplace_back (describe_place (figure));
    json["value"] = figure.value;
    if (figure.deviation)
      json["deviation"] = *figure.deviation;
  }
  for (const Goal &goal : goals_) {
    const Figure *figure = find (goal.section, goal.subject, goal.quantity);
    Json &json = targets.emplace_back (describe_place (goal));
    json[goal.at_least ? "at-least" : "at-most"] = goal.limit;
    json["met"] = figure && goal.met_by (figure->value);
  }
  return write_json_file (
      path, {{"machine", describe_machine ()}, {"figures", figures}, {"targets", targets}});
}

}  // namespace numpro::bench
