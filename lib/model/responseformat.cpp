/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "responseformat.h"

#include <algorithm>

#include "gst/numpro/json.h"

namespace numpro {

namespace {

bool is_list_of_integers (const Json &list)
{
  return list.is_array () && !list.empty () &&
         std::all_of (list.begin (), list.end (),
                      [] (const Json &item) { return item.is_number_integer (); });
}

// Gemini takes lists of texts only (pydantic-ai 1553), old xgrammar none (vllm 15762).
Json with_bounds (const Json &schema)
{
  if (!schema.is_structured ())
    return schema;
  Json changed = schema.is_array () ? Json::array () : Json::object ();
  for (const auto &[name, member] : schema.items ()) {
    if (schema.is_array ()) {
      changed.push_back (with_bounds (member));
    } else if (name == "enum" && is_list_of_integers (member)) {
      changed["minimum"] = *std::min_element (member.begin (), member.end ());
      changed["maximum"] = *std::max_element (member.begin (), member.end ());
    } else {
      changed[name] = with_bounds (member);
    }
  }
  return changed;
}

Json with_schema (const Json &schema)
{
  return {{"type", "json_schema"},
          {"json_schema", {{"name", "answer"}, {"strict", true}, {"schema", schema}}}};
}

}  // namespace

ResponseFormat next_format (ResponseFormat format, const Json &schema)
{
  switch (format) {
    case ResponseFormat::kLists:
      // Of many numbers there were no lists.
      return with_bounds (schema) == schema ? ResponseFormat::kAnyJson : ResponseFormat::kBounds;
    case ResponseFormat::kBounds:
      return ResponseFormat::kAnyJson;
    default:
      return ResponseFormat::kAnyText;
  }
}

Json make_response_format (ResponseFormat format, const Json &schema)
{
  switch (format) {
    case ResponseFormat::kLists:
      return with_schema (schema);
    case ResponseFormat::kBounds:
      return with_schema (with_bounds (schema));
    case ResponseFormat::kAnyJson:
      return {{"type", "json_object"}};
    default:
      return nullptr;
  }
}

const char *words_for (ResponseFormat format)
{
  switch (format) {
    case ResponseFormat::kLists:
      return "with a schema";
    case ResponseFormat::kBounds:
      return "with a schema of bounds in place of lists";
    case ResponseFormat::kAnyJson:
      return "as JSON without a schema";
    default:
      return "in the prompt's words alone";
  }
}

}  // namespace numpro
