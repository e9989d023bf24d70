/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "promptschema.h"

#include <algorithm>
#include <vector>

#include "batchnumbers.h"
#include "document.h"

namespace numpro {

namespace {

// What OpenAI takes in a schema, all lists counted together; servers with grammars of their own
// grow slow with more.
constexpr std::size_t kMaxListed = 500;

Json of_type (const char *type)
{
  return {{"type", type}};
}

Json array_of (Json items)
{
  return {{"type", "array"}, {"items", std::move (items)}};
}

// As strict mode wants it: every member required, and no others.
Json object_with (const Json &members)
{
  Json required = Json::array ();
  for (const auto &member : members.items ())
    required.push_back (member.key ());
  return {{"type", "object"},
          {"properties", members},
          {"required", required},
          {"additionalProperties", false}};
}

// Makes schemas of numbers that are in the batch.
class NumberSchema
{
 public:
  // @param uses how often it stands in the whole schema
  NumberSchema (GstNumproLedger *ledger, std::size_t uses) : numbers_ (numbers_of (ledger))
  {
    std::sort (numbers_.begin (), numbers_.end ());
    numbers_.erase (std::unique (numbers_.begin (), numbers_.end ()), numbers_.end ());
    is_listed_ = numbers_.size () * uses <= kMaxListed;
  }

  // A list, because every server with schemas has lists, while some refuse bounds or do not look at
  // them, and because numbers may have gaps. Too long a list becomes bounds. What comes back is
  // compared with the batch anyhow.
  Json make () const
  {
    Json schema = of_type ("integer");
    if (is_listed_ && !numbers_.empty ()) {
      schema["enum"] = numbers_;
    } else if (!numbers_.empty ()) {
      schema["minimum"] = numbers_.front ();
      schema["maximum"] = numbers_.back ();
    }
    return schema;
  }

 private:
  std::vector<guint64> numbers_;
  bool is_listed_;
};

Json answer_members (GstNumproTask task, const NumberSchema &number)
{
  switch (task) {
    case GST_NUMPRO_TASK_HIGHLIGHT:
      return {
          {"found", of_type ("boolean")},
          {"highlights",
           array_of (object_with ({{"number", number.make ()}, {"score", of_type ("number")}}))}};
    case GST_NUMPRO_TASK_DESCRIBE:
      return {{"description", of_type ("string")}, {"numbers", array_of (number.make ())}};
    default:
      return {{"found", of_type ("boolean")},
              {"spans",
               array_of (object_with ({{"first", number.make ()}, {"last", number.make ()}}))}};
  }
}

}  // namespace

gchar *make_schema (GstNumproTask task, bool is_checked, GstNumproLedger *ledger)
{
  const std::size_t uses = task == GST_NUMPRO_TASK_MOMENT ? 2 : 1;
  const NumberSchema number (ledger, uses);
  Json members = answer_members (task, number);
  if (is_checked) {
    // Not bounded: a model that is held to the batch's numbers would seem to have seen them.
    members["first_seen"] = of_type ("integer");
    members["last_seen"] = of_type ("integer");
  }
  return document_to_text (object_with (members));
}

}  // namespace numpro
