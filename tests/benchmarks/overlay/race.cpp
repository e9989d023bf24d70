/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "race.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace numpro::bench {

namespace {

bool indispensable (const Contender &contender)
{
  return contender.key == kFloor || contender.key == kReference;
}

}  // namespace

bool Race::run (Results &results)
{
  for (const Contender &contender : contenders ()) {
    if (!enter (contender))
      return false;
  }
  for (unsigned round = 0; round < pace_.rounds; ++round) {
    for (Entrant &entrant : entrants_) {
      if (!take_turn (entrant))
        return fail (*entrant.contender, "failed");
    }
  }
  add_cells (results);
  return true;
}

bool Race::enter (const Contender &contender)
{
  ElementPtr element = contender.make_element (kind_);
  if (!element)
    return indispensable (contender) ? fail (contender, "is not installed") : true;
  if (!Circuit::takes (element.get (), kind_))
    return true;

  Entrant entrant{
      .contender = &contender,
      .circuit = std::make_unique<Circuit> (std::move (element), kind_, contender.handling)};
  if (!entrant.circuit->start ())
    return fail (contender, "did not start");
  if (!warm_up (entrant))
    return false;
  entrants_.push_back (std::move (entrant));
  return true;
}

// A benchmark of an element that draws nothing is worth nothing: looks whether it does.
bool Race::warm_up (Entrant &entrant)
{
  const Contender &contender = *entrant.contender;
  ring_.wipe_next ();
  BufferPtr frame = entrant.circuit->pass_one (ring_);
  if (!frame)
    return fail (contender, "failed on its first frame");
  if (FrameRing::is_blank (frame.get ()) == contender.draws)
    return fail (contender, contender.draws ? "drew nothing" : "drew something");
  ring_.give_back (std::move (frame));

  const std::optional<Microseconds> time =
      entrant.circuit->warm_up (ring_) ? entrant.circuit->lap (ring_, ring_.size ()) : std::nullopt;
  if (!time)
    return fail (contender, "failed while warming up");
  entrant.laps = static_cast<std::size_t> (std::max (1.0, std::ceil (pace_.batch / *time)));
  return true;
}

bool Race::take_turn (Entrant &entrant)
{
  Microseconds sum{0};
  for (std::size_t lap = 0; lap < entrant.laps; ++lap) {
    const std::optional<Microseconds> time = entrant.circuit->lap (ring_, ring_.size ());
    if (!time)
      return false;
    sum += *time;
  }
  const std::size_t frames = entrant.laps * ring_.size ();
  entrant.rounds.push_back (sum.count () / static_cast<double> (frames));
  return true;
}

void Race::add_cells (Results &results) const
{
  const std::vector<double> &floor = entrants_.front ().rounds;
  for (const Entrant &entrant : entrants_) {
    std::vector<double> net (floor.size ());
    std::ranges::transform (entrant.rounds, floor, net.begin (), std::minus ());
    results.add ({entrant.contender->key, kind_, Summary::of (entrant.rounds), Summary::of (net)});
  }
}

bool Race::fail (const Contender &contender, const char *what) const
{
  g_printerr ("%s %s on %s %s\n", contender.key, what, kind_.format_name ().c_str (),
              kind_.size_name ().c_str ());
  return false;
}

}  // namespace numpro::bench
