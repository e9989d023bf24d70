/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "jsonfwd.h"

namespace numpro {

/** Says where in a JSON text something is wrong, and what. Never leaves the library. */
class JsonError : public std::runtime_error
{
 public:
  using std::runtime_error::runtime_error;
};

/** What becomes of a member that an object has several times. */
enum class Repeated { kLastCounts, kRefused };

/**
 * Parses a text from elsewhere. Refuses what is no JSON in UTF-8 (RFC 8259) and besides, what could
 * not be handled safely: nesting deeper than 100 because writing and copying call themselves, zero
 * characters because strings of C end there, and objects of more than 1000 members because looking
 * for one takes time for each.
 *
 * @throw JsonError
 */
Json parse_json (std::string_view text, Repeated repeated = Repeated::kLastCounts);

/** Indented text that ends without a line end. Bytes that are no UTF-8 are replaced by U+FFFD. */
std::string dump_json (const Json &json);

/** The same on one line. */
std::string dump_json_line (const Json &json);

/** The members of a JSON object, read strictly: what is missing or of another type is an error. */
class JsonFields
{
 public:
  /** @param path of the object in its document, "frames[1]"; empty for the document itself */
  explicit JsonFields (const Json &object, std::string path = {});

  /** @throw JsonError that names the member, and what is wrong with it */
  [[noreturn]] void fail (const char *name, const std::string &what) const;

  /** Whether a member is there, be it null. */
  bool is_there (const char *name) const;

  const Json &at (const char *name) const;

  /** gint, guint and guint64, none of which may have a sign; bool, double, std::string. */
  template <typename T>
  T get (const char *name) const;

  /** Nothing where the member is null or absent. */
  template <typename T>
  std::optional<T> find (const char *name) const
  {
    return is_there (name) && !at (name).is_null () ? std::optional (get<T> (name)) : std::nullopt;
  }

  const Json &array (const char *name) const;

  /** Calls a function with the fields of each object in an array. */
  void for_each (const char *name, const std::function<void (const JsonFields &)> &function) const;

 private:
  const Json &object_;
  std::string path_;
};

}  // namespace numpro
