/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "merge.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

#include "coverage.h"

namespace numpro {

namespace {

// What the answer about one window says, or several that continue each other.
struct Run {
  Extent extent;
  bool is_cut_before = false, is_cut_after = false;  // by an edge of its window
  std::vector<guint> evidence;                       // windows
};

bool is_before (const Run &a, const Run &b)
{
  return std::pair (a.extent.from, a.extent.to) < std::pair (b.extent.from, b.extent.to);
}

// What was asked of one stream about one question.
class StreamMerger
{
 public:
  void add (AskedSamples asked, guint window)
  {
    coverage_.add (asked);
    asked_.emplace_back (window, std::move (asked));
  }

  std::vector<Run> events () const;
  const Coverage &coverage () const { return coverage_; }

 private:
  void add_runs_of_span (const AskedSamples &asked, const SampleRange &range, guint window,
                         std::vector<Run> &runs) const;
  std::vector<Run> runs () const;
  bool meet (const Extent &earlier, const Extent &later) const;
  bool continues (const Run &earlier, const Run &later) const;
  std::vector<Run> joined_past_edges (std::vector<Run> runs) const;

  Coverage coverage_;
  std::vector<std::pair<guint, AskedSamples>> asked_;  // by their windows
};

// An event crosses neither a hole of the stream nor what is not known, so a span may be several.
void StreamMerger::add_runs_of_span (const AskedSamples &asked, const SampleRange &range,
                                     guint window, std::vector<Run> &runs) const
{
  const auto is_apart = [this, &asked] (std::size_t i) {
    const Extent &before = asked.samples[i - 1], &sample = asked.samples[i];
    return !follows (before, sample) || coverage_.is_unknown_between (before.to, sample.from);
  };
  for (std::size_t i = range.first; i <= range.last; ++i) {
    if (i == range.first || is_apart (i))
      runs.push_back ({asked.samples[i], i == 0, false, {window}});
    else
      runs.back ().extent.add (asked.samples[i]);
    runs.back ().is_cut_after = i + 1 == asked.samples.size ();
  }
}

std::vector<Run> StreamMerger::runs () const
{
  std::vector<Run> runs;
  for (const auto &[window, asked] : asked_) {
    for (const SampleRange &range : asked.spans)
      add_runs_of_span (asked, range, window, runs);
  }
  std::stable_sort (runs.begin (), runs.end (), is_before);
  return runs;
}

bool StreamMerger::meet (const Extent &earlier, const Extent &later) const
{
  if (later.from <= earlier.to)
    return share_time (earlier, later);
  return !coverage_.is_asked_between (earlier.to, later.from) && follows (earlier, later);
}

// Whether one of two that meet goes on past an edge of a window that cut the other.
bool StreamMerger::continues (const Run &earlier, const Run &later) const
{
  return (earlier.is_cut_after && later.extent.to > earlier.extent.to) ||
         (later.is_cut_before && earlier.extent.from < later.extent.from);
}

std::vector<Run> StreamMerger::joined_past_edges (std::vector<Run> runs) const
{
  // Of each run one that it is joined with; the first of them is joined with itself.
  std::vector<std::size_t> joined (runs.size ());
  std::iota (joined.begin (), joined.end (), 0);
  const auto first_of = [&joined] (std::size_t i) {
    while (joined[i] != i)
      i = joined[i] = joined[joined[i]];
    return i;
  };
  for (std::size_t i = 0; i < runs.size (); ++i) {
    for (std::size_t j = i + 1; j < runs.size (); ++j) {
      const bool do_meet = meet (runs[i].extent, runs[j].extent);
      // All that come later begin no earlier.
      if (!do_meet && runs[j].extent.from > runs[i].extent.to)
        break;
      if (do_meet && continues (runs[i], runs[j])) {
        const auto [low, high] = std::minmax ({first_of (i), first_of (j)});
        joined[high] = low;
      }
    }
  }
  std::map<std::size_t, Run> long_runs;
  for (std::size_t i = 0; i < runs.size (); ++i) {
    const auto [at, is_new] = long_runs.try_emplace (first_of (i), runs[i]);
    if (is_new)
      continue;
    at->second.extent.add (runs[i].extent);
    at->second.evidence.push_back (runs[i].evidence.front ());
  }
  std::vector<Run> result;
  for (auto &[first, run] : long_runs)
    result.push_back (std::move (run));
  std::stable_sort (result.begin (), result.end (), is_before);
  return result;
}

std::vector<Run> StreamMerger::events () const
{
  struct Group {
    Run event;
    std::vector<Extent> members;
  };
  std::vector<Group> groups;
  std::size_t passed = 0;
  for (Run &run : joined_past_edges (runs ())) {
    const auto holds = [&run] (const Group &group) {
      const Extent &extent = group.event.extent;
      return run.extent.to <= extent.to && share_time (extent, run.extent);
    };
    const auto takes = [this, &run, &holds] (const Group &group) {
      return holds (group) || std::all_of (group.members.begin (), group.members.end (),
                                           [this, &run] (const Extent &member) {
                                             return meet (member, run.extent);
                                           });
    };
    // No run that comes later reaches back to these.
    const auto is_passed = [this, &run] (const Group &group) {
      return coverage_.is_asked_between (group.event.extent.to, run.extent.from);
    };
    while (passed < groups.size () && is_passed (groups[passed]))
      ++passed;
    const auto end = groups.rend () - static_cast<std::ptrdiff_t> (passed);
    const auto group = std::find_if (groups.rbegin (), end, takes);
    if (group == end) {
      groups.push_back ({run, {run.extent}});
      continue;
    }
    // What lies within keeps nothing away.
    if (!holds (*group))
      group->members.push_back (run.extent);
    group->event.extent.add (run.extent);
    auto &evidence = group->event.evidence;
    evidence.insert (evidence.end (), run.evidence.begin (), run.evidence.end ());
  }
  std::vector<Run> events;
  for (Group &group : groups) {
    auto &evidence = group.event.evidence;
    coverage_.end_at_next (group.event.extent);
    std::sort (evidence.begin (), evidence.end ());
    evidence.erase (std::unique (evidence.begin (), evidence.end ()), evidence.end ());
    events.push_back (std::move (group.event));
  }
  return events;
}

const gchar *text_of (const std::optional<std::string> &source)
{
  return source ? source->c_str () : nullptr;
}

// An event is open where what is known ends with it.
EventPtr event_of (const Run &run, const std::vector<Coverage::Known> &stretches,
                   const std::optional<std::string> &source)
{
  EventPtr event (g_new0 (GstNumproEvent, 1));
  event->source = g_strdup (text_of (source));
  event->has_numbers = TRUE;
  event->span = run.extent.span;
  const auto is_answered_at = [&run, &stretches] (guint64 slot, guint64 Extent::*edge) {
    return std::any_of (stretches.begin (), stretches.end (), [&] (const Coverage::Known &known) {
      return known.state == GST_NUMPRO_STRETCH_STATE_ANSWERED && known.extent.*edge == slot &&
             share_time (known.extent, run.extent);
    });
  };
  event->open_start = is_answered_at (run.extent.from, &Extent::from);
  event->open_end = is_answered_at (run.extent.to, &Extent::to);
  event->n_evidence = static_cast<guint> (run.evidence.size ());
  event->evidence = static_cast<guint *> (
      g_memdup2 (run.evidence.data (), run.evidence.size () * sizeof (guint)));
  return event;
}

void add_stream (const StreamMerger &stream, const std::optional<std::string> &source,
                 QuestionResult &result)
{
  const auto stretches = stream.coverage ().stretches ();
  for (const Coverage::Known &known : stretches) {
    StretchPtr stretch (g_new0 (GstNumproStretch, 1));
    stretch->source = g_strdup (text_of (source));
    stretch->state = known.state;
    stretch->span = known.extent.span;
    result.stretches.push_back (std::move (stretch));
  }
  for (const Run &run : stream.events ())
    result.events.push_back (event_of (run, stretches, source));
}

}  // namespace

std::vector<QuestionResult> merge_windows (const std::vector<Window> &windows)
{
  std::vector<QuestionResult> results;
  std::map<std::string, std::size_t> places;
  std::vector<std::map<std::optional<std::string>, StreamMerger>> streams;
  for (std::size_t i = 0; i < windows.size (); ++i) {
    const auto [place, is_new] = places.try_emplace (windows[i].question, results.size ());
    if (is_new) {
      results.push_back ({windows[i].question, {}, {}});
      streams.emplace_back ();
    }
    for (AskedSamples &asked : asked_samples (windows[i])) {
      const auto source = asked.source;
      streams[place->second][source].add (std::move (asked), static_cast<guint> (i));
    }
  }
  for (std::size_t i = 0; i < results.size (); ++i) {
    for (const auto &[source, stream] : streams[i])
      add_stream (stream, source, results[i]);
  }
  return results;
}

}  // namespace numpro
