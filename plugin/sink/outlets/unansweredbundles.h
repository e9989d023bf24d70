/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <deque>
#include <memory>

#include "plugin/sink/batching/outgoingbatch.h"

namespace numpro {

/**
 * Bundles of earlier processes whose questions have no answer yet, to be asked again, the oldest
 * first. What is not taken from it stays on the disk.
 */
class UnansweredBundles
{
 public:
  /**
   * @param dir outlives this; bundles that come later are not looked at
   * @param events told of bundles that cannot be read
   */
  UnansweredBundles (GstNumproBundleDir *dir, std::shared_ptr<Accounting> accounting,
                     EventsPtr events);

  /** The next one, read from the disk. @return null at the end */
  OutgoingBatchPtr take ();

 private:
  OutgoingBatchPtr read (guint64 batch, GError **error) const;

  GstNumproBundleDir *const dir_;
  const std::shared_ptr<Accounting> accounting_;
  const EventsPtr events_;
  std::deque<guint64> batches_;
};

}  // namespace numpro
