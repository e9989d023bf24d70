/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <concepts>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace numpro {

/** Members stay in the order in which they were added. */
using Json = nlohmann::ordered_json;

/** Says where in a JSON text something is wrong, and what. Never leaves the library. */
class JsonError : public std::runtime_error
{
 public:
  using std::runtime_error::runtime_error;
};

/**
 * Parses a text from elsewhere. Refuses what is no JSON in UTF-8 (RFC 8259) and besides, what could
 * not be handled safely: nesting deeper than 100 because writing and copying call themselves, zero
 * characters because strings of C end there, and objects of more than 1000 members because looking
 * for one takes time for each.
 *
 * @throw JsonError
 */
inline Json parse_json (std::string_view text)
{
  std::vector<int> members;  // of each object that is being read, by its depth
  const auto check = [&members] (int depth, Json::parse_event_t event, Json &parsed) {
    using Event = Json::parse_event_t;
    if (event == Event::object_start || event == Event::array_start) {
      if (depth >= 100)
        throw JsonError ("nested too deeply");
      members.resize (static_cast<std::size_t> (depth) + 1);
      members.back () = 0;
    }
    if (event == Event::key && ++members[static_cast<std::size_t> (depth) - 1] > 1000)
      throw JsonError ("an object of too many members");
    if ((event == Event::key || event == Event::value) && parsed.is_string () &&
        parsed.get_ref<const std::string &> ().find ('\0') != std::string::npos)
      throw JsonError ("a zero character in a string");
    return true;
  };
  // The parser would take it for the end.
  if (const std::size_t at = text.find ('\0'); at != std::string_view::npos)
    throw JsonError ("a zero character at byte " + std::to_string (at));
  try {
    return Json::parse (text, check);
  } catch (const Json::parse_error &error) {
    // Without its words, which quote the text: that may be secret, or no UTF-8.
    throw JsonError ("not JSON at byte " + std::to_string (error.byte));
  } catch (const Json::out_of_range &) {
    throw JsonError ("not JSON: a number out of range");
  }
}

/** Indented text that ends without a line end. Bytes that are no UTF-8 are replaced. */
inline std::string dump_json (const Json &json)
{
  return json.dump (2, ' ', false, Json::error_handler_t::replace);
}

/** The members of a JSON object, read strictly: what is missing or of another type is an error. */
class JsonFields
{
 public:
  /** @param path of the object in its document, "frames[1]"; empty for the document itself */
  explicit JsonFields (const Json &object, std::string path = {})
      : object_ (object), path_ (std::move (path))
  {
    if (!object.is_object ())
      throw JsonError (path_.empty () ? "not a JSON object" : path_ + ": not an object");
  }

  [[noreturn]] void fail (const char *name, const std::string &what) const
  {
    throw JsonError ((path_.empty () ? "" : path_ + ".") + name + ": " + what);
  }

  /** Whether a member is there, be it null. */
  bool is_there (const char *name) const { return object_.contains (name); }

  const Json &at (const char *name) const
  {
    const auto at = object_.find (name);
    if (at == object_.end ())
      fail (name, "missing");
    return *at;
  }

  /** Numbers without a sign, bool, double, std::string. */
  template <typename T>
  T get (const char *name) const
  {
    const Json &value = at (name);
    if constexpr (std::same_as<T, bool>) {
      if (!value.is_boolean ())
        fail (name, "not true or false");
    } else if constexpr (std::integral<T>) {
      constexpr auto kMax = static_cast<guint64> (std::numeric_limits<T>::max ());
      if (!value.is_number_unsigned () || value.get<guint64> () > kMax)
        fail (name, "not a whole number from 0 to " + std::to_string (kMax));
    } else if constexpr (std::floating_point<T>) {
      if (!value.is_number ())
        fail (name, "not a number");
    } else if (!value.is_string ()) {
      fail (name, "not a string");
    }
    return value.get<T> ();
  }

  /** Nothing where the member is null or absent. */
  template <typename T>
  std::optional<T> find (const char *name) const
  {
    return is_there (name) && !at (name).is_null () ? std::optional (get<T> (name)) : std::nullopt;
  }

  const Json &array (const char *name) const
  {
    const Json &value = at (name);
    if (!value.is_array ())
      fail (name, "not an array");
    return value;
  }

  /** Calls a function with the fields of each object in an array. */
  template <typename Function>
  void for_each (const char *name, Function function) const
  {
    std::size_t index = 0;
    for (const Json &element : array (name))
      function (JsonFields (element, std::string (name) + "[" + std::to_string (index++) + "]"));
  }

 private:
  const Json &object_;
  std::string path_;
};

}  // namespace numpro
