/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace numpro::bench {

/** A table for people to read, here or where Markdown is shown. The first row is its heading; all
 *  columns but the first are aligned to the right. */
class MarkdownTable
{
 public:
  using Row = std::vector<std::string>;

  /** @pre all rows have as many cells */
  void add (Row row) { rows_.push_back (std::move (row)); }

  std::size_t size () const { return rows_.size (); }

  void print (std::ostream &out) const;

 private:
  std::vector<std::size_t> widths () const;

  std::vector<Row> rows_;
};

}  // namespace numpro::bench
