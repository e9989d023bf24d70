/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "probefinding.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace numpro {

namespace {

using Numbers = std::span<const guint64>;

// One digit read wrong, left out or added.
bool is_misreading (guint64 seen, guint64 sent)
{
  const std::string one = std::to_string (seen), other = std::to_string (sent);
  const std::string &longer = one.size () > other.size () ? one : other;
  const std::string &shorter = one.size () > other.size () ? other : one;
  const auto [in_longer, in_shorter] =
      std::mismatch (longer.begin (), longer.end (), shorter.begin (), shorter.end ());
  if (in_longer == longer.end ())
    return false;
  if (longer.size () == shorter.size ())
    return std::equal (in_longer + 1, longer.end (), in_shorter + 1, shorter.end ());
  return longer.size () == shorter.size () + 1 &&
         std::equal (in_longer + 1, longer.end (), in_shorter, shorter.end ());
}

/** Which of the numbers sent were seen, and in which order. */
struct Sighting {
  std::vector<bool> is_seen;
  std::vector<std::size_t> order;  // places among those sent
  bool is_misread = false;         // one at least

  Sighting (Numbers sent, Numbers seen) : is_seen (sent.size ())
  {
    for (guint64 number : seen)
      note (find (sent, seen, number));
  }

  // The place of what was seen. Of two that it may be a misreading of, one that is not seen itself.
  std::optional<std::size_t> find (Numbers sent, Numbers seen, guint64 number)
  {
    if (const auto at = std::find (sent.begin (), sent.end (), number); at != sent.end ())
      return at - sent.begin ();
    for (std::size_t i = 0; i < sent.size (); ++i) {
      const bool is_there = std::find (seen.begin (), seen.end (), sent[i]) != seen.end ();
      if (!is_there && !is_seen[i] && is_misreading (number, sent[i])) {
        is_misread = true;
        return i;
      }
    }
    // A number that is like none may be a count in a sentence, "I see 8 numbers".
    return std::nullopt;
  }

  void note (std::optional<std::size_t> place)
  {
    if (!place || is_seen[*place])
      return;
    is_seen[*place] = true;
    order.push_back (*place);
  }

  bool is_whole () const { return order.size () == is_seen.size (); }
  bool is_in_order () const { return std::is_sorted (order.begin (), order.end ()); }

  // Whether nothing is missing but what comes before, or after, all that was seen.
  bool lacks_front () const { return std::is_sorted (is_seen.begin (), is_seen.end ()); }
  bool lacks_end () const { return std::is_sorted (is_seen.rbegin (), is_seen.rend ()); }

  // Whether nearly all pairs have lost one of two, and none both: what is left of a merged pair may
  // be either, or now and then both.
  bool lacks_one_of_two () const
  {
    std::size_t pairs = 0, halved = 0;
    for (std::size_t i = 0; i + 1 < is_seen.size (); i += 2, ++pairs) {
      if (!is_seen[i] && !is_seen[i + 1])
        return false;
      halved += is_seen[i] != is_seen[i + 1];
    }
    return halved > 0 && 4 * halved >= 3 * pairs;
  }
};

bool is_digit (char c)
{
  return c >= '0' && c <= '9';
}

// Reasoning repeats numbers, in any order; of those that end it the last is meant.
std::string_view without_reasoning (std::string_view text)
{
  for (std::string_view end : {"</think>", "</thinking>", "</reasoning>", "</thought>", "◁/think▷",
                               "[/think]", "[/THINK]", "<channel|>"}) {
    if (const std::size_t at = text.rfind (end); at != std::string_view::npos)
      text.remove_prefix (at + end.size ());
  }
  return text;
}

// Whether a number counts lines, as in "2. 517": at most two digits at the start, and more to come.
bool is_counter (std::string_view line, std::size_t begin, std::size_t end)
{
  const auto is_bullet = [] (char c) { return c == ' ' || c == '-' || c == '*'; };
  const std::string_view before = line.substr (0, begin), after = line.substr (end);
  const bool has_mark =
      after.starts_with ('.') || after.starts_with (')') || after.starts_with (':');
  return end - begin < 3 && has_mark && std::all_of (before.begin (), before.end (), is_bullet) &&
         std::any_of (after.begin (), after.end (), is_digit);
}

void read_line (std::string_view line, std::vector<guint64> &numbers)
{
  for (std::size_t at = 0; at < line.size ();) {
    if (!is_digit (line[at])) {
      ++at;
      continue;
    }
    guint64 number = 0;
    const auto read = std::from_chars (line.data () + at, line.data () + line.size (), number);
    const auto end = static_cast<std::size_t> (read.ptr - line.data ());
    if (read.ec == std::errc () && !is_counter (line, at, end))
      numbers.push_back (number);
    at = end;
  }
}

}  // namespace

GstNumproProbeFinding compare_numbers (Numbers sent, Numbers seen)
{
  const Sighting sighting (sent, seen);
  if (sighting.order.empty ())
    return GST_NUMPRO_PROBE_FINDING_NOTHING_SEEN;
  if (!sighting.is_in_order ())
    return GST_NUMPRO_PROBE_FINDING_REORDERED;
  if (sighting.is_whole ())
    return sighting.is_misread ? GST_NUMPRO_PROBE_FINDING_MISREAD : GST_NUMPRO_PROBE_FINDING_GOOD;
  if (sighting.lacks_front ())
    return GST_NUMPRO_PROBE_FINDING_FRONT_CUT;
  if (sighting.lacks_end ())
    return GST_NUMPRO_PROBE_FINDING_END_CUT;
  return sighting.lacks_one_of_two () ? GST_NUMPRO_PROBE_FINDING_NEIGHBOURS_MERGED
                                      : GST_NUMPRO_PROBE_FINDING_SOME_MISSING;
}

std::vector<guint64> missing_numbers (Numbers sent, Numbers seen)
{
  const Sighting sighting (sent, seen);
  std::vector<guint64> missing;
  for (std::size_t i = 0; i < sent.size (); ++i) {
    if (!sighting.is_seen[i])
      missing.push_back (sent[i]);
  }
  return missing;
}

std::vector<guint64> numbers_in (std::string_view text)
{
  text = without_reasoning (text);
  std::vector<guint64> numbers;
  while (!text.empty ()) {
    const std::size_t end = std::min (text.find ('\n'), text.size ());
    read_line (text.substr (0, end), numbers);
    text.remove_prefix (std::min (end + 1, text.size ()));
  }
  return numbers;
}

}  // namespace numpro
