/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prompttemplate.h"

namespace numpro {

namespace {

const std::string &value_of (std::string_view name, std::span<const TemplateValue> values)
{
  std::string known;
  for (const auto &[other, value] : values) {
    if (other == name)
      return value;
    known += " {" + std::string (other) + "}";
  }
  throw TemplateError ("There is no {" + std::string (name) + "}; there are:" + known + ".");
}

}  // namespace

std::string fill_template (std::string_view text, std::span<const TemplateValue> values)
{
  std::string filled;
  for (std::size_t at = 0; at < text.size (); ++at) {
    const char c = text[at];
    const bool is_brace = c == '{' || c == '}';
    const bool is_double = is_brace && text.substr (at + 1).starts_with (c);
    if (!is_brace || is_double) {
      filled += c;
      at += is_double;
      continue;
    }
    const std::size_t end = text.find ('}', at);
    if (c == '}' || end == std::string_view::npos)
      throw TemplateError (std::string ("A \"") + c + "\" is alone; \"" + c + c +
                           "\" stands for the character itself.");
    filled += value_of (text.substr (at + 1, end - at - 1), values);
    at = end;
  }
  return filled;
}

}  // namespace numpro
