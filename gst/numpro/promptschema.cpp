/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "promptschema.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "batchnumbers.h"
#include "jsonfields.h"

namespace numpro {

namespace {

// What OpenAI takes in a schema, all lists counted together; servers with grammars of their own
// grow slow with more.
constexpr std::size_t kMaxListed = 500;

using Members = std::vector<std::pair<const char *, JsonObject *>>;

JsonObject *of_type (const char *type)
{
  JsonObject *schema = json_object_new ();
  json_object_set_string_member (schema, "type", type);
  return schema;
}

JsonObject *array_of (JsonObject *items)
{
  JsonObject *schema = of_type ("array");
  json_object_set_object_member (schema, "items", items);
  return schema;
}

// As strict mode wants it: every member required, and no others.
JsonObject *object_with (const Members &members)
{
  JsonObject *schema = of_type ("object"), *properties = json_object_new ();
  JsonArray *required = json_array_new ();
  for (const auto &[name, member] : members) {
    json_object_set_object_member (properties, name, member);
    json_array_add_string_element (required, name);
  }
  json_object_set_object_member (schema, "properties", properties);
  json_object_set_array_member (schema, "required", required);
  json_object_set_boolean_member (schema, "additionalProperties", FALSE);
  return schema;
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
  JsonObject *make () const
  {
    // Beyond what JSON readers take for a whole number: as in ledgers, text.
    if (numbers_.empty () || numbers_.back () > static_cast<guint64> (G_MAXINT64))
      return of_type (numbers_.empty () ? "integer" : "string");
    JsonObject *schema = of_type ("integer");
    if (is_listed_) {
      JsonArray *list = json_array_new ();
      for (guint64 number : numbers_)
        json_array_add_int_element (list, static_cast<gint64> (number));
      json_object_set_array_member (schema, "enum", list);
    } else {
      add_uint64 (schema, "minimum", numbers_.front ());
      add_uint64 (schema, "maximum", numbers_.back ());
    }
    return schema;
  }

 private:
  std::vector<guint64> numbers_;
  bool is_listed_;
};

Members answer_members (GstNumproTask task, const NumberSchema &number)
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
  Members members = answer_members (task, number);
  if (is_checked) {
    // Not bounded: a model that is held to the batch's numbers would seem to have seen them.
    members.emplace_back ("first_seen", of_type ("integer"));
    members.emplace_back ("last_seen", of_type ("integer"));
  }
  return json_object_to_text (object_with (members));
}

}  // namespace numpro
