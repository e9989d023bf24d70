/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace numpro {

/** Says what is wrong with a template. Never leaves the library. */
class TemplateError : public std::runtime_error
{
 public:
  using std::runtime_error::runtime_error;
};

/** A text with {names} in braces that stand for something else; {{ and }} stand for braces. */
class PromptTemplate
{
 public:
  /** @throw TemplateError where a name is not one of these, or a brace is alone */
  PromptTemplate (std::string_view text, std::span<const std::string_view> names);

  /** The text that it was made of. */
  const std::string &source () const { return source_; }

  std::string fill (const std::function<std::string (std::string_view name)> &value_of) const;

 private:
  struct Piece {
    std::string text;
    bool is_name;
  };

  std::string source_;
  std::vector<Piece> pieces_;
};

}  // namespace numpro
