/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "promptschema.h"

#include <set>
#include <vector>

#include "answerform.h"
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

// A number of the batch: a list, because every server with schemas has lists, while some refuse
// bounds or do not look at them, and because numbers may have gaps. Too long a list becomes bounds.
// What comes back is compared with the batch anyhow.
//
// @param uses how often it stands in the whole schema
Json number_schema (GstNumproLedger *ledger, std::size_t uses)
{
  const std::vector<guint64> all = numbers_of (ledger);
  const std::set<guint64> numbers (all.begin (), all.end ());
  Json schema = of_type ("integer");
  if (numbers.empty ())
    return schema;
  if (numbers.size () * uses <= kMaxListed) {
    schema["enum"] = numbers;
  } else {
    schema["minimum"] = *numbers.begin ();
    schema["maximum"] = *numbers.rbegin ();
  }
  return schema;
}

Json spans_of (const Json &number)
{
  return array_of (object_with ({{member::kFirst, number}, {member::kLast, number}}));
}

Json highlights_of (const Json &number)
{
  return array_of (object_with ({{member::kNumber, number}, {member::kScore, of_type ("number")}}));
}

Json answer_members (GstNumproTask task, const Json &number)
{
  switch (task) {
    case GST_NUMPRO_TASK_HIGHLIGHT:
      return {{member::kFound, of_type ("boolean")}, {member::kHighlights, highlights_of (number)}};
    case GST_NUMPRO_TASK_DESCRIBE:
      return {{member::kDescription, of_type ("string")}, {member::kNumbers, array_of (number)}};
    default:
      return {{member::kFound, of_type ("boolean")}, {member::kSpans, spans_of (number)}};
  }
}

}  // namespace

gchar *make_schema (GstNumproTask task, bool is_checked, GstNumproLedger *ledger)
{
  const std::size_t uses = task == GST_NUMPRO_TASK_MOMENT ? 2 : 1;
  Json members = answer_members (task, number_schema (ledger, uses));
  if (is_checked) {
    // Not bounded: a model that is held to the batch's numbers would seem to have seen them.
    members[member::kFirstSeen] = of_type ("integer");
    members[member::kLastSeen] = of_type ("integer");
  }
  return document_to_text (object_with (members));
}

// Not held to the batch's numbers: what an answer does not contain is refused anyhow, and the
// numbers of a batch would be most of the request.
gchar *make_restatement_schema (GstNumproTask task)
{
  const Json number = of_type ("integer"), flag = of_type ("boolean");
  Json members = task == GST_NUMPRO_TASK_HIGHLIGHT
                     ? Json ({{member::kHighlights, highlights_of (number)}})
                     : Json ({{member::kSpans, spans_of (number)}});
  members[member::kNever] = flag;
  members[member::kCannotTell] = flag;
  return document_to_text (object_with (members));
}

}  // namespace numpro
