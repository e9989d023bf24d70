/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <deque>
#include <vector>

#include "plugin/sink/sampling/exposure.h"

namespace numpro {

/** How samples become batches. */
struct WindowRule {
  guint size = 32;       /**< samples per batch; 0 = no limit */
  GstClockTime time = 0; /**< longest span of a batch in ns; 0 = no limit */
  guint overlap = 0;     /**< samples that also open the next batch; fewer than size */
};

/** The samples of a batch. */
using Group = std::vector<ExposurePtr>;

/** Collects consecutive samples until they make up a batch. */
class Window
{
 public:
  explicit Window (const WindowRule &rule) : rule_ (rule) {}

  /**
   * Adds the next sample.
   *
   * @return the batches that are finished by it: one that it does not belong to any more, one that
   *   it fills, both or none
   */
  std::vector<Group> add (ExposurePtr exposure);

  /**
   * Ends the batch with what it has; nothing when no sample in it is new. The next one does not
   * overlap with it.
   */
  std::vector<Group> finish ();

  /** Forgets all samples. @return the numbers of those that no batch had */
  std::vector<guint64> clear ();

 private:
  bool belongs (const Exposure &exposure) const;
  Group form ();

  WindowRule rule_;
  std::deque<ExposurePtr> exposures_;
  guint fresh_ = 0;  // of them, at the end
};

}  // namespace numpro
