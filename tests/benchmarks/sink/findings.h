/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/benchmarks/summary.h"

namespace numpro::bench {

/** One thing that was measured. */
struct Figure {
  std::string section;  /**< key of the table it belongs to */
  std::string subject;  /**< what was measured: the row */
  std::string quantity; /**< of it, with its unit: the column */
  double value = 0;
  std::optional<double> deviation; /**< median absolute deviation, where value is a median */
  std::optional<int> decimals;     /**< to print; by the size of the value if not given */
};

/** A table of figures. */
struct Section {
  std::string key;
  std::string method; /**< sentences above the table */
};

/** What a figure is to reach. */
struct Goal {
  std::string section, subject, quantity;
  double limit = 0;
  bool at_least = false; /**< else at most */

  bool met_by (double value) const { return at_least ? value >= limit : value <= limit; }
};

/** All that was measured, with what was to be reached. */
class Findings
{
 public:
  /** Figures go to this section from now on. */
  void begin (Section section) { sections_.push_back (std::move (section)); }

  void add (std::string_view subject, std::string_view quantity, double value,
            std::optional<int> decimals = {});
  void add (std::string_view subject, std::string_view quantity, const Summary &summary);
  void aim_at_most (std::string_view subject, std::string_view quantity, double limit);
  void aim_at_least (std::string_view subject, std::string_view quantity, double limit);

  /** Says what could not be measured. */
  void remark (std::string sentence) { remarks_.push_back (std::move (sentence)); }

  const std::vector<Figure> &figures () const { return figures_; }
  const std::vector<Goal> &goals () const { return goals_; }

  /** @return null when it was not measured */
  const Figure *find (std::string_view section, std::string_view subject,
                      std::string_view quantity) const;

  /** For people, as Markdown. */
  void print (std::ostream &out) const;

  /** For programs. @return false, after saying why on stderr, when it cannot be written */
  bool write_json (const std::string &path) const;

 private:
  void print_section (std::ostream &out, const Section &section) const;
  void print_goals (std::ostream &out) const;

  std::vector<Section> sections_;
  std::vector<Figure> figures_;
  std::vector<Goal> goals_;
  std::vector<std::string> remarks_;
};

}  // namespace numpro::bench
