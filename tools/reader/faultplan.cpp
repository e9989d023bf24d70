/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "faultplan.h"

#include <charconv>

namespace reader {

namespace {

std::vector<std::string_view> split (std::string_view text)
{
  std::vector<std::string_view> items;
  for (std::size_t from = 0; from <= text.size ();) {
    const std::size_t comma = std::min (text.find (',', from), text.size ());
    items.push_back (text.substr (from, comma - from));
    from = comma + 1;
  }
  return items;
}

std::string no_such_fault (std::string_view text)
{
  return "'" + std::string (text) + "' is no fault; see --help.";
}

std::optional<double> weight_from (std::string_view text)
{
  double weight = 0;
  const char *end = text.data () + text.size ();
  const auto result = std::from_chars (text.data (), end, weight);
  if (result.ec != std::errc () || result.ptr != end || !(weight > 0) || weight > 1e6)
    return std::nullopt;
  return weight;
}

}  // namespace

std::string FaultPlan::add_script (std::string_view text)
{
  for (const std::string_view item : split (text)) {
    const auto fault = Fault::parse (item);
    if (!fault)
      return no_such_fault (item);
    script_.push_back (*fault);
  }
  return {};
}

std::string FaultPlan::set_mixture (std::string_view text)
{
  mixture_.clear ();
  weights_.clear ();
  for (const std::string_view item : split (text)) {
    const std::size_t equals = item.find ('=');
    const auto fault = Fault::parse (item.substr (0, equals));
    if (!fault)
      return no_such_fault (item.substr (0, equals));
    const auto weight =
        equals == std::string_view::npos ? 1 : weight_from (item.substr (equals + 1));
    if (!weight)
      return "'" + std::string (item) + "' has a weight that is no number above 0.";
    mixture_.push_back (*fault);
    weights_.push_back (*weight);
  }
  return {};
}

Fault FaultPlan::next ()
{
  if (!script_.empty ()) {
    const Fault fault = script_.front ();
    script_.pop_front ();
    return fault;
  }
  std::discrete_distribution<std::size_t> pick (weights_.begin (), weights_.end ());
  return mixture_[pick (random_)];
}

}  // namespace reader
