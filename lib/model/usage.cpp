/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "usage.h"

#include <cstdint>

#include "gst/numpro/json.h"

namespace numpro {

namespace {

bool is_int64 (const Json &number)
{
  return number.is_number_integer () &&
         (!number.is_number_unsigned () || number.get<std::uint64_t> () <= INT64_MAX);
}

Json sum_of (const Json &one, const Json &other)
{
  std::int64_t sum = 0;
  if (is_int64 (one) && is_int64 (other) &&
      !__builtin_add_overflow (one.get<std::int64_t> (), other.get<std::int64_t> (), &sum))
    return sum;
  return one.get<double> () + other.get<double> ();
}

void add_members (Json &sums, const Json &others)
{
  for (const auto &[name, other] : others.items ()) {
    Json &sum = sums[name];
    if (sum.is_null ())
      sum = other;
    else if (sum.is_object () && other.is_object ())
      add_members (sum, other);
    else if (sum.is_number () && other.is_number ())
      sum = sum_of (sum, other);
  }
}

}  // namespace

std::string add_usage (const std::string &one, const std::string &other)
{
  if (one.empty () || other.empty ())
    return one.empty () ? other : one;
  Json sum = parse_json (one);
  add_members (sum, parse_json (other));
  return sum.dump ();
}

}  // namespace numpro
