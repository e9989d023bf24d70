/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "threadedoutlet.h"

namespace numpro {

/** Writes batches to disk. */
class DiskOutlet final : public ThreadedOutlet
{
 public:
  /**
   * @param dir prepared; is shared
   * @param max_bundles bundles to keep; 0 = all
   */
  DiskOutlet (std::size_t capacity, GstNumproBundleDir *dir, guint max_bundles, EventsPtr events);
  ~DiskOutlet () override { stop (); }

  /** Also what is there for its questions, which are to be found beside their batch. */
  bool wants (const OutgoingBatch &) const override { return true; }
  bool stores () const override { return true; }

 private:
  void take (OutgoingBatchPtr batch) override;
  void lose (OutgoingBatchPtr batch, Lost lost) override;

  const BundleDirPtr dir_;
  const guint max_bundles_;
};

}  // namespace numpro
