/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "markdowntable.h"

#include <glib.h>

#include <algorithm>

namespace numpro::bench {

namespace {

std::size_t length_of (const std::string &text)
{
  return static_cast<std::size_t> (g_utf8_strlen (text.c_str (), -1));
}

std::string pad (const std::string &text, std::size_t width, bool to_the_right)
{
  const std::string space (width - length_of (text), ' ');
  return to_the_right ? space + text : text + space;
}

}  // namespace

void MarkdownTable::print (std::ostream &out) const
{
  const std::vector<std::size_t> width = widths ();
  for (std::size_t r = 0; r < rows_.size (); ++r) {
    for (std::size_t c = 0; c < width.size (); ++c)
      out << "| " << pad (rows_[r][c], width[c], c > 0) << ' ';
    out << "|\n";
    if (r > 0)
      continue;
    for (std::size_t c = 0; c < width.size (); ++c)
      out << "|" << std::string (width[c] + 1, '-') << (c > 0 ? ':' : '-');
    out << "|\n";
  }
}

std::vector<std::size_t> MarkdownTable::widths () const
{
  std::vector<std::size_t> widths (rows_.front ().size (), 0);
  for (const Row &row : rows_) {
    for (std::size_t c = 0; c < row.size (); ++c)
      widths[c] = std::max (widths[c], length_of (row[c]));
  }
  return widths;
}

}  // namespace numpro::bench
