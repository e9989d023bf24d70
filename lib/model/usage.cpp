/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "usage.h"

#include "lib/base/owned.h"
#include "jsonnode.h"

namespace numpro {

namespace {

bool is_integer (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
}

bool is_number (JsonNode *node)
{
  return is_integer (node) ||
         (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

JsonNode *sum_of (JsonNode *one, JsonNode *other)
{
  gint64 sum = 0;
  if (is_integer (one) && is_integer (other) &&
      !__builtin_add_overflow (json_node_get_int (one), json_node_get_int (other), &sum))
    return json_node_init_int (json_node_alloc (), sum);
  return json_node_init_double (json_node_alloc (),
                                json_node_get_double (one) + json_node_get_double (other));
}

void add_member (JsonObject *, const gchar *name, JsonNode *other, gpointer sums)
{
  auto *object = static_cast<JsonObject *> (sums);
  JsonNode *sum = json_object_get_member (object, name);
  if (!sum || JSON_NODE_HOLDS_NULL (sum))
    json_object_set_member (object, name, json_node_copy (other));
  else if (JSON_NODE_HOLDS_OBJECT (sum) && JSON_NODE_HOLDS_OBJECT (other))
    json_object_foreach_member (json_node_get_object (other), add_member,
                                json_node_get_object (sum));
  else if (is_number (sum) && is_number (other))
    json_object_set_member (object, name, sum_of (sum, other));
}

}  // namespace

std::string add_usage (const std::string &one, const std::string &other)
{
  if (one.empty () || other.empty ())
    return one.empty () ? other : one;
  const JsonNodePtr sum (json_from_string (one.c_str (), nullptr));
  const JsonNodePtr more (json_from_string (other.c_str (), nullptr));
  if (!sum || !more)
    return one;
  json_object_foreach_member (json_node_get_object (more.get ()), add_member,
                              json_node_get_object (sum.get ()));
  const TextPtr text (json_to_string (sum.get (), FALSE));
  return text.get ();
}

}  // namespace numpro
