/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace numpro {

/** Says what is wrong with a template. Never leaves the library. */
class TemplateError : public std::runtime_error
{
 public:
  using std::runtime_error::runtime_error;
};

/** A name, and what it stands for. */
using TemplateValue = std::pair<std::string_view, std::string>;

/**
 * Fills a text with {names} in braces; {{ and }} stand for braces.
 *
 * @throw TemplateError where a name has no value, or a brace is alone
 */
std::string fill_template (std::string_view text, std::span<const TemplateValue> values);

}  // namespace numpro
