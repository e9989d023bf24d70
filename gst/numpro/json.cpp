/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json.h"

#include <glib.h>

#include <concepts>
#include <limits>
#include <set>
#include <utility>
#include <vector>

namespace numpro {

Json parse_json (std::string_view text, Repeated repeated)
{
  // Of each object that is being read, by its depth.
  std::vector<std::multiset<std::string>> members;
  const auto check = [&members, repeated] (int depth, Json::parse_event_t event, Json &parsed) {
    using Event = Json::parse_event_t;
    if (event == Event::object_start || event == Event::array_start) {
      if (depth >= 100)
        throw JsonError ("nested too deeply");
      members.resize (static_cast<std::size_t> (depth) + 1);
      members.back ().clear ();
    }
    if (event == Event::key) {
      auto &names = members[static_cast<std::size_t> (depth) - 1];
      const auto &name = parsed.get_ref<const std::string &> ();
      if (repeated == Repeated::kRefused && names.contains (name))
        throw JsonError ("an object with the same member twice");
      names.insert (name);
      if (names.size () > 1000)
        throw JsonError ("an object of too many members");
    }
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

std::string dump_json (const Json &json)
{
  return json.dump (2, ' ', false, Json::error_handler_t::replace);
}

std::string dump_json_line (const Json &json)
{
  return json.dump (-1, ' ', false, Json::error_handler_t::replace);
}

JsonFields::JsonFields (const Json &object, std::string path)
    : object_ (object), path_ (std::move (path))
{
  if (!object.is_object ())
    throw JsonError (path_.empty () ? "not a JSON object" : path_ + ": not an object");
}

void JsonFields::fail (const char *name, const std::string &what) const
{
  throw JsonError ((path_.empty () ? "" : path_ + ".") + name + ": " + what);
}

bool JsonFields::is_there (const char *name) const
{
  return object_.contains (name);
}

const Json &JsonFields::at (const char *name) const
{
  const auto at = object_.find (name);
  if (at == object_.end ())
    fail (name, "missing");
  return *at;
}

template <typename T>
T JsonFields::get (const char *name) const
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

template bool JsonFields::get<bool> (const char *) const;
template gint JsonFields::get<gint> (const char *) const;
template guint JsonFields::get<guint> (const char *) const;
template guint64 JsonFields::get<guint64> (const char *) const;
template double JsonFields::get<double> (const char *) const;
template std::string JsonFields::get<std::string> (const char *) const;

const Json &JsonFields::array (const char *name) const
{
  const Json &value = at (name);
  if (!value.is_array ())
    fail (name, "not an array");
  return value;
}

void JsonFields::for_each (const char *name,
                           const std::function<void (const JsonFields &)> &function) const
{
  std::size_t index = 0;
  for (const Json &element : array (name))
    function (JsonFields (element, std::string (name) + "[" + std::to_string (index++) + "]"));
}

}  // namespace numpro
