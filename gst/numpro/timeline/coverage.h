/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <map>
#include <vector>

#include "askedsamples.h"

namespace numpro {

/** What is known of the samples of one stream about one question. */
class Coverage
{
 public:
  /** A sample that was asked about several times counts as answered if it was once. */
  void add (const AskedSamples &asked);

  /** Whether a sample between two slots was asked about. */
  bool is_asked_between (guint64 after, guint64 before) const;

  /** Whether nothing is known of a sample between two slots. */
  bool is_unknown_between (guint64 after, guint64 before) const;

  /**
   * Has an extent end where the next sample begins that was asked about. Where a window shows fewer
   * frames than another one, its samples stand for the time of those between them too.
   */
  void end_at_next (Extent &extent) const;

  /** Samples that follow each other and of which the same is known. */
  struct Known {
    GstNumproStretchState state;
    Extent extent;
  };

  /** In the order of slots. */
  std::vector<Known> stretches () const;

 private:
  std::multimap<guint64, Known> samples_; /**< by slot; numbers of a stream may begin anew */
};

}  // namespace numpro
